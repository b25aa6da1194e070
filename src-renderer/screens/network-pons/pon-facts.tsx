import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { PonPort } from '../../../src-shared/contract/network-model.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import { DataAge } from '../../components/data-age.tsx'
import { Dbm } from '../../components/dbm.tsx'
import { useFormat } from '../../components/use-format.ts'
import { Fact, FieldTrustContext } from '../network-onus/record-fact.tsx'
import '../network-onus/onu-record.css'

export interface PonFactsProps {
  readonly page: Output<'network.olt'>
  readonly port: PonPort
}

/** s: how often the ports are read. */
const chassisS = 900

/** What the OLT says of the port now; what it lacks or is not proved is marked as such. */
export const PonFacts = ({ page, port }: PonFactsProps): ReactNode => {
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const { onuRx, oltRx } = opticClasses[page.olt.opticClass]
  const { counts } = port
  const known = counts.unknown < counts.total || counts.total === 0
  const trust = useMemo(
    () => ({
      notOffered: new Set(page.ponPortsNotOffered),
      unproven: new Set(page.ponPortsUnproven),
    }),
    [page.ponPortsNotOffered, page.ponPortsUnproven],
  )
  const withUnit = (value: number | null, digits: number, unit: string): string =>
    value === null ? format.number(null) : `${format.number(value, digits)} ${unit}`
  return (
    <FieldTrustContext value={trust}>
      <section className="nc-panel" aria-label={t('pon.facts')}>
        <header className="nc-panel__head">
          <h2>{t('pon.facts')}</h2>
          <span className="nc-small">
            <DataAge at={page.ponPortsAt} intervalS={chassisS} exact />
          </span>
        </header>
        <div className="nc-panel__body nc-pon-facts">
          <dl className="nc-facts">
            <Fact label={t('pon.state')} field="state">
              <span data-pon-state={port.state}>
                {network(`olts.page.ponStates.${port.state}`)}
              </span>
            </Fact>
            <Fact label={t('pon.onus')}>
              {t('pon.onusText', {
                online: known ? format.number(counts.online) : '–',
                total: format.number(counts.total),
              })}
              {port.capacity !== null && (
                <span className="nc-soft"> · {t('pon.capacity', { count: port.capacity })}</span>
              )}
            </Fact>
            {port.description !== null && port.description !== '' && (
              <Fact label={t('pon.description')} field="description">
                {port.description}
              </Fact>
            )}
          </dl>
          <dl className="nc-facts">
            <Fact label={t('pon.averageOnu')}>
              <Dbm value={port.averageOnuRxDbm} range={onuRx} />
            </Fact>
            <Fact label={t('pon.worstOnu')}>
              <Dbm value={port.worstOnuRxDbm} range={onuRx} />
            </Fact>
            <Fact label={t('pon.averageOlt')}>
              <Dbm value={port.averageOltRxDbm} range={oltRx} />
            </Fact>
            <Fact label={t('pon.worstOlt')}>
              <Dbm value={port.worstOltRxDbm} range={oltRx} />
            </Fact>
          </dl>
          <dl className="nc-facts">
            <Fact label={t('pon.tx')} field="txDbm">
              {withUnit(port.txDbm, 2, 'dBm')}
            </Fact>
            <Fact label={network('field.temperatureC')} field="temperatureC">
              {withUnit(port.temperatureC, 0, '°C')}
            </Fact>
            <Fact label={network('field.voltageV')} field="voltageV">
              {withUnit(port.voltageV, 2, 'V')}
            </Fact>
            <Fact label={network('field.biasMa')} field="biasMa">
              {withUnit(port.biasMa, 1, 'mA')}
            </Fact>
          </dl>
        </div>
      </section>
    </FieldTrustContext>
  )
}

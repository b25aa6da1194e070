import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { PonPort } from '../../../src-shared/contract/network-model.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import { DataAge } from '../../components/data-age.tsx'
import { Dbm } from '../../components/dbm.tsx'
import { useFormat } from '../../components/use-format.ts'

export interface PonFactsProps {
  readonly page: Output<'network.olt'>
  readonly port: PonPort
}

/** s: how often the ports are read. */
const chassisS = 900

/** What the OLT says of the port now. */
export const PonFacts = ({ page, port }: PonFactsProps): ReactNode => {
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const { onuRx, oltRx } = opticClasses[page.olt.opticClass]
  const { counts } = port
  const known = counts.unknown < counts.total || counts.total === 0
  return (
    <section className="nc-panel" aria-label={t('pon.facts')}>
      <header className="nc-panel__head">
        <h2>{t('pon.facts')}</h2>
        <span className="nc-small">
          <DataAge at={page.ponPortsAt} intervalS={chassisS} exact />
        </span>
      </header>
      <div className="nc-panel__body nc-pon-facts">
        <dl className="nc-facts">
          <dt>{t('pon.state')}</dt>
          <dd data-pon-state={port.state}>{network(`olts.page.ponStates.${port.state}`)}</dd>
          <dt>{t('pon.onus')}</dt>
          <dd>
            {t('pon.onusText', {
              online: known ? format.number(counts.online) : '–',
              total: format.number(counts.total),
            })}
            {port.capacity !== null && (
              <span className="nc-soft"> · {t('pon.capacity', { count: port.capacity })}</span>
            )}
          </dd>
          {port.description !== null && port.description !== '' && (
            <>
              <dt>{t('pon.description')}</dt>
              <dd>{port.description}</dd>
            </>
          )}
        </dl>
        <dl className="nc-facts">
          <dt>{t('pon.averageOnu')}</dt>
          <dd>
            <Dbm value={port.averageOnuRxDbm} range={onuRx} />
          </dd>
          <dt>{t('pon.worstOnu')}</dt>
          <dd>
            <Dbm value={port.worstOnuRxDbm} range={onuRx} />
          </dd>
          <dt>{t('pon.averageOlt')}</dt>
          <dd>
            <Dbm value={port.averageOltRxDbm} range={oltRx} />
          </dd>
          <dt>{t('pon.worstOlt')}</dt>
          <dd>
            <Dbm value={port.worstOltRxDbm} range={oltRx} />
          </dd>
        </dl>
        <dl className="nc-facts">
          <dt>{t('pon.tx')}</dt>
          <dd>{format.number(port.txDbm, 2)} dBm</dd>
          <dt>{network('field.temperatureC')}</dt>
          <dd>{format.number(port.temperatureC)} °C</dd>
          <dt>{network('field.voltageV')}</dt>
          <dd>{format.number(port.voltageV, 2)} V</dd>
          <dt>{network('field.biasMa')}</dt>
          <dd>{format.number(port.biasMa, 1)} mA</dd>
        </dl>
      </div>
    </section>
  )
}

import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { formatOnu, type PonAddress } from '../../../src-shared/domain/onu-address.ts'
import { opticClasses } from '../../../src-shared/domain/optics.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Dbm } from '../../components/dbm.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { emptyFilter } from '../network-onus/onu-query.ts'
import type { Direction } from './pon-strip.ts'

const shown = 20

/** Whom to visit first: the ONUs of the port with the least margin. */
export const PonWorst = ({
  olt,
  pon,
  direction,
}: {
  readonly olt: OltRow
  readonly pon: PonAddress
  readonly direction: Direction
}): ReactNode => {
  const { t } = useTranslation('pons')
  const format = useFormat()
  const [viewId] = useState(makeUuidV7)
  const { value, failure, refresh } = useQuery(
    'network.openView',
    {
      viewId,
      filter: { ...emptyFilter, oltIds: [olt.id], pon: { ...pon }, states: ['online'] },
      sort: { column: `${direction}Dbm`, descending: false },
      limit: shown,
    },
    { on: ['network.changed'], everyMs: 10_000 },
  )
  const range = opticClasses[olt.opticClass][direction]
  const onus = value?.onus.filter((onu) => onu[`${direction}Dbm`] !== null)
  return (
    <section className="nc-panel" aria-label={t('worst.list')}>
      <header className="nc-panel__head">
        <h2>{t('worst.title', { count: shown })}</h2>
      </header>
      {onus === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} brief />
      ) : onus.length === 0 ? (
        <p className="nc-panel__body nc-soft">{t('worst.none')}</p>
      ) : (
        <table className="nc-table np-worst">
          <thead>
            <tr>
              <th scope="col">{t('worst.onu')}</th>
              <th scope="col" />
              <th scope="col" className="np-number">
                {t('worst.distance')}
              </th>
              <th scope="col" className="np-number">
                {t('worst.level')}
              </th>
            </tr>
          </thead>
          <tbody>
            {onus.map((onu) => (
              <tr key={onu.row}>
                <td className="nc-mono">
                  <RouteLink to={paths.onu(onu.oltId, onu.address)}>
                    {formatOnu(onu.address)}
                  </RouteLink>
                </td>
                <td className="nc-cut">{onu.name ?? onu.serial ?? ''}</td>
                <td className="np-number">{format.distance(onu.distanceM)}</td>
                <td className="np-number">
                  <Dbm value={onu[`${direction}Dbm`]} range={range} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

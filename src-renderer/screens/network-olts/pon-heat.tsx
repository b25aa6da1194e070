import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { formatPon, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { countCells, type StripData } from '../../components/charts/strip-cells.ts'
import { groupByPon } from '../../components/charts/strip-layout.ts'
import { useStripFocus } from '../../components/charts/use-strip-focus.ts'
import { useFormat } from '../../components/use-format.ts'
import { LoadedStrip } from './olt-strip.tsx'
import { onusOfPon } from './onu-links.ts'
import { StripLegend } from './strip-legend.tsx'
import { useStrip } from './use-strip.ts'

const rowHeight = 14
const rowGap = 4

/** Every ONU of the OLT as a cell: a row for each PON, a column for each ONU number. */
export const PonHeat = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useStrip(olt, 3000)
  useStripFocus()
  return (
    <section className="nc-panel" aria-label={t('olts.page.heat')}>
      <header className="nc-panel__head no-heat__head">
        <h2>{t('olts.page.heat')}</h2>
        <StripLegend />
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} brief />
      ) : value.rows.length === 0 ? (
        <p className="no-quiet">
          {t(olt.reachability === 'never' ? 'olts.page.neverText' : 'olts.strip.none')}
        </p>
      ) : (
        <Heat olt={olt} strip={value} />
      )}
    </section>
  )
}

const online = ['step', 'none', 'too-strong', 'invalid'] as const

const Heat = ({ olt, strip }: { readonly olt: OltRow; readonly strip: StripData }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const rows = useMemo(
    () =>
      groupByPon(strip.addresses).map((group) => {
        const counts = countCells(strip, group.first, group.count)
        return {
          pon: unpackOnuAddress(group.pon),
          count: group.count,
          // Where every ONU is unknown, nobody can say how many are online.
          seen: (counts.get('unknown') ?? 0) < group.count,
          online: online.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0),
        }
      }),
    [strip],
  )
  const line = { height: rowHeight + rowGap }
  return (
    <div className="no-heat">
      <ul className="no-heat__pons">
        {rows.map(({ pon }) => (
          <li key={formatPon(pon)} style={line}>
            <Link
              className="nc-mono"
              href={onusOfPon(olt.id, pon)}
              aria-label={t('olts.page.openPon', { pon: formatPon(pon) })}
            >
              {formatPon(pon)}
            </Link>
          </li>
        ))}
      </ul>
      <LoadedStrip olt={olt} strip={strip} shape={{ kind: 'rows', rowHeight, rowGap }} />
      <ul className="no-heat__sums" aria-hidden="true">
        {rows.map(({ pon, count, online, seen }) => (
          <li key={formatPon(pon)} style={line} data-full={online === count ? '' : undefined}>
            {seen ? format.number(online) : '–'}
            <span className="nc-faint">/{format.number(count)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

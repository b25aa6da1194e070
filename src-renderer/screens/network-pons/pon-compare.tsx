import { SegmentedControl } from '@mantine/core'
import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import {
  formatOnu,
  unpackOnuAddress,
  type PonAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import type { StripData } from '../../components/charts/strip-cells.ts'
import { compare, notableDb, sliceOfPon, type Comparison, type Direction } from './pon-strip.ts'

const hourMs = 3_600_000
const choices = ['1', '6', '24', '168', 'own'] as const
type Choice = (typeof choices)[number]

export interface PonCompareProps {
  readonly olt: OltRow
  readonly pon: PonAddress
  /** As it is now. */
  readonly strip: StripData
  readonly direction: Direction
}

/** The light now against the light at a past moment: what a repair, or a night, has brought. */
export const PonCompare = ({ olt, pon, strip, direction }: PonCompareProps): ReactNode => {
  const { t } = useTranslation('pons')
  const [choice, setChoice] = useState<Choice>('24')
  const [moment, setMoment] = useState(() => Date.now() - 24 * hourMs)
  const { value, failure, refresh } = useQuery('network.oltStrip', { oltId: olt.id, asOf: moment })
  const comparison = useMemo(
    () => (value === undefined ? undefined : compare(sliceOfPon(value, pon), strip, direction)),
    [value, pon, strip, direction],
  )
  const choose = (next: Choice): void => {
    setChoice(next)
    if (next !== 'own') setMoment(Date.now() - Number(next) * hourMs)
  }
  return (
    <section className="nc-panel" aria-label={t('compare.title')}>
      <header className="nc-panel__head">
        <h2>{t('compare.title')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('compare.against')}
          value={choice}
          onChange={(next) => choose(choices.find((each) => each === next) ?? '24')}
          data={choices.map((each) => ({ value: each, label: t(`compare.hours.${each}`) }))}
        />
        {choice === 'own' && (
          <input
            type="datetime-local"
            className="np-time"
            aria-label={t('compare.moment')}
            defaultValue={localField(moment)}
            onChange={(event) => {
              const at = Date.parse(event.currentTarget.value)
              if (Number.isFinite(at)) setMoment(at)
            }}
          />
        )}
      </header>
      {failure !== undefined ? (
        <FailureState failure={failure} onRetry={refresh} brief />
      ) : comparison === undefined ? (
        <LoadingState rows={6} />
      ) : (
        <ComparisonBody oltId={olt.id} comparison={comparison} />
      )}
    </section>
  )
}

const ComparisonBody = ({
  oltId,
  comparison,
}: {
  readonly oltId: string
  readonly comparison: Comparison
}): ReactNode => {
  const { t } = useTranslation('pons')
  const format = useFormat()
  const { changes, medianDb, better, worse, gained, lost } = comparison
  const signed = (db: number): string => `${db > 0 ? '+' : ''}${format.number(db, 1)}`
  if (changes.length === 0) return <p className="nc-panel__body nc-soft">{t('compare.none')}</p>
  const span = spanOf(comparison)
  const place = (dbm: number): string => `${((dbm - span.low) / (span.high - span.low)) * 100}%`
  return (
    <div className="nc-panel__body">
      <p className="np-compare__facts">
        <strong>{t('compare.median', { change: signed(medianDb) })}</strong>
        <span>{t('compare.better', { count: better })}</span>
        <span data-worse={worse > 0 ? '' : undefined}>{t('compare.worse', { count: worse })}</span>
        <span>{t('compare.same', { count: changes.length - better - worse })}</span>
        {gained > 0 && <span>{t('compare.gained', { count: gained })}</span>}
        {lost > 0 && <span data-worse="">{t('compare.lost', { count: lost })}</span>}
      </p>
      <ol className="np-compare" aria-label={t('compare.label', { count: changes.length })}>
        {changes.slice(0, 20).map(({ address, before, after, change }) => {
          const onu = unpackOnuAddress(address)
          const way = change >= notableDb ? 'up' : change <= -notableDb ? 'down' : 'same'
          const left = Math.min(before, after)
          return (
            <li key={address} data-way={way}>
              <RouteLink
                to={paths.onu(oltId, onu)}
                className="nc-mono"
                title={t('compare.row', {
                  onu: formatOnu(onu),
                  before: format.number(before, 1),
                  after: format.number(after, 1),
                  change: signed(change),
                })}
              >
                {formatOnu(onu)}
              </RouteLink>
              <span className="np-compare__line" aria-hidden="true">
                <span
                  className="np-compare__bar"
                  style={{
                    left: place(left),
                    width: `${(Math.abs(change) / (span.high - span.low)) * 100}%`,
                  }}
                />
                <span className="np-compare__before" style={{ left: place(before) }} />
                <span className="np-compare__after" style={{ left: place(after) }} />
              </span>
              <span className="np-number">{format.number(after, 1)}</span>
              <span className="np-number">
                {way === 'up' ? '▲ ' : way === 'down' ? '▼ ' : ''}
                {signed(change)}
              </span>
            </li>
          )
        })}
      </ol>
    </div>
  )
}

const spanOf = ({ changes }: Comparison): { readonly low: number; readonly high: number } => {
  const levels = changes.flatMap(({ before, after }) => [before, after])
  return { low: Math.min(...levels) - 0.5, high: Math.max(...levels) + 0.5 }
}

/** Local time as the field writes it. */
const localField = (at: number): string => {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return date.toISOString().slice(0, 16)
}

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { severities } from '../../../src-shared/domain/severity.ts'
import type { QueryState } from '../../client/hooks.ts'
import { useTicking } from '../../components/clock.ts'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useNoc } from '../../state/noc.ts'
import { DownBar } from '../outages/down-bar.tsx'
import { causeText, gaspText, portsOf, standingVerdict } from '../outages/outage-words.ts'
import { VerdictIcon } from '../outages/verdict-mark.tsx'
import '../outages/outages.css'
import { WallCalm } from './wall-calm.tsx'
import { WallSeverity } from './wall-severity.tsx'

const most = 6

/** The worst first, then the larger. */
const wallOrder = (one: OutageRow, other: OutageRow): number =>
  severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
  other.affectedOnus - one.affectedOnus

export const WallOutages = ({ state }: { readonly state: QueryState<Output<'outages.list'>> }) => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const since = useNoc((noc) => noc.lastOutageEndedAt)
  const age = useTicking(
    useCallback((now: number) => (since == null ? '' : format.age(now - since)), [format, since]),
  )
  const { value, failure } = state
  if (value === undefined) {
    return failure === undefined ? null : <FailureState failure={failure} onRetry={state.refresh} />
  }
  if (value.total === 0) {
    return (
      <WallCalm
        title={t('outages.calm')}
        text={since == null ? t('outages.calmEver') : t('outages.calmSince', { age })}
      />
    )
  }
  const ordered = value.outages.toSorted(wallOrder)
  const shown = ordered.slice(0, ordered.length > most ? most - 1 : most)
  const more = value.total - shown.length
  return (
    <ol className="nw-rows" aria-label={t('outages.list')}>
      {shown.map((outage) => (
        <WallOutage key={outage.id} outage={outage} />
      ))}
      {more > 0 ? (
        <li className="nw-more">{t('outages.more', { number: format.number(more) })}</li>
      ) : null}
    </ol>
  )
}

const WallOutage = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('wallboard')
  const { t: words } = useTranslation('outages')
  const format = useFormat()
  const who = outage.owner?.name ?? outage.acknowledged?.by.name
  const cause = causeText(words, outage)
  const ports = portsOf(words, outage)
  return (
    <li className="nw-row" data-severity={outage.severity}>
      <WallSeverity severity={outage.severity} />
      <span className="nw-row__text">
        <span className="nw-row__main">
          <VerdictIcon verdict={standingVerdict(outage)} size={34} /> {cause}
        </span>
        <span className="nw-row__sub">
          {who ?? <em>{t('outages.nobody')}</em>}
          {' · '}
          {cause.includes(ports) ? '' : `${ports} · `}
          {gaspText(words, format, outage)} · {words(`confidence.${outage.confidence}`)}
        </span>
      </span>
      <span className="nw-row__figure">
        <strong>{format.number(outage.down)}</strong>
        <span>{t('outages.of', { total: format.number(outage.affectedOnus) })}</span>
        <DownBar total={outage.affectedOnus} down={outage.down} bare />
      </span>
      <span className="nw-row__age">
        <Since at={outage.beganAt} />
      </span>
    </li>
  )
}

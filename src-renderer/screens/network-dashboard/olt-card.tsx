import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { DataAge, Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { AnsweredHistory } from '../network-olts/answered-history.tsx'
import { CountsBar } from '../network-olts/counts-bar.tsx'
import { OltProblem } from '../network-olts/olt-problem.tsx'
import { OltStrip } from '../network-olts/olt-strip.tsx'
import { oltTroubleOf } from '../network-olts/olt-trouble.ts'
import { PollingProgress } from '../network-olts/polling-progress.tsx'
import { ReachabilityBadge } from '../network-olts/reachability-badge.tsx'
import { onusWith } from '../network-olts/onu-links.ts'

/** Two lines of facts above the strip. */
const factsHeight = 58

export interface OltCardProps {
  readonly olt: OltRow
  readonly height: number
}

/** One OLT at a glance: does it answer, how old is what we know, how are its ONUs. */
export const OltCard = memo(({ olt, height }: OltCardProps) => {
  const trouble = oltTroubleOf(olt)
  const unreachable = olt.reachability === 'unreachable' || olt.problem !== null
  return (
    <article className="nd-olt" data-trouble={trouble}>
      <div className="nd-olt__line">
        <Link href={paths.olt(olt.id)} className="nd-olt__name">
          {olt.name}
        </Link>
        <span className="nc-small nc-faint nc-cut">{olt.familyLabel ?? olt.host}</span>
        <span className="nd-olt__reach nc-small">
          <ReachabilityBadge reachability={olt.reachability} />
          {olt.since === null ? null : (
            <span className="nc-faint">
              <Since at={olt.since} />
            </span>
          )}
          <AnswerTime olt={olt} />
        </span>
        <AnsweredHistory answered={olt.answered} />
        <span className="nd-olt__ages nc-small">
          <PollingProgress polling={olt.polling} />
          <Ages olt={olt} />
        </span>
      </div>
      <div className="nd-olt__line nd-olt__counts">
        <OltCounts olt={olt} />
      </div>
      {unreachable ? <OltProblem olt={olt} brief /> : null}
      {olt.reachability === 'unrecognised' ? null : (
        <OltStrip
          olt={olt}
          shape={{
            kind: 'flow',
            height: Math.max(20, height - factsHeight - (unreachable ? 20 : 0)),
            maxCell: 13,
          }}
        />
      )}
    </article>
  )
})

const AnswerTime = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  if (olt.answerMs === null || olt.reachability !== 'reachable') return null
  return (
    <span className="nc-faint">
      {t('olts.row.answerMs', { ms: format.number(olt.answerMs, olt.answerMs < 10 ? 1 : 0) })}
    </span>
  )
}

const groups = [
  ['status', 'statusS'],
  ['optics', 'opticsS'],
  ['counters', 'countersS'],
] as const

const Ages = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  return groups.map(([group, interval]) => (
    <span key={group} className="nd-olt__age">
      <span className="nc-faint">{t(`readingGroup.${group}`)}</span>{' '}
      <DataAge at={olt.ages[group]} intervalS={olt.intervals[interval]} exact />
    </span>
  ))
}

const OltCounts = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { counts } = olt
  if (olt.ages.status === null) {
    return <span className="nc-faint nc-small">{t('dashboard.notReadYet')}</span>
  }
  const other = counts.offlineOther + counts.starting + counts.authFailed
  const figures = [
    ['offlineOptical', counts.offlineOptical, 'offline-optical'],
    ['offlinePower', counts.offlinePower, 'offline-power'],
    ['offlineOther', other, 'offline-other'],
    ['unknown', counts.unknown, 'unknown'],
    ['disabled', counts.disabled, 'disabled'],
  ] as const
  const low = counts.signalWarning + counts.signalCritical
  return (
    <>
      <span className="nd-olt__bar">
        <CountsBar counts={counts} />
      </span>
      <Link className="nd-olt__figure" href={onusWith({ oltIds: [olt.id] })}>
        <strong>{format.number(counts.online)}</strong>
        <span className="nc-faint">/{format.number(counts.total)}</span>
      </Link>
      {figures.map(([name, count, state]) =>
        count === 0 ? null : (
          <Link
            key={name}
            className="nd-olt__figure"
            data-name={name}
            href={onusWith({
              oltIds: [olt.id],
              states:
                state === 'offline-other' ? ['offline-other', 'starting', 'auth-failed'] : [state],
            })}
          >
            <span className="nc-faint">{t(`dashboard.series.${name}`)}</span>{' '}
            <strong>{format.number(count)}</strong>
          </Link>
        ),
      )}
      {low === 0 ? null : (
        <Link
          className="nd-olt__figure"
          data-name={counts.signalCritical > 0 ? 'low-critical' : 'low'}
          title={t('olts.row.low', {
            critical: format.number(counts.signalCritical),
            warning: format.number(counts.signalWarning),
          })}
          href={onusWith({
            oltIds: [olt.id],
            states: ['online'],
            signals: ['warning', 'critical'],
          })}
        >
          <span className="nc-faint">{t('dashboard.counter.lowSignal')}</span>{' '}
          <strong>{format.number(low)}</strong>
        </Link>
      )}
      {counts.unconfigured === 0 ? null : (
        <span className="nd-olt__figure nc-faint">
          {t('olts.row.unconfigured', { count: counts.unconfigured })}
        </span>
      )}
    </>
  )
}

import { useViewportSize } from '@mantine/hooks'
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
import { QuietMark } from '../network-olts/quiet-mark.tsx'
import { ReachabilityBadge } from '../network-olts/reachability-badge.tsx'
import { OltCounts } from '../network-olts/olt-counts.tsx'

/** Two lines of facts and the bar above the strip; the lines grow with the window (dashboard.css). */
const linesHeight = 38
const restHeight = 28
const scaleAt = (windowWidth: number): number =>
  windowWidth >= 2500 ? 1.45 : windowWidth >= 1800 ? 1.15 : 1

export interface OltCardProps {
  readonly olt: OltRow
  readonly height: number
}

/** One OLT at a glance: does it answer, how old is what we know, how are its ONUs. */
export const OltCard = memo(({ olt, height }: OltCardProps) => {
  const trouble = oltTroubleOf(olt)
  const { width } = useViewportSize()
  const factsHeight = Math.ceil(linesHeight * scaleAt(width)) + restHeight
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
          <QuietMark quiet={olt.quiet} withEnd />
        </span>
        <span className="nd-olt__end">
          <PollingProgress polling={olt.polling} />
          <AnsweredHistory answered={olt.answered} />
        </span>
      </div>
      <div className="nd-olt__line nd-olt__counts">
        <span className="nd-olt__figures">
          <OltCounts olt={olt} />
        </span>
        <span className="nd-olt__end nc-small">
          <Ages olt={olt} />
        </span>
      </div>
      {olt.ages.status === null ? null : <CountsBar counts={olt.counts} />}
      {unreachable ? <OltProblem olt={olt} brief /> : null}
      {olt.reachability === 'unrecognised' ? null : (
        <OltStrip
          olt={olt}
          shape={{
            kind: 'flow',
            height: Math.max(20, height - factsHeight - (unreachable ? 20 : 0)),
            maxCell: width >= 1800 ? 20 : 16,
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
  const { t: tCare } = useTranslation('care')
  return groups.map(([group, interval]) => (
    <span key={group} className="nd-olt__age">
      <span className="nc-faint">{t(`readingGroup.${group}`)}</span>{' '}
      {group === 'optics' && !olt.opticsPolled && olt.ages.optics === null ? (
        <span className="nc-soft">{tCare('readings.onDemand')}</span>
      ) : (
        <DataAge at={olt.ages[group]} intervalS={olt.intervals[interval]} exact />
      )}
    </span>
  ))
}

import { Tooltip } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useCallback, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { useTicking } from '../../components/clock.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import {
  answerNowMs,
  budgetShare,
  planLines,
  slowerTimes,
  stretchedLine,
  type CareRequests,
  type OltCare,
} from './care-model.ts'
import { OpticsSwitch } from './optics-switch.tsx'

/** The groups of figures of the panel. */

interface CareFactProps {
  readonly label: string
  /** What the figure means and what follows from it. */
  readonly hint?: string
  readonly children: ReactNode
}

const CareFact = ({ label, hint, children }: CareFactProps) => (
  <>
    <dt>
      {label}
      {hint === undefined ? null : (
        <Tooltip label={hint} multiline w={300} events={{ hover: true, focus: true, touch: true }}>
          <span className="no-care__hint" tabIndex={0} role="note" aria-label={hint}>
            <IconInfoCircle size={13} stroke={1.7} aria-hidden="true" />
          </span>
        </Tooltip>
      )}
    </dt>
    <dd>{children}</dd>
  </>
)

export const QuestionFacts = ({ requests }: { readonly requests: CareRequests }) => {
  const { t } = useTranslation('care')
  const format = useFormat()
  const s = (ms: number): string => format.number(ms / 1000, 1)
  return (
    <dl className="nc-facts">
      <CareFact label={t('requests.inFlight')} hint={t('requests.inFlightHint')}>
        {t('requests.inFlightText', {
          now: format.number(requests.inFlight),
          most: format.number(requests.maxInFlight),
        })}
      </CareFact>
      <CareFact label={t('requests.waiting')}>{format.number(requests.waiting)}</CareFact>
      <CareFact label={t('requests.lastMinute')}>
        <span data-act={requests.unanswered > 0 ? '' : undefined} className="no-care__figure">
          {t('requests.lastMinuteText', {
            sent: format.number(requests.sent),
            unanswered: format.number(requests.unanswered),
          })}
        </span>
      </CareFact>
      <CareFact label={t('requests.budget')} hint={t('requests.budgetHint')}>
        <span className="no-care__budget" data-full={requests.leftMs <= 0 ? '' : undefined}>
          <span style={{ width: `${budgetShare(requests) * 100}%` }} />
        </span>
        {t('requests.budgetText', {
          used: s(requests.usedMs),
          budget: s(requests.budgetMs),
          left: s(requests.leftMs),
        })}
      </CareFact>
      <CareFact label={t('requests.sockets')}>{format.number(requests.sockets)}</CareFact>
    </dl>
  )
}

interface CareProps {
  readonly care: OltCare
}

export const AnswerFacts = ({
  care,
  requests,
}: CareProps & { readonly requests: CareRequests }) => {
  const { t } = useTranslation('care')
  const format = useFormat()
  const now = answerNowMs(care)
  const usual = care.plan.usualAnswerMs
  const figures = { now: format.number(now, 1), usual: format.number(usual, 1) }
  const known = now === null ? (usual === null ? 'none' : 'usualOnly') : 'now'
  return (
    <dl className="nc-facts">
      <CareFact label={t('answer.label')}>
        <span className="no-care__figure" data-act={care.plan.factor > 1 ? '' : undefined}>
          {t(`answer.${known === 'now' && usual !== null ? 'nowUsual' : known}`, figures)}
        </span>
      </CareFact>
      <CareFact label={t('requests.rows')} hint={t('requests.rowsHint')}>
        {t(requests.maxRepetitions === requests.limit ? 'requests.rowsMost' : 'requests.rowsText', {
          now: format.number(requests.maxRepetitions),
          ceiling: format.number(requests.ceiling),
          limit: format.number(requests.limit),
        })}
      </CareFact>
      <CareFact label={t('requests.troubles')} hint={t('requests.rowsHint')}>
        {requests.troubles === 0
          ? t('requests.troublesNone')
          : t('requests.troublesText', { count: requests.troubles })}
      </CareFact>
    </dl>
  )
}

export const PlanFacts = ({ care }: CareProps) => {
  const { t } = useTranslation('care')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const stretched = stretchedLine(care)
  const times = slowerTimes(care)
  const age = (seconds: number): string => format.age(seconds * 1000)
  return (
    <>
      <table className="no-care__plan">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('plan.asked')}</th>
            <th scope="col">{t('plan.kept')}</th>
          </tr>
        </thead>
        <tbody>
          {planLines(care).map((line) => (
            <tr key={line.group}>
              <th scope="row">{network(`readingGroup.${line.group}`)}</th>
              <td>{t('plan.every', { interval: age(line.askedS) })}</td>
              <td data-act={!line.onDemand && line.keptS > line.askedS ? '' : undefined}>
                {line.onDemand
                  ? t('plan.onDemand')
                  : care.quiet !== null
                    ? '–'
                    : t('plan.every', { interval: age(line.keptS) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="nc-small nc-soft">
        {care.quiet !== null
          ? t('plan.quiet')
          : stretched === undefined
            ? t('plan.asAsked')
            : `${t(times === null || times < 2 ? 'plan.slowerUnknown' : 'plan.slower', {
                asked: age(stretched.askedS),
                kept: age(stretched.keptS),
                times: format.number(times, 1),
              })} ${t('plan.slowerHint')}`}
      </p>
    </>
  )
}

export interface HowFactsProps extends CareProps {
  readonly olt: OltRow
  readonly onChange: () => void
}

export const HowFacts = ({ care, olt, onChange }: HowFactsProps) => {
  const { t } = useTranslation('care')
  const format = useFormat()
  const { familyReason } = care
  return (
    <>
      <dl className="nc-facts">
        <CareFact label={t('how.walks')}>{t(care.perPon ? 'how.perPon' : 'how.whole')}</CareFact>
        <CareFact label={t('how.light')}>
          {t(`optics.${care.opticsPolled ? 'polled' : 'notPolled'}.${olt.opticsPolling}`)}{' '}
          <OpticsSwitch olt={olt} reason={familyReason} onChange={onChange} />
        </CareFact>
        <CareFact label={t('how.traps')} hint={t('how.trapsHint')}>
          {t('how.trapsText', {
            asked: format.number(care.looksAsked),
            made: format.number(care.looksMade),
            waiting: format.number(care.looksWaiting),
          })}
        </CareFact>
        <CareFact label={t('how.live')}>
          {care.liveView === null ? (
            <span className="nc-faint">{t('how.liveNone')}</span>
          ) : (
            <LiveViewLink olt={olt} liveView={care.liveView} />
          )}
        </CareFact>
      </dl>
      {familyReason === null ? null : (
        <p className="nc-small nc-soft">{t('how.family', { reason: familyReason })}</p>
      )}
    </>
  )
}

const LiveViewLink = ({
  olt,
  liveView,
}: {
  readonly olt: OltRow
  readonly liveView: NonNullable<OltCare['liveView']>
}) => {
  const { t } = useTranslation('care')
  const { until } = liveView
  const seconds = useTicking(
    useCallback((now: number) => Math.max(0, Math.ceil((until - now) / 1000)), [until]),
  )
  return (
    <RouteLink to={paths.onu(olt.id, liveView.address)}>
      {t('how.liveText', { onu: formatOnu(liveView.address), seconds })}
    </RouteLink>
  )
}

import { IconClock, IconClockOff } from '@tabler/icons-react'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import { isExpired, progressOf } from './plan-model.ts'

const parts = ['done', 'unchanged', 'failed', 'unknown', 'skipped'] as const

/** How long a draft still holds; how far what runs has come; what came of what ended. */
export const PlanProgress = ({ plan }: { readonly plan: PlanRow }) =>
  plan.state === 'draft' || plan.state === 'expired' ? (
    <Expiry plan={plan} />
  ) : plan.state === 'discarded' ? null : (
    <Progress plan={plan} />
  )

const Expiry = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const left = useTicking(
    useCallback(
      (now: number) =>
        isExpired(plan, now) ? '' : format.duration(Math.ceil((plan.expiresAt - now) / 1000)),
      [plan, format],
    ),
  )
  const ExpiryIcon = left === '' ? IconClockOff : IconClock
  return (
    <p className="npv-expiry" data-over={left === '' || undefined}>
      <ExpiryIcon size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
      {left === ''
        ? t('plan.expired', { time: format.instant(plan.expiresAt) })
        : t('plan.expiresIn', { left })}
    </p>
  )
}

const Progress = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const { counts, startedAt, endedAt } = plan
  const took = useTicking(
    useCallback(
      (now: number) =>
        startedAt === null
          ? ''
          : format.duration(Math.floor(((endedAt ?? now) - startedAt) / 1000)),
      [startedAt, endedAt, format],
    ),
  )
  const ended = counts.total - counts.waiting
  return (
    <div className="npv-progress">
      <div
        className="npv-progress__bar"
        role="progressbar"
        aria-label={t('plan.progress')}
        aria-valuemin={0}
        aria-valuemax={counts.total}
        aria-valuenow={ended}
        aria-valuetext={t('plan.progressOf', {
          done: format.number(ended),
          total: format.number(counts.total),
        })}
      >
        {parts.map((name) => (
          <span
            key={name}
            data-part={name}
            style={{ width: `${counts.total === 0 ? 0 : (counts[name] / counts.total) * 100}%` }}
          />
        ))}
      </div>
      <p className="npv-progress__words">
        <strong>
          {t('plan.progressOf', {
            done: format.number(ended),
            total: format.number(counts.total),
          })}
        </strong>
        {counts.total > 1 && <span className="nc-soft">{format.percent(progressOf(plan))}</span>}
        {parts
          .filter((name) => counts[name] > 0)
          .map((name) => (
            <span key={name} className="npv-count" data-part={name}>
              {t(`targetState.${name}`)} {format.number(counts[name])}
            </span>
          ))}
        {took !== '' && <span className="nc-soft npv-progress__took">{took}</span>}
      </p>
      <OltBars plan={plan} />
    </div>
  )
}

/** How far each OLT has come, where there are several and the engine says. */
const OltBars = ({ plan }: { readonly plan: PlanRow }) => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  if (plan.olts.length < 2) return null
  return (
    <ul className="npv-olts" aria-label={t('plan.perOlt')}>
      {plan.olts.map(({ oltId, oltName, total, ended, failed }) => (
        <li key={oltId}>
          <span className="nc-cut">{oltName}</span>
          {total === undefined || ended === undefined ? null : (
            <>
              <span className="npv-olts__bar" aria-hidden="true">
                <span style={{ width: `${total === 0 ? 0 : (ended / total) * 100}%` }} />
              </span>
              <span className="nc-soft nc-small">
                {format.number(ended)} / {format.number(total)}
                {failed !== undefined && failed > 0 && (
                  <span className="npv-count" data-part="failed">
                    {' '}
                    {t('plan.oltFailed', { count: failed })}
                  </span>
                )}
              </span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { useWhileVisible } from '../../client/use-while-visible.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useTicking } from '../../components/clock.ts'
import { useFormat } from '../../components/use-format.ts'
import { actText } from './activity-words.ts'

const againMs = 20_000

/** Wall ms of the last midnight here. */
const startOfDay = (now: number): number => new Date(now).setHours(0, 0, 0, 0)

/** What the others in the room have done. */
export const ActivityPanel = () => {
  const { t, i18n } = useTranslation('dashboard')
  const format = useFormat()
  const panel = useRef<HTMLElement>(null)
  const { value, failure, refresh } = useQuery(
    'audit.activity',
    { limit: 40 },
    { on: ['outages.changed', 'alarms.changed'], everyMs: 10_000 },
  )
  useWhileVisible(panel, refresh, againMs)
  const today = useTicking(startOfDay)
  return (
    <section className="nc-panel nd-list nd-activity" aria-label={t('activity.title')} ref={panel}>
      <header className="nc-panel__head">
        <h2>{t('activity.title')}</h2>
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} brief />
      ) : value.acts.length === 0 ? (
        <p className="nd-quiet">{t('activity.none')}</p>
      ) : (
        <ol className="nd-rows nd-acts" aria-label={t('activity.list')} tabIndex={0}>
          {value.acts.map((act) => (
            <li key={act.row} data-outcome={act.outcome}>
              <time className="nc-faint" title={format.instant(act.at)}>
                {act.at >= today
                  ? format.instant(act.at, 'minute')
                  : format.instant(act.at, 'day').replace(/\s*\d{4}$/, '')}
              </time>
              <span>
                <strong>{act.by ?? t('activity.console')}</strong> {actText({ t, i18n }, act)}
                {act.outcome === 'done' ? null : (
                  <span className="nd-outcome">{t(`activity.${act.outcome}`)}</span>
                )}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

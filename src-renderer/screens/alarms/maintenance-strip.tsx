import type { ReactNode } from 'react'
import type { MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import { useTicking } from '../../components/clock.ts'
import { occurrences } from './maintenance-model.ts'
import { useSpeaker } from './use-speaker.ts'

const daysShown = 14
const minute = (now: number): number => Math.floor(now / 60_000) * 60_000

/** Midnight of yesterday and of the days that follow, local. */
const midnights = (now: number): readonly number[] =>
  Array.from({ length: daysShown + 1 }, (_, index) => {
    const day = new Date(now)
    day.setHours(0, 0, 0, 0)
    day.setDate(day.getDate() - 1 + index)
    return day.getTime()
  })

/** Two weeks in one look: a line per window, a bar per run, and where now is. */
export const MaintenanceStrip = ({
  windows,
}: {
  readonly windows: readonly MaintenanceRow[]
}): ReactNode => {
  const { t, format } = useSpeaker()
  const now = useTicking(minute)
  const days = midnights(now)
  const from = days[0]!
  const to = days.at(-1)!
  const place = (at: number): number =>
    (100 * (Math.max(from, Math.min(to, at)) - from)) / (to - from)
  const lines = windows
    .map((row) => ({ row, runs: occurrences(row, from, to) }))
    .filter(({ row, runs }) => runs.length > 0 && row.state !== 'cancelled')
  const weekday = new Intl.DateTimeFormat(format.locale === 'id' ? 'id-ID' : 'en-GB', {
    weekday: 'short',
    day: 'numeric',
  })
  if (lines.length === 0) return null
  return (
    <section className="nc-panel nm-strip" aria-label={t('maintenance.strip')}>
      <div className="nm-strip__days" aria-hidden="true">
        {days.slice(0, -1).map((day) => (
          <span key={day}>{weekday.format(day)}</span>
        ))}
      </div>
      <div className="nm-strip__body">
        <span className="nm-strip__now" style={{ left: `${place(now)}%` }} aria-hidden="true" />
        <ul>
          {lines.map(({ row, runs }) => (
            <li key={row.id}>
              {runs.map((run) => {
                const left = place(run.startsAt)
                const words = `${row.title}: ${format.instant(run.startsAt)} – ${format.instant(run.endsAt)}`
                return (
                  <span
                    key={run.startsAt}
                    className="nm-strip__run"
                    data-state={run.endsAt <= now ? 'ended' : row.state}
                    style={{
                      left: `${left}%`,
                      width: `max(6px, ${place(run.endsAt) - left}%)`,
                    }}
                    title={words}
                    role="img"
                    aria-label={words}
                  />
                )
              })}
              <span
                className="nm-strip__name"
                data-left={place(runs[0]!.endsAt) > 70 || undefined}
                style={
                  place(runs[0]!.endsAt) > 70
                    ? { right: `calc(${100 - place(runs[0]!.startsAt)}% + 6px)` }
                    : { left: `calc(${place(runs[0]!.endsAt)}% + 10px)` }
                }
              >
                {row.title}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

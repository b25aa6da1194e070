import { Button } from '@mantine/core'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import {
  cellMinutes,
  cellsOf,
  cellsOfDay,
  clockTime,
  hoursOf,
  spansOf,
  weekText,
  type Week,
} from './setup-model.ts'

const day = [{ fromMinute: 0, toMinute: 1440 }]
const office = [{ fromMinute: 480, toMinute: 1020 }]
const presets = {
  always: Array.from({ length: 7 }, () => day),
  office: Array.from({ length: 7 }, (_, at) => (at < 5 ? office : [])),
  clear: Array.from({ length: 7 }, () => []),
} satisfies Record<string, Week>

/** Seven rows of half hours: what is painted is worked. */
export const WeekEditor = ({
  week,
  onChange,
}: {
  readonly week: Week
  readonly onChange: (week: Week) => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const format = useFormat()
  /** While the button is down: what is painted. */
  const painting = useRef<boolean | null>(null)
  useEffect(() => {
    const stop = (): void => {
      painting.current = null
    }
    window.addEventListener('pointerup', stop)
    return () => window.removeEventListener('pointerup', stop)
  }, [])
  const names = Array.from({ length: 7 }, (_, at) =>
    // 2024 began with a Monday.
    new Intl.DateTimeFormat(format.locale === 'id' ? 'id-ID' : 'en-GB', {
      weekday: 'short',
      timeZone: 'UTC',
    }).format(Date.UTC(2024, 0, at + 1)),
  )
  const grid = week.map(cellsOf)
  const put = (row: number, cell: number, open: boolean): void =>
    onChange(
      week.map((spans, at) =>
        at === row
          ? spansOf(cellsOf(spans).map((was, place) => (place === cell ? open : was)))
          : spans,
      ),
    )
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, row: number, cell: number): void => {
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault()
      put(row, cell, grid[row]?.[cell] !== true)
      return
    }
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[
      event.key
    ]
    if (step === undefined) return
    event.preventDefault()
    const next = `[data-cell="${row + step[0]!}-${cell + step[1]!}"]`
    event.currentTarget.closest('table')?.querySelector<HTMLElement>(next)?.focus()
  }
  return (
    <div>
      <div className="ntd-places">
        <strong>{t('setup.calendars.week')}</strong>
        <span className="nc-soft">
          {t('setup.calendars.hours', {
            hours: format.number(hoursOf(week), hoursOf(week) % 1 === 0 ? 0 : 1),
          })}
        </span>
        {(['always', 'office', 'clear'] as const).map((key) => (
          <Button
            key={key}
            size="compact-xs"
            variant="default"
            onClick={() => onChange(presets[key])}
          >
            {t(`setup.calendars.${key}`)}
          </Button>
        ))}
      </div>
      <p className="nc-soft nc-small">{t('setup.calendars.weekHint')}</p>
      <table className="ntd-week" role="grid" aria-label={t('setup.calendars.week')}>
        <thead>
          <tr>
            <th aria-label={t('setup.calendars.week')} />
            {Array.from({ length: 8 }, (_, at) => (
              <th key={at} scope="col" colSpan={cellsOfDay / 8}>
                {clockTime(at * 180)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.map((cells, row) => (
            <tr key={names[row]}>
              <th scope="row">{names[row]}</th>
              {cells.map((isOpen, cell) => (
                <td
                  key={cell}
                  role="gridcell"
                  tabIndex={row === 0 && cell === 0 ? 0 : -1}
                  data-cell={`${row}-${cell}`}
                  aria-selected={isOpen}
                  aria-label={t('setup.calendars.cell', {
                    day: names[row],
                    time: clockTime(cell * cellMinutes),
                  })}
                  onPointerDown={(event) => {
                    event.currentTarget.releasePointerCapture(event.pointerId)
                    painting.current = !isOpen
                    put(row, cell, !isOpen)
                  }}
                  onPointerEnter={() => {
                    if (painting.current !== null) put(row, cell, painting.current)
                  }}
                  onKeyDown={(event) => onKeyDown(event, row, cell)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="nc-soft nc-small">{weekText(week, names)}</p>
    </div>
  )
}

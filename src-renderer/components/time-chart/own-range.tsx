import { Button, Popover, TextInput } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { between, mostSpanMs, type TimeWindow } from './chart-range.ts'
import { fromLocalInput, toLocalInput } from './local-time.ts'
import type { RangeState } from './use-chart-range.ts'

export interface OwnRangeProps {
  readonly state: RangeState
  readonly window: TimeWindow
  readonly pressed: boolean
}

/** From and to by hand, in local time. */
export const OwnRange = ({ state, window, pressed }: OwnRangeProps): ReactNode => {
  const { t } = useTranslation('history')
  const [open, setOpen] = useState(false)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const span = fromLocalInput(to) - fromLocalInput(from)
  const valid = span > 0 && span <= mostSpanMs
  const toggle = (): void => {
    setFrom(toLocalInput(window.from))
    setTo(toLocalInput(window.to))
    setOpen(!open)
  }
  const apply = (event: FormEvent): void => {
    event.preventDefault()
    if (!valid) return
    state.go(between(fromLocalInput(from), fromLocalInput(to), Date.now()))
    setOpen(false)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="default" aria-pressed={pressed} onClick={toggle}>
          {t('range.own')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className="nc-own-range" onSubmit={apply}>
          <strong>{t('range.ownTitle')}</strong>
          <TextInput
            type="datetime-local"
            label={t('range.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t('range.to')}
            value={to}
            error={valid ? null : t('range.invalid')}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!valid}>
            {t('range.apply')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

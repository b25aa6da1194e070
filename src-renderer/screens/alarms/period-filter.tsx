import { Button, Popover, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { fromLocalInput, toLocalInput } from '../../components/time-chart/local-time.ts'
import { useSpeaker } from './use-speaker.ts'

export interface PeriodFilterProps {
  readonly from: number | null
  readonly to: number | null
  readonly onPeriod: (from: number | null, to: number | null) => void
}

const hour = 3_600_000
const presets = [
  ['hour', hour],
  ['day', 24 * hour],
  ['week', 7 * 24 * hour],
  ['month', 30 * 24 * hour],
] as const

const orNull = (text: string): number | null => {
  const at = fromLocalInput(text)
  return Number.isFinite(at) ? at : null
}

/** When it was raised: one of the usual periods, or from and to. */
export const PeriodFilter = ({ from, to, onPeriod }: PeriodFilterProps): ReactNode => {
  const { t, format } = useSpeaker()
  const [opened, setOpened] = useState(false)
  const chosen = from !== null || to !== null
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          className="nc-filter"
          data-chosen={chosen ? '' : undefined}
          rightSection={<IconChevronDown size={13} stroke={1.7} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
          aria-haspopup="dialog"
          aria-expanded={opened}
        >
          {t('filter.period')}
          {chosen && (
            <span className="nc-filter__chosen">
              {from === null ? '…' : format.instant(from, 'day')} –{' '}
              {to === null ? t('filter.now') : format.instant(to, 'day')}
            </span>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.period')} className="na-period">
        <div className="na-period__presets">
          {presets.map(([name, ms]) => (
            <Button
              key={name}
              variant="default"
              size="compact-sm"
              onClick={() => {
                onPeriod(Date.now() - ms, null)
                setOpened(false)
              }}
            >
              {t(`filter.preset.${name}`)}
            </Button>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            disabled={!chosen}
            onClick={() => {
              onPeriod(null, null)
              setOpened(false)
            }}
          >
            {t('filter.anyTime')}
          </Button>
        </div>
        <TextInput
          type="datetime-local"
          label={t('filter.from')}
          value={from === null ? '' : toLocalInput(from)}
          onChange={(event) => onPeriod(orNull(event.currentTarget.value), to)}
        />
        <TextInput
          type="datetime-local"
          label={t('filter.to')}
          value={to === null ? '' : toLocalInput(to)}
          onChange={(event) => onPeriod(from, orNull(event.currentTarget.value))}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

import { Button, Group, NumberInput } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { useTicking } from '../../components/clock.ts'
import { confirm } from '../../components/confirm.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { configureHistory } from './history-actions.ts'
import {
  bytesAtFull,
  dropsNothing,
  droppedBy,
  exceedsDisk,
  hoursLimits,
  nextHour,
  readingsLimits,
  readRetention,
  wholeRetention,
  type HistoryStatus,
  type Retention,
  type RetentionForm as Form,
} from './history-plan.ts'
import { Setting } from './setting.tsx'

export interface RetentionFormProps {
  readonly status: HistoryStatus
  readonly onChanged: () => void
}

const minuteMs = 60_000
const minuteOf = (now: number): number => Math.floor(now / minuteMs) * minuteMs

/** How long the history is kept; says what that will take, and before it shortens what will go. */
export const RetentionForm = ({ status, onChanged }: RetentionFormProps) => {
  const { t } = useTranslation('settings')
  const { t: tCommon } = useTranslation()
  const format = useFormat()
  const kept = status.retention
  const [form, setForm] = useState<Form>(kept)
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure | undefined>()
  const now = useTicking(minuteOf)
  const read = readRetention(form)
  const retention = wholeRetention(read)
  const changed =
    retention === null ||
    retention.readingsDays !== kept.readingsDays ||
    retention.hoursDays !== kept.hoursDays
  const warning = retention === null ? null : dropWarning(retention)

  function dropWarning(wanted: Retention): string | null {
    const dropped = droppedBy(status, wanted, now)
    if (dropsNothing(dropped)) return null
    const { readingsBefore, hoursBefore } = dropped
    return [
      ...(readingsBefore === null
        ? []
        : [t('history.dropReadings', { day: format.instant(readingsBefore, 'day') })]),
      ...(hoursBefore === null
        ? []
        : [t('history.dropHours', { day: format.instant(hoursBefore, 'day') })]),
      t('history.dropWhen', { time: format.instant(nextHour(now), 'minute') }),
    ].join(' ')
  }

  const save = async (): Promise<void> => {
    if (retention === null || saving) return
    if (
      warning !== null &&
      !(await confirm({
        title: t('history.confirmTitle'),
        text: warning,
        confirmLabel: t('history.confirmLabel'),
        danger: true,
      }))
    ) {
      return
    }
    setSaving(true)
    setFailure(await configureHistory(kept, retention, onChanged))
    setSaving(false)
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Setting label={t('history.readings')} hint={t('history.readingsHint')}>
        <Days
          label={t('history.readings')}
          value={form.readingsDays}
          limits={readingsLimits}
          invalid={read.readingsDays === null}
          onChange={(readingsDays) => setForm({ ...form, readingsDays })}
        />
      </Setting>
      <Setting label={t('history.hours')} hint={t('history.hoursHint')}>
        <Days
          label={t('history.hours')}
          value={form.hoursDays}
          limits={hoursLimits}
          invalid={read.hoursDays === null}
          onChange={(hoursDays) => setForm({ ...form, hoursDays })}
        />
      </Setting>
      <div className="nc-panel__body nc-history">
        {retention === null ? null : <Estimate status={status} retention={retention} />}
        {warning === null ? null : (
          <p className="nc-history__warning" role="status">
            <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
            {warning}
          </p>
        )}
        {failure === undefined ? null : <FailureState failure={failure} brief />}
        {changed ? (
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setForm(kept)}>
              {tCommon('button.reset')}
            </Button>
            <Button type="submit" disabled={retention === null} loading={saving}>
              {tCommon('button.save')}
            </Button>
          </Group>
        ) : null}
      </div>
    </form>
  )
}

interface DaysProps {
  readonly label: string
  readonly value: number | string
  readonly limits: { readonly min: number; readonly max: number }
  readonly invalid: boolean
  readonly onChange: (value: number | string) => void
}

const Days = ({ label, value, limits, invalid, onChange }: DaysProps) => {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <NumberInput
      aria-label={label}
      value={value}
      onChange={onChange}
      error={
        invalid
          ? t('history.daysInvalid', {
              min: format.number(limits.min),
              max: format.number(limits.max),
            })
          : null
      }
      suffix={` ${t('history.days')}`}
      min={limits.min}
      max={limits.max}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="none"
      hideControls
      w={170}
    />
  )
}

interface EstimateProps extends Pick<RetentionFormProps, 'status'> {
  readonly retention: Retention
}

const Estimate = ({ status, retention }: EstimateProps) => {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const bytes = bytesAtFull(status, retention)
  if (bytes === null) return <p className="nc-soft">{t('history.noEstimate')}</p>
  return (
    <>
      <p className="nc-soft">{t('history.estimate', { bytes: format.bytes(bytes) })}</p>
      {exceedsDisk(status, bytes) ? (
        <p className="nc-history__warning" role="status">
          <IconAlertTriangle size={16} stroke={1.7} aria-hidden="true" className="nc-icon" />
          {t('history.tooMuch', { free: format.bytes(status.freeBytes) })}
        </p>
      ) : null}
    </>
  )
}

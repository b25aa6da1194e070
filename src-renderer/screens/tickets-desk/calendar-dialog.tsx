import { Select, Textarea, TextInput } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../components/form-dialog.tsx'
import { saveSetup } from './setup-acts.ts'
import { hoursOf, readHolidays, writeHolidays, type Calendar } from './setup-model.ts'
import { WeekEditor } from './week-editor.tsx'

/** When is worked: by this promises are counted. */
export const CalendarDialog = ({
  calendar,
  onClose,
}: {
  /** Null: a new one. */
  readonly calendar: Calendar | null
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('tickets-desk')
  const { t: common } = useTranslation()
  const [name, setName] = useState(calendar?.name ?? '')
  const [timeZone, setTimeZone] = useState(
    calendar?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone,
  )
  const [week, setWeek] = useState<Calendar['week']>(
    calendar?.week ?? Array.from({ length: 7 }, () => []),
  )
  const [typed, setTyped] = useState(writeHolidays(calendar?.holidays ?? []))
  // Also one that this machine calls otherwise.
  const zones = useMemo(
    () => [...new Set([timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])],
    [timeZone],
  )
  const read = readHolidays(typed)
  const badLine = 'badLine' in read ? read.badLine : null
  return (
    <FormDialog
      title={
        calendar === null ? t('setup.calendars.add') : t('setup.edit', { name: calendar.name })
      }
      button={common('button.save')}
      ready={name.trim() !== '' && timeZone.trim() !== '' && hoursOf(week) >= 1 && badLine === null}
      size="xl"
      onClose={onClose}
      onSubmit={() =>
        saveSetup(
          'tickets.saveCalendar',
          {
            id: calendar?.id ?? null,
            baseVersion: calendar?.version ?? 0,
            name: name.trim(),
            timeZone: timeZone.trim(),
            week: [...week],
            holidays: 'holidays' in read ? read.holidays : [],
          },
          t('setup.saved', { name: name.trim() }),
        )
      }
    >
      <div className="ntd-two">
        <TextInput
          label={t('setup.name')}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label={t('setup.calendars.zone')}
          placeholder={t('setup.calendars.zoneHint')}
          data={zones}
          limit={40}
          searchable
          allowDeselect={false}
          value={timeZone}
          onChange={(next) => setTimeZone(next ?? timeZone)}
        />
      </div>
      <WeekEditor week={week} onChange={setWeek} />
      <Textarea
        label={t('setup.calendars.holidays')}
        description={t('setup.calendars.holidaysHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={badLine === null ? undefined : t('setup.calendars.holidayBad', { line: badLine })}
        autosize
        minRows={3}
        maxRows={10}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

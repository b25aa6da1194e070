import { Checkbox, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { fromLocalInput, toLocalInput } from '../../components/time-chart/local-time.ts'
import { useFormat } from '../../components/use-format.ts'
import { useEntrance } from '../../state/workspace.ts'
import type { AlarmAct } from './alarm-acts.ts'
import type { ActFieldsProps } from './act-dialog.tsx'
import { shelfPresets, shelfUntil, type ShelfPreset } from './shelf-times.ts'

/** What each act asks for. A field that is not filled as it must be leaves the button grey. */

const useAct = (act: AlarmAct | null, onAct: (act: AlarmAct | null) => void): void => {
  const key = JSON.stringify(act)
  useEffect(() => onAct(JSON.parse(key) as AlarmAct | null), [key, onAct])
}

const noteMax = 2000

export const AcknowledgeFields = ({ onAct }: ActFieldsProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const [note, setNote] = useState('')
  const [back, setBack] = useState<'never' | 'worse' | 'time'>('never')
  const [opened] = useState(() => Date.now())
  const [time, setTime] = useState(() => toLocalInput(opened + 4 * 3_600_000))
  const until = back === 'time' ? fromLocalInput(time) : null
  const wrong = until !== null && !(until > opened)
  useAct(
    wrong
      ? null
      : {
          kind: 'acknowledge',
          note: note.trim() === '' ? null : note.trim(),
          until,
          untilWorse: back !== 'never',
        },
    onAct,
  )
  return (
    <Stack gap="sm">
      <TextInput
        label={t('act.acknowledge.note')}
        placeholder={t('act.acknowledge.notePlaceholder')}
        value={note}
        maxLength={noteMax}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-autofocus
      />
      <Radio.Group
        label={t('act.acknowledge.back')}
        value={back}
        onChange={(value) => setBack(value as typeof back)}
      >
        <Stack gap={6} mt={6}>
          <Radio value="never" label={t('act.acknowledge.never')} />
          <Radio value="worse" label={t('act.acknowledge.worse')} />
          <Radio value="time" label={t('act.acknowledge.time')} />
        </Stack>
      </Radio.Group>
      {back === 'time' && (
        <TextInput
          type="datetime-local"
          label={t('act.acknowledge.until')}
          value={time}
          error={wrong ? t('act.past') : null}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
      )}
    </Stack>
  )
}

export const NoteFields = ({ onAct }: ActFieldsProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const [note, setNote] = useState('')
  useAct(note.trim() === '' ? null : { kind: 'note', note: note.trim() }, onAct)
  return (
    <Textarea
      label={t('act.note.text')}
      description={t('act.note.hint')}
      value={note}
      maxLength={noteMax}
      autosize
      minRows={3}
      maxRows={10}
      onChange={(event) => setNote(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }
      }}
      data-autofocus
    />
  )
}

export const ShelveFields = ({ onAct }: ActFieldsProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const format = useFormat()
  const [reason, setReason] = useState('')
  const [preset, setPreset] = useState<ShelfPreset | 'own'>('fourHours')
  const [opened] = useState(() => Date.now())
  const [time, setTime] = useState(() => toLocalInput(opened + 4 * 3_600_000))
  const until = preset === 'own' ? fromLocalInput(time) : shelfUntil(preset, opened)
  const wrong = !(until > opened)
  useAct(
    wrong || reason.trim() === '' ? null : { kind: 'shelve', reason: reason.trim(), until },
    onAct,
  )
  return (
    <Stack gap="sm">
      <TextInput
        label={t('act.shelve.reason')}
        description={t('act.shelve.reasonHint')}
        required
        value={reason}
        maxLength={noteMax}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
      <Radio.Group
        label={t('act.shelve.until')}
        value={preset}
        onChange={(value) => setPreset(value as typeof preset)}
      >
        <div className="na-presets">
          {[...shelfPresets, 'own' as const].map((each) => (
            <Radio key={each} value={each} label={t(`act.shelve.preset.${each}`)} />
          ))}
        </div>
      </Radio.Group>
      {preset === 'own' ? (
        <TextInput
          type="datetime-local"
          label={t('act.shelve.own')}
          value={time}
          error={wrong ? t('act.past') : null}
          onChange={(event) => setTime(event.currentTarget.value)}
        />
      ) : (
        <p className="nc-soft">{t('act.shelve.comesBack', { time: format.instant(until) })}</p>
      )}
    </Stack>
  )
}

const nobody = '-'

export const AssignFields = ({ target, onAct }: ActFieldsProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const me = useEntrance((state) => state.session?.account.id ?? '')
  const { value } = useQuery('access.people', {})
  const first = target.kind === 'rows' ? target.rows[0]?.assignee?.accountId : undefined
  const [chosen, setChosen] = useState<string | null>(first ?? me)
  const people = value?.people ?? []
  const options = [
    ...people.filter((person) => person.accountId === me),
    ...people.filter((person) => person.accountId !== me),
  ].map(({ accountId, name }) => ({
    value: accountId,
    label: accountId === me ? t('act.assign.me', { name }) : name,
  }))
  useAct(
    chosen === null ? null : { kind: 'assign', accountId: chosen === nobody ? null : chosen },
    onAct,
  )
  return (
    <Select
      label={t('act.assign.to')}
      data={[...options, { value: nobody, label: t('act.assign.nobody') }]}
      value={chosen}
      onChange={setChosen}
      allowDeselect={false}
      searchable={options.length > 8}
      data-autofocus
    />
  )
}

export const TicketFields = ({ target, onAct }: ActFieldsProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const first = target.kind === 'rows' ? (target.rows[0]?.ticket ?? '') : ''
  const [ticket, setTicket] = useState(first)
  const [none, setNone] = useState(false)
  const text = ticket.trim()
  useAct(
    none ? { kind: 'ticket', ticket: null } : text === '' ? null : { kind: 'ticket', ticket: text },
    onAct,
  )
  return (
    <Stack gap="sm">
      <TextInput
        label={t('act.ticket.number')}
        description={t('act.ticket.hint')}
        value={ticket}
        maxLength={200}
        disabled={none}
        onChange={(event) => setTicket(event.currentTarget.value)}
        data-autofocus
      />
      {first === '' ? null : (
        <Checkbox
          label={t('act.ticket.none')}
          checked={none}
          onChange={(event) => setNone(event.currentTarget.checked)}
        />
      )}
    </Stack>
  )
}

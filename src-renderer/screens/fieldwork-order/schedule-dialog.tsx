import { Group, NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { act } from './order-acts.ts'

const minuteMs = 60_000

/** `2026-11-24T09:00`, by this machine's clock. */
const localText = (at: number): string => {
  const moment = new Date(at)
  return new Date(at - moment.getTimezoneOffset() * minuteMs).toISOString().slice(0, 16)
}

/** The next full hour. */
const soon = (): number => Math.ceil(Date.now() / 3_600_000) * 3_600_000

/** Who is to do it, and when. */
export const ScheduleDialog = ({
  order,
  assigneeId,
  from,
  onClose,
}: {
  readonly order: WorkOrderRow
  /** Where it was dropped. */
  readonly assigneeId?: string
  readonly from?: number
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('fieldwork')
  const { value: setup } = useQuery('fieldwork.setup', {})
  const technicians = (setup?.technicians ?? []).filter(({ active }) => active)
  const [who, setWho] = useState<string | null>(assigneeId ?? order.assignee?.id ?? null)
  const [at, setAt] = useState(localText(from ?? order.windowFrom ?? soon()))
  const planned =
    order.windowFrom === null || order.windowTo === null
      ? order.minutes
      : Math.round((order.windowTo - order.windowFrom) / minuteMs)
  const [minutes, setMinutes] = useState<number>(planned)
  const begins = new Date(at).getTime()
  const submit = async (): Promise<boolean> =>
    (await act('fieldwork.schedule', {
      id: order.id,
      baseVersion: order.version,
      assigneeId: who ?? '',
      from: begins,
      to: begins + minutes * minuteMs,
    })) !== null
  return (
    <FormDialog
      title={t('planOf', { number: order.number })}
      button={t('do.schedule')}
      ready={who !== null && Number.isFinite(begins) && minutes > 0}
      onClose={onClose}
      onSubmit={submit}
    >
      {setup !== undefined && technicians.length === 0 && (
        <p className="nc-soft">
          {t('noTechnicians')} <RouteLink to={paths.workSetup()}>{t('tab.settings')}</RouteLink>
        </p>
      )}
      <Select
        label={t('col.assignee')}
        withAsterisk
        searchable
        value={who}
        onChange={setWho}
        data={technicians.map(({ accountId, name }) => ({ value: accountId, label: name }))}
        data-autofocus
      />
      <Group grow align="flex-start">
        <TextInput
          type="datetime-local"
          label={t('col.from')}
          withAsterisk
          value={at}
          onChange={(event) => setAt(event.currentTarget.value)}
        />
        <NumberInput
          label={t('minutes')}
          min={5}
          max={1440}
          step={15}
          allowDecimal={false}
          value={minutes}
          onChange={(value) => setMinutes(typeof value === 'number' ? value : 0)}
        />
      </Group>
    </FormDialog>
  )
}

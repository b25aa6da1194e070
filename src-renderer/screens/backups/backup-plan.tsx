import { Button, NumberInput, Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallInput, Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'
import { Setting } from '../settings/setting.tsx'
import { act } from './backup-acts.ts'

type Plan = CallInput<'backups.configure'>
const parts = ['last', 'daily', 'weekly'] as const
const most = { last: 100, daily: 366, weekly: 520 } as const
const every = ['off', 'hour', 'day'] as const

const planOf = ({ folder, schedule, keep }: Output<'backups.settings'>): Plan => ({
  folder,
  schedule,
  keep,
})

/** When backups are made, where, and which stay. */
export const BackupPlan = ({ settings }: { readonly settings: Output<'backups.settings'> }) => {
  const { t } = useTranslation('backups')
  const format = useFormat()
  const [plan, setPlan] = useState<Plan>(() => planOf(settings))
  const kept = JSON.stringify(planOf(settings))
  useEffect(() => setPlan(JSON.parse(kept) as Plan), [kept])
  const [saving, setSaving] = useState(false)
  const { schedule, keep } = plan
  const save = async (): Promise<void> => {
    setSaving(true)
    await act('backups.configure', plan, { title: t('plan.saved') })
    setSaving(false)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Setting label={t('plan.when')} hint={t('plan.whenHint')}>
        <div className="nc-setting__group">
          <Select
            aria-label={t('plan.when')}
            value={schedule.every}
            allowDeselect={false}
            onChange={(value) =>
              setPlan({
                ...plan,
                schedule: { ...schedule, every: every.find((one) => one === value) ?? 'off' },
              })
            }
            data={every.map((value) => ({ value, label: t(`plan.${value}`) }))}
            w={170}
          />
          {schedule.every === 'day' && (
            <Select
              aria-label={t('plan.at')}
              value={String(schedule.hour)}
              allowDeselect={false}
              onChange={(value) =>
                setPlan({ ...plan, schedule: { ...schedule, hour: Number(value) } })
              }
              data={Array.from({ length: 24 }, (_, hour) => ({
                value: String(hour),
                label: `${String(hour).padStart(2, '0')}:00`,
              }))}
              w={100}
            />
          )}
        </div>
      </Setting>
      <Setting label={t('plan.folder')} hint={t('plan.folderHint')}>
        <TextInput
          aria-label={t('plan.folder')}
          value={plan.folder ?? ''}
          placeholder={settings.usualFolder}
          onChange={({ currentTarget: { value } }) =>
            setPlan({ ...plan, folder: value.trim() === '' ? null : value })
          }
          w={380}
        />
      </Setting>
      <Setting label={t('plan.keep')} hint={t('plan.keepHint')}>
        <div className="nc-setting__group">
          {parts.map((part) => (
            <NumberInput
              key={part}
              label={t(`plan.${part}`)}
              value={keep[part]}
              onChange={(value) => {
                if (typeof value === 'number')
                  setPlan({ ...plan, keep: { ...keep, [part]: value } })
              }}
              min={part === 'last' ? 1 : 0}
              max={most[part]}
              allowDecimal={false}
              allowNegative={false}
              clampBehavior="strict"
              w={120}
            />
          ))}
        </div>
      </Setting>
      <Setting
        label={
          settings.nextAt === null ? '' : t('plan.next', { time: format.instant(settings.nextAt) })
        }
        {...(settings.failure === null
          ? {}
          : { hint: t('plan.failed', { time: format.instant(settings.failure.at) }) })}
      >
        <Button
          type="submit"
          variant="default"
          loading={saving}
          disabled={JSON.stringify(plan) === kept}
        >
          {t('plan.save')}
        </Button>
      </Setting>
    </form>
  )
}

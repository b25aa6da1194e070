import { Button, Group, Modal, Radio, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useTicking } from '../../components/clock.ts'
import {
  behaviours,
  localZone,
  newPlanForm,
  planFormOf,
  planOf,
  planProblems,
  repeatKinds,
  type PlanForm,
} from './maintenance-model.ts'
import type { MaintenanceQuestion } from './maintenance-opener.ts'
import { ScopePicker } from './scope-picker.tsx'
import './maintenance.css'

export interface MaintenanceDialogProps {
  readonly question: MaintenanceQuestion
  readonly onClose: () => void
}

const minute = (now: number): number => Math.floor(now / 60_000) * 60_000

/** Plans a window, or changes one. */
export const MaintenanceDialog = ({ question, onClose }: MaintenanceDialogProps): ReactNode => {
  const { t } = useTranslation('alarms')
  const { t: common } = useTranslation()
  const now = useTicking(minute)
  const [form, setForm] = useState<PlanForm>(() =>
    question.kind === 'new'
      ? newPlanForm(question.scope, question.title, now)
      : planFormOf(question.row),
  )
  const [tried, setTried] = useState(false)
  const [saving, setSaving] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const problems = planProblems(form, now)
  const change = (part: Partial<PlanForm>): void => setForm((before) => ({ ...before, ...part }))
  const told = (name: Parameters<typeof problems.has>[0]): string | null =>
    problems.has(name) && (tried || name !== 'title') ? t(`maintenance.problem.${name}`) : null

  const save = async (): Promise<void> => {
    setTried(true)
    if (problems.size > 0 || saving) return
    setSaving(true)
    setFailure(undefined)
    const plan = planOf(form, localZone())
    try {
      if (question.kind === 'new') {
        const { id } = await runCommand('alarms.planMaintenance', plan)
        showToast({
          kind: 'done',
          title: t('maintenance.planned', { title: plan.title }),
          undo: () => {
            runCommand('alarms.endMaintenance', { id, baseVersion: 1 }).catch((error: unknown) =>
              showFailure(failureOf(error)),
            )
          },
        })
      } else {
        const { id, version: baseVersion } = question.row
        await runCommand('alarms.changeMaintenance', { id, baseVersion, plan })
        showToast({ kind: 'done', title: t('maintenance.changed', { title: plan.title }) })
      }
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setSaving(false)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(question.kind === 'new' ? 'maintenance.plan' : 'maintenance.changeTitle')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size={680}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('maintenance.field.title')}
            required
            value={form.title}
            maxLength={120}
            error={told('title')}
            onChange={(event) => change({ title: event.currentTarget.value })}
            data-autofocus
          />
          <ScopePicker
            scope={form.scope}
            error={tried ? told('scope') : null}
            onScope={(scope) => change({ scope })}
          />
          <Group grow align="flex-start">
            <TextInput
              type="datetime-local"
              label={t('maintenance.field.starts')}
              value={form.starts}
              onChange={(event) => change({ starts: event.currentTarget.value })}
            />
            <TextInput
              type="datetime-local"
              label={t('maintenance.field.ends')}
              value={form.ends}
              error={told('times') ?? told('past') ?? told('long')}
              onChange={(event) => change({ ends: event.currentTarget.value })}
            />
          </Group>
          <Group grow align="flex-start">
            <Select
              label={t('maintenance.field.repeats')}
              data={repeatKinds.map((kind) => ({
                value: kind,
                label: t(`maintenance.repeats.${kind}`),
              }))}
              value={form.repeats}
              allowDeselect={false}
              onChange={(value) =>
                change({ repeats: repeatKinds.find((kind) => kind === value) ?? 'never' })
              }
            />
            <TextInput
              type="date"
              label={t('maintenance.field.repeatsUntil')}
              value={form.repeatsUntil}
              disabled={form.repeats === 'never'}
              error={told('until')}
              onChange={(event) => change({ repeatsUntil: event.currentTarget.value })}
            />
          </Group>
          <Radio.Group
            label={t('maintenance.field.behaviour')}
            value={form.behaviour}
            onChange={(value) =>
              change({ behaviour: behaviours.find((each) => each === value) ?? 'mute' })
            }
          >
            <Stack gap={8} mt={6}>
              {behaviours.map((each) => (
                <Radio
                  key={each}
                  value={each}
                  label={t(`maintenance.behaviour.${each}`)}
                  description={t(`maintenance.behaviourHint.${each}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <Textarea
            label={t('maintenance.field.reason')}
            value={form.reason}
            maxLength={2000}
            autosize
            minRows={2}
            maxRows={6}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          {failure === undefined ? null : <FailureState failure={failure} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('button.cancel')}
            </Button>
            <Button type="submit" loading={saving}>
              {t(question.kind === 'new' ? 'maintenance.save' : 'maintenance.saveChange')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

import { Button, Group, MultiSelect, NumberInput, Select, Stack, Switch } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { ruleKinds } from '../../../src-shared/domain/alarm-rules.ts'
import { severities } from '../../../src-shared/domain/severity.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RecordDrawer } from '../../components/record-drawer.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import {
  changedFields,
  formOf,
  holdLimits,
  ruleOf,
  sameRule,
  usualRule,
  wrongFields,
  type RuleForm,
  type RuleRow,
} from './rule-model.ts'
import { RulePreview } from './rule-preview.tsx'
import { limitWord, unitWord } from './rule-words.ts'
import { useMayManageRules } from './use-permissions.ts'
import { useSpeaker } from './use-speaker.ts'

export interface RuleDrawerProps {
  readonly row: RuleRow
  readonly onClose: () => void
  readonly onSaved: () => void
}

/** Changes one rule; shows what it would have raised before anything is saved. */
export const RuleDrawer = ({ row, onClose, onSaved }: RuleDrawerProps): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  const { type } = row
  const kind = ruleKinds[type]
  const mayManage = useMayManageRules()
  const [form, setForm] = useState<RuleForm>(() => formOf(type, row.rule))
  const [failure, setFailure] = useState<Failure>()
  const [saving, setSaving] = useState(false)
  const { value } = useQuery('network.olts', {})
  const rule = ruleOf(type, form)
  const wrong = wrongFields(type, form)
  const usual = usualRule(type)
  const fromUsual = rule === null ? new Set<string>() : changedFields(rule, usual)
  const unsaved = rule === null || !sameRule(rule, row.rule)
  const change = (part: Partial<RuleForm>): void => setForm((before) => ({ ...before, ...part }))

  const store = async (work: () => Promise<unknown>, title: string, undo: () => void) => {
    setSaving(true)
    setFailure(undefined)
    try {
      await work()
      onSaved()
      showToast({ kind: 'done', title, undo })
      onClose()
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      setSaving(false)
    }
  }
  const putBack = (): void => {
    const before = row.changed
      ? runCommand('alarms.setRule', { type, rule: row.rule })
      : runCommand('alarms.resetRule', { type })
    before.then(onSaved, (error: unknown) => showFailure(failureOf(error)))
  }
  const save = (): void => {
    if (rule === null || !unsaved) return
    void store(
      () => runCommand('alarms.setRule', { type, rule }),
      t('rules.saved', { name: t(`type.${type}`) }),
      putBack,
    )
  }
  const mark = (name: string, words: string): string =>
    fromUsual.has(name) ? `${words} · ${t('rules.changed')}` : words
  const error = (name: string, min: number, max: number): string | null =>
    wrong.has(name) ? t('rules.range', { min: format.number(min), max: format.number(max) }) : null

  return (
    <RecordDrawer
      title={t(`type.${type}`)}
      subtitle={
        <>
          {t(`level.${kind.level}`)} ·{' '}
          <RouteLink to={paths.alarmGuide(type)}>{t('guide.toPage')}</RouteLink>
        </>
      }
      onClose={onClose}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <fieldset className="na-fieldset" disabled={!mayManage}>
          <Stack gap="md">
            <Switch
              label={mark('enabled', t('rules.field.enabled'))}
              description={t('rules.field.enabledHint')}
              checked={form.enabled}
              onChange={(event) => change({ enabled: event.currentTarget.checked })}
            />
            <Select
              label={mark('severity', t('rules.column.severity'))}
              data={severities.map((each) => ({
                value: each,
                label: t(`severity.${each}`, { ns: 'common' }),
              }))}
              value={form.severity}
              allowDeselect={false}
              onChange={(next) =>
                change({ severity: severities.find((each) => each === next) ?? form.severity })
              }
            />
            <Group grow align="flex-start">
              {(['raiseAfterS', 'clearAfterS'] as const).map((name) => (
                <NumberInput
                  key={name}
                  label={mark(name, t(`rules.field.${name}`))}
                  description={t(`rules.field.${name}Hint`)}
                  error={error(name, 0, holdLimits[name])}
                  value={form[name]}
                  onChange={(next) => change({ [name]: next })}
                  min={0}
                  max={holdLimits[name]}
                  allowDecimal={false}
                  allowNegative={false}
                  clampBehavior="none"
                  suffix=" s"
                  step={30}
                />
              ))}
            </Group>
            {Object.entries(kind.limits).map(([name, limit]) => (
              <NumberInput
                key={name}
                label={mark(name, limitWord(speaker, name))}
                description={t('rules.field.limitHint', {
                  usual: format.number(limit.usual, Number.isInteger(limit.usual) ? 0 : 1),
                  min: format.number(limit.min, Number.isInteger(limit.min) ? 0 : 1),
                  max: format.number(limit.max),
                })}
                error={error(name, limit.min, limit.max)}
                value={form.limits[name] ?? limit.usual}
                onChange={(next) => change({ limits: { ...form.limits, [name]: next } })}
                min={limit.min}
                max={limit.max}
                step={limit.unit === 'dB' || limit.unit === 'kbps' ? 0.5 : 1}
                clampBehavior="none"
                suffix={` ${unitWord(speaker, limit.unit)}`}
              />
            ))}
            {kind.level === 'onu' && (
              <Select
                label={mark('importantOnly', t('rules.column.who'))}
                description={t('rules.field.whoHint')}
                data={[
                  { value: 'all', label: t('rules.all') },
                  { value: 'important', label: t('rules.important') },
                ]}
                value={form.who}
                allowDeselect={false}
                onChange={(next) => change({ who: next === 'important' ? 'important' : 'all' })}
              />
            )}
            {kind.level === 'console' ? null : (
              <MultiSelect
                label={mark('oltIds', t('rules.field.olts'))}
                placeholder={form.oltIds.length === 0 ? t('rules.field.everyOlt') : ''}
                data={(value?.olts ?? []).map((olt) => ({ value: olt.id, label: olt.name }))}
                value={[...form.oltIds]}
                searchable
                clearable
                onChange={(next) => change({ oltIds: next })}
              />
            )}
          </Stack>
        </fieldset>
        <RulePreview type={type} rule={rule} standing={row.rule} />
        {failure === undefined ? null : <FailureState failure={failure} />}
        {mayManage && (
          <Group justify="space-between" gap="sm" mt="md">
            <Button
              variant="subtle"
              disabled={!row.changed || saving}
              onClick={() =>
                void store(
                  () => runCommand('alarms.resetRule', { type }),
                  t('rules.wasReset', { name: t(`type.${type}`) }),
                  putBack,
                )
              }
            >
              {t('rules.reset')}
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                {t('button.cancel', { ns: 'common' })}
              </Button>
              <Button type="submit" loading={saving} disabled={rule === null || !unsaved}>
                {t('button.save', { ns: 'common' })}
              </Button>
            </Group>
          </Group>
        )}
      </form>
    </RecordDrawer>
  )
}

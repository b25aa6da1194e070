import {
  ActionIcon,
  Button,
  Checkbox,
  NumberInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  dunningActions,
  dunningChannels,
  type DunningPolicyTerms,
  type DunningStageTerms,
} from '../../../../src-shared/contract/billing-dunning-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { minorOf, MoneyField, typedOf } from '../../../components/money-field.tsx'
import { useBillingSettings } from '../../../state/billing.ts'
import { act } from '../billing-acts.ts'

const clockOf = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
const minuteOf = (text: string): number => {
  const [hours, minutes] = text.split(':').map(Number)
  return (hours ?? 0) * 60 + (minutes ?? 0)
}
const whole = (value: string | number): number => (typeof value === 'number' ? value : 0)

/** The policy: stages as rows, hours and days; each saving is a version that stays. */
export const PolicyDialog = ({
  of,
  rules,
  onClose,
}: {
  readonly of: Output<'billing.dunningPolicy'>
  readonly rules: Output<'billing.serviceRules'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-dunning')
  const currency = useBillingSettings()?.currency ?? 'IDR'
  const [policy, setPolicy] = useState<DunningPolicyTerms>(of.policy)
  const [closed, setClosed] = useState(of.policy.closedOn.join('\n'))
  const [afterEnd, setAfterEnd] = useState(rules.afterEnd)
  const [removeAfterDays, setRemoveAfter] = useState(rules.removeAfterDays)
  const put = (part: Partial<DunningPolicyTerms>): void => setPolicy({ ...policy, ...part })
  const putStage = (at: number, part: Partial<DunningStageTerms>): void =>
    put({ stages: policy.stages.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  const add = (): void => {
    const last = policy.stages.at(-1)?.offsetDays ?? 0
    put({
      stages: [
        ...policy.stages,
        {
          key: `stage-${Date.now().toString(36)}`,
          offsetDays: last + 7,
          action: 'remind',
          minimum: {},
          fee: {},
          attempts: 1,
          gapDays: 0,
          channel: 'call',
          template: '',
        },
      ],
    })
  }
  const save = async (): Promise<boolean> => {
    const closedOn = closed.split(/\s+/u).filter(Boolean)
    if (afterEnd !== rules.afterEnd || removeAfterDays !== rules.removeAfterDays) {
      const input = { baseVersion: rules.version, afterEnd, removeAfterDays }
      const done = await act('billing.configureServiceRules', input, () => ({ title: t('saved') }))
      if (done === undefined) return false
    }
    const input = { baseNumber: of.number, policy: { ...policy, closedOn } }
    const saved = await act('billing.saveDunningPolicy', input, () => ({ title: t('saved') }))
    return saved !== undefined
  }
  return (
    <FormDialog
      title={t('policyTitle')}
      button={t('save')}
      size="80rem"
      ready={policy.stages.length > 0}
      onClose={onClose}
      onSubmit={save}
    >
      <Switch
        label={t('enabled')}
        description={t('enabledText')}
        checked={policy.enabled}
        onChange={(event) => put({ enabled: event.currentTarget.checked })}
      />
      <div className="nbl-scroll" tabIndex={-1}>
        <table className="nc-table ndu-stages" aria-label={t('stages')}>
          <thead>
            <tr>
              {(
                ['key', 'offset', 'what', 'tell', 'minimum', 'fee', 'attempts', 'gap'] as const
              ).map((word) => (
                <th key={word} scope="col">
                  {t(word)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {policy.stages.map((stage, at) => (
              <tr key={at}>
                <td>
                  <TextInput
                    aria-label={t('key')}
                    value={stage.key}
                    maxLength={40}
                    onChange={(event) => putStage(at, { key: event.currentTarget.value })}
                  />
                </td>
                <td>
                  <NumberInput
                    w={80}
                    aria-label={t('offset')}
                    min={0}
                    max={3650}
                    allowDecimal={false}
                    value={stage.offsetDays}
                    onChange={(value) => putStage(at, { offsetDays: whole(value) })}
                  />
                </td>
                <td>
                  <Select
                    aria-label={t('what')}
                    allowDeselect={false}
                    data={dunningActions.map((value) => ({ value, label: t(`action.${value}`) }))}
                    value={stage.action}
                    onChange={(value) =>
                      value !== null && putStage(at, { action: value as typeof stage.action })
                    }
                  />
                </td>
                <td>
                  <Select
                    aria-label={t('tell')}
                    allowDeselect={false}
                    data={[...dunningChannels, 'none' as const].map((value) => ({
                      value,
                      label: t(`channel.${value}`),
                    }))}
                    value={stage.channel ?? 'none'}
                    onChange={(value) =>
                      putStage(at, {
                        channel: value === 'none' ? null : (value as typeof stage.channel),
                      })
                    }
                  />
                </td>
                {(['minimum', 'fee'] as const).map((part) => (
                  <td key={part}>
                    <MoneyField
                      w={130}
                      hideLabel
                      label={t(part)}
                      currency={currency}
                      value={typedOf(
                        (stage[part] as Record<string, number>)[currency] ?? null,
                        currency,
                      )}
                      onChange={(typed) => {
                        const minor = minorOf(typed, currency)
                        const { [currency]: _, ...rest } = stage[part] as Record<string, number>
                        putStage(at, {
                          [part]: minor === null ? rest : { ...rest, [currency]: minor },
                        })
                      }}
                    />
                  </td>
                ))}
                <td>
                  <NumberInput
                    w={70}
                    aria-label={t('attempts')}
                    min={1}
                    max={100}
                    allowDecimal={false}
                    value={stage.attempts}
                    onChange={(value) => putStage(at, { attempts: whole(value) })}
                  />
                </td>
                <td>
                  <NumberInput
                    w={70}
                    aria-label={t('gap')}
                    min={0}
                    max={365}
                    allowDecimal={false}
                    value={stage.gapDays}
                    onChange={(value) => putStage(at, { gapDays: whole(value) })}
                  />
                </td>
                <td>
                  <ActionIcon
                    variant="subtle"
                    aria-label={t('removeStage', { key: stage.key })}
                    onClick={() =>
                      put({ stages: policy.stages.filter((_, index) => index !== at) })
                    }
                  >
                    <IconTrash size={15} aria-hidden="true" />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden="true" />}
          onClick={add}
        >
          {t('addStage')}
        </Button>
      </div>
      <Checkbox.Group
        label={t('weekdays')}
        value={policy.weekdays.map(String)}
        onChange={(days) => put({ weekdays: days.map(Number) })}
      >
        <div className="ndu-tools">
          {(['1', '2', '3', '4', '5', '6', '7'] as const).map((value) => (
            <Checkbox key={value} value={value} label={t(`weekday.${value}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <div className="nbl-fields">
        <TextInput
          type="time"
          label={t('fromTime')}
          value={clockOf(policy.fromMinute)}
          onChange={(event) => put({ fromMinute: minuteOf(event.currentTarget.value) })}
        />
        <TextInput
          type="time"
          label={t('toTime')}
          value={clockOf(Math.min(policy.toMinute, 1439))}
          onChange={(event) => put({ toMinute: minuteOf(event.currentTarget.value) })}
        />
        <NumberInput
          label={t('warnedDays')}
          min={0}
          max={365}
          allowDecimal={false}
          value={policy.warnedDays ?? ''}
          onChange={(value) => put({ warnedDays: typeof value === 'number' ? value : null })}
        />
        <Select
          label={t('basis')}
          allowDeselect={false}
          data={(['due', 'issued'] as const).map((value) => ({
            value,
            label: t(`basisOf.${value}`),
          }))}
          value={policy.basis}
          onChange={(value) => put({ basis: value === 'issued' ? 'issued' : 'due' })}
        />
        <NumberInput
          label={t('promisesMost')}
          min={0}
          max={100}
          allowDecimal={false}
          value={policy.promisesMost}
          onChange={(value) => put({ promisesMost: whole(value) })}
        />
        <NumberInput
          label={t('promiseDays')}
          min={0}
          max={366}
          allowDecimal={false}
          value={policy.promiseDays}
          onChange={(value) => put({ promiseDays: whole(value) })}
        />
        <Select
          label={t('afterEnd')}
          allowDeselect={false}
          data={(['suspend', 'remove'] as const).map((value) => ({
            value,
            label: t(`afterEndOf.${value}`),
          }))}
          value={afterEnd}
          onChange={(value) => setAfterEnd(value === 'remove' ? 'remove' : 'suspend')}
        />
        <NumberInput
          label={t('removeAfter')}
          min={0}
          max={3650}
          allowDecimal={false}
          disabled={afterEnd === 'suspend'}
          value={removeAfterDays}
          onChange={(value) => setRemoveAfter(whole(value))}
        />
        <Textarea
          label={t('closedOn')}
          placeholder="2026-12-25"
          autosize
          minRows={1}
          maxRows={6}
          value={closed}
          onChange={(event) => setClosed(event.currentTarget.value)}
        />
      </div>
    </FormDialog>
  )
}

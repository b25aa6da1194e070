import { ActionIcon, Button, NumberInput, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { minorOf, MoneyField, typedOf } from '../../../components/money-field.tsx'
import { act } from '../billing-acts.ts'
import { ppmOf } from './agent-model.ts'
import './agents.css'

interface TypedRate {
  readonly planId: string
  readonly rate: string | number
}

/** New terms from a day on: what was earned before stays as it is. */
export const TermsDialog = ({
  detail,
  onClose,
}: {
  readonly detail: Output<'billing.agent'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-agents')
  const { agent, terms, termsFirstOn, today } = detail
  const like = terms.find(({ id }) => id === detail.termsId) ?? terms[0]
  const { currency } = agent
  const plans = useQuery('billing.plans', {}).value?.plans ?? []
  const [validFromOn, setValidFromOn] = useState(termsFirstOn > today ? termsFirstOn : today)
  const [rate, setRate] = useState<string | number>((like?.ratePpm ?? 0) / 10_000)
  const [rates, setRates] = useState<readonly TypedRate[]>(
    like?.planRates.map(({ planId, ratePpm }) => ({ planId, rate: ratePpm / 10_000 })) ?? [],
  )
  const [months, setMonths] = useState<string | number>(like?.months ?? '')
  const [bonus, setBonus] = useState(typedOf(like?.bonus ?? 0, currency))
  const [creditLimit, setCreditLimit] = useState(typedOf(like?.creditLimit ?? 0, currency))
  const ratePpm = ppmOf(rate)
  const planRates = rates.map((one) => ({ planId: one.planId, ratePpm: ppmOf(one.rate) }))
  const areWhole = planRates.every((one) => one.planId !== '' && one.ratePpm !== null)
  const isEarly = validFromOn < termsFirstOn
  const set = (at: number, change: Partial<TypedRate>): void =>
    setRates(rates.map((one, index) => (index === at ? { ...one, ...change } : one)))
  const percent = {
    min: 0,
    max: 100,
    decimalScale: 4,
    suffix: ' %',
    hideControls: true,
    classNames: { input: 'nc-num-input' },
  } as const
  return (
    <FormDialog
      title={t('terms.title', { name: agent.name })}
      button={t('terms.button')}
      size="lg"
      ready={ratePpm !== null && areWhole && validFromOn !== '' && !isEarly}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.saveAgentTerms',
          {
            accountId: agent.accountId,
            validFromOn,
            terms: {
              ratePpm: ratePpm ?? 0,
              planRates: planRates.map((one) => ({ ...one, ratePpm: one.ratePpm ?? 0 })),
              months: months === '' ? null : Number(months),
              bonus: minorOf(bonus, currency) ?? 0,
              creditLimit: agent.kind === 'reseller' ? (minorOf(creditLimit, currency) ?? 0) : 0,
            },
          },
          () => ({ title: t('terms.done', { name: agent.name }) }),
        )
        return out !== undefined
      }}
    >
      <p className="nc-soft nc-small">{t('terms.hint')}</p>
      <div className="nbl-fields">
        <TextInput
          type="date"
          label={t('terms.from')}
          value={validFromOn}
          min={termsFirstOn}
          error={isEarly ? t('terms.early', { day: termsFirstOn }) : undefined}
          onChange={(event) => setValidFromOn(event.currentTarget.value)}
          data-autofocus
        />
        <NumberInput {...percent} label={t('terms.rate')} value={rate} onChange={setRate} />
        <NumberInput
          label={t('terms.monthsLabel')}
          placeholder={t('terms.forGood')}
          value={months}
          onChange={setMonths}
          min={1}
          max={120}
          allowDecimal={false}
          classNames={{ input: 'nc-num-input' }}
        />
        <MoneyField
          label={t('terms.bonus')}
          currency={currency}
          value={bonus}
          onChange={setBonus}
        />
        {agent.kind === 'reseller' && (
          <MoneyField
            label={t('terms.creditLimit')}
            currency={currency}
            value={creditLimit}
            onChange={setCreditLimit}
          />
        )}
      </div>
      <fieldset className="nbl-section">
        <legend>{t('terms.byPlan')}</legend>
        {rates.map((one, at) => (
          <div key={at} className="nba-rate">
            <Select
              aria-label={t('terms.plan')}
              placeholder={t('terms.plan')}
              searchable
              data={plans
                .filter(({ id }) => id === one.planId || rates.every((r) => r.planId !== id))
                .map(({ id, name, code }) => ({ value: id, label: `${name} · ${code}` }))}
              value={one.planId === '' ? null : one.planId}
              onChange={(value) => set(at, { planId: value ?? '' })}
            />
            <NumberInput
              {...percent}
              aria-label={t('terms.rate')}
              value={one.rate}
              onChange={(value) => set(at, { rate: value })}
            />
            <ActionIcon
              variant="subtle"
              aria-label={t('terms.removePlan')}
              onClick={() => setRates(rates.filter((_, index) => index !== at))}
            >
              <IconTrash size={15} aria-hidden="true" />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={13} aria-hidden="true" />}
            onClick={() => setRates([...rates, { planId: '', rate: '' }])}
          >
            {t('terms.addPlan')}
          </Button>
        </div>
      </fieldset>
    </FormDialog>
  )
}

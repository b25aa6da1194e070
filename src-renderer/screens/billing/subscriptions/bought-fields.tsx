import { Checkbox, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CallInput, Output } from '../../../../src-shared/contract/index.ts'
import { MoneyField, minorOf } from '../../../components/money-field.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { useMay } from '../use-may.ts'

type PlanLine = Output<'billing.plans'>['plans'][number]
type Bought = CallInput<'billing.startSubscription'>['bought']

export interface BoughtForm {
  readonly planId: string | null
  readonly quantity: string
  /** As typed; empty: the plan's price. */
  readonly ownPrice: string
  readonly extras: readonly string[]
}

/** Null: no plan is chosen, or a figure cannot be read. */
export const boughtOf = (form: BoughtForm, plans: readonly PlanLine[]): Bought | null => {
  const version = plans.find(({ id }) => id === form.planId)?.current
  const quantity = Number(form.quantity)
  if (version == null || !Number.isInteger(quantity) || quantity < 1) return null
  const priceOverride = minorOf(form.ownPrice, version.currency)
  if (form.ownPrice !== '' && priceOverride === null) return null
  return {
    planVersionId: version.id,
    quantity,
    priceOverride,
    extras: form.extras
      .filter((code) => version.extras.some((extra) => extra.code === code))
      .map((code) => ({ code, quantity: 1 })),
  }
}

/** Which plan, how many, which extras; and by who makes the prices, another price. */
export const BoughtFields = ({
  form,
  plans,
  onChange,
}: {
  readonly form: BoughtForm
  readonly plans: readonly PlanLine[]
  readonly onChange: (form: BoughtForm) => void
}) => {
  const { t } = useTranslation('billing')
  const money = useMoneyText()
  const managesPlans = useMay('billing.plan.manage')
  const set = (change: Partial<BoughtForm>): void => onChange({ ...form, ...change })
  const version = plans.find(({ id }) => id === form.planId)?.current ?? null
  return (
    <>
      <Select
        label={t('step.plan')}
        placeholder={plans.length === 0 ? t('step.noPlans') : undefined}
        searchable
        allowDeselect={false}
        data={plans.map(({ id, name, code, current }) => ({
          value: id,
          label:
            current?.price == null
              ? `${name} (${code})`
              : `${name} (${code}), ${money(current.price, current.currency)} ${t(`per.${current.interval}`)}`,
        }))}
        value={form.planId}
        onChange={(planId) => set({ planId, extras: [], ownPrice: '' })}
        data-autofocus
      />
      {version !== null && (
        <div className="nbl-fields">
          {version.unitPrice !== null && (
            <NumberInput
              label={t('step.quantity')}
              value={form.quantity}
              onChange={(quantity) => set({ quantity: String(quantity) })}
              min={1}
              max={1_000_000}
              allowDecimal={false}
            />
          )}
          {managesPlans && version.price !== null && (
            <MoneyField
              label={t('step.ownPrice')}
              description={t('step.ownPriceHint')}
              currency={version.currency}
              value={form.ownPrice}
              onChange={(ownPrice) => set({ ownPrice })}
            />
          )}
        </div>
      )}
      {version !== null && version.extras.some(({ required }) => !required) && (
        <fieldset className="nbl-section">
          <legend>{t('step.extras')}</legend>
          {version.extras
            .filter(({ required }) => !required)
            .map(({ code, name, price }) => (
              <Checkbox
                key={code}
                label={`${name}, ${money(price, version.currency)}`}
                checked={form.extras.includes(code)}
                onChange={(event) =>
                  set({
                    extras: event.currentTarget.checked
                      ? [...form.extras, code]
                      : form.extras.filter((one) => one !== code),
                  })
                }
              />
            ))}
        </fieldset>
      )}
    </>
  )
}

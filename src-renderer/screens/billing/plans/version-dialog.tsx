import {
  Checkbox,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  TextInput,
} from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField } from '../../../components/money-field.tsx'
import { act } from '../billing-acts.ts'
import { ExamplePanel } from './example-panel.tsx'
import { emptyVersion, formOf, termsOf, type VersionForm } from './version-form.ts'
import { DiscountRows, ExtraRows } from './version-rows.tsx'

/** A version of a plan: what it says on the left, what that would bill on the right. */
export const VersionDialog = ({
  plan,
  version,
  like,
  today,
  onClose,
}: {
  readonly plan: Output<'billing.plan'>['plan']
  /** The one that is changed; null: a new one. */
  readonly version: PlanVersion | null
  /** A new one begins as a copy of this. */
  readonly like: PlanVersion | null
  readonly today: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const [form, setForm] = useState<VersionForm>(() =>
    version !== null
      ? formOf(version, version.validFromOn)
      : like !== null
        ? formOf(like, today)
        : emptyVersion(today),
  )
  const set = (change: Partial<VersionForm>): void =>
    setForm((before) => ({ ...before, ...change }))
  const { currency } = plan
  const terms = termsOf(form, currency)
  const save = async (): Promise<boolean> =>
    terms !== null &&
    (await act(
      'billing.saveVersion',
      { planId: plan.id, versionId: version?.id ?? null, baseVersion: plan.version, terms },
      () => ({ title: t('version.saved') }),
    )) !== undefined
  return (
    <FormDialog
      title={
        version === null
          ? t('version.newTitle', { plan: plan.name })
          : t('version.editTitle', { plan: plan.name, number: version.number })
      }
      button={common('button.save')}
      ready={terms !== null}
      size="min(1280px, 96vw)"
      onClose={onClose}
      onSubmit={save}
    >
      <div className="nbl-columns">
        <div className="nbl-stack">
          <PriceFields form={form} currency={currency} set={set} />
          <PeriodFields form={form} set={set} prepaid={plan.payment === 'prepaid'} />
          <ServiceFields form={form} set={set} prepaid={plan.payment === 'prepaid'} />
          <fieldset className="nbl-section">
            <legend>{t('version.section.extras')}</legend>
            <ExtraRows
              extras={form.extras}
              currency={currency}
              onChange={(extras) => set({ extras })}
            />
          </fieldset>
          <fieldset className="nbl-section">
            <legend>{t('version.section.discounts')}</legend>
            <DiscountRows
              discounts={form.discounts}
              currency={currency}
              today={today}
              onChange={(discounts) => set({ discounts })}
            />
          </fieldset>
        </div>
        <ExamplePanel terms={terms} currency={currency} today={today} />
      </div>
    </FormDialog>
  )
}

interface FieldsProps {
  readonly form: VersionForm
  readonly set: (change: Partial<VersionForm>) => void
}

const PriceFields = ({ form, set, currency }: FieldsProps & { readonly currency: string }) => {
  const { t } = useTranslation('billing')
  const rates = useQuery('billing.taxRates', {}).value?.rates ?? []
  const codes = [...new Set([...rates.map(({ code }) => code), ...form.taxCodes])]
  return (
    <fieldset className="nbl-section">
      <legend>{t('version.section.price')}</legend>
      <div className="nbl-fields">
        <TextInput
          type="date"
          label={t('version.validFrom')}
          value={form.validFromOn}
          onChange={(event) => set({ validFromOn: event.currentTarget.value })}
          data-autofocus
        />
        <div>
          <div className="nc-small">{t('version.priceKind')}</div>
          <SegmentedControl
            aria-label={t('version.priceKind')}
            value={form.priceKind}
            onChange={(priceKind) => set({ priceKind })}
            data={[
              { value: 'interval', label: t('version.byInterval') },
              { value: 'unit', label: t('version.byUnit') },
            ]}
          />
        </div>
        {form.priceKind === 'interval' ? (
          <MoneyField
            label={t('version.price')}
            currency={currency}
            value={form.price}
            onChange={(price) => set({ price })}
          />
        ) : (
          <>
            <NumberInput
              label={t('version.unitPrice')}
              description={t('version.unitPriceHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={form.unitPrice}
              onChange={(value) => set({ unitPrice: String(value) })}
              decimalScale={6}
              allowNegative={false}
              hideControls
              rightSection={<span className="nc-faint nc-small">{currency}</span>}
              rightSectionWidth={46}
            />
            <TextInput
              label={t('version.unit')}
              description={t('version.unitHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              value={form.unit}
              maxLength={20}
              onChange={(event) => set({ unit: event.currentTarget.value })}
            />
          </>
        )}
        <MultiSelect
          label={t('version.taxes')}
          description={codes.length === 0 ? t('version.noTaxes') : t('version.taxesHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data={codes}
          value={[...form.taxCodes]}
          onChange={(taxCodes) => set({ taxCodes })}
        />
      </div>
      <Checkbox
        label={t('version.taxIncluded')}
        checked={form.taxIncluded}
        onChange={(event) => set({ taxIncluded: event.currentTarget.checked })}
      />
    </fieldset>
  )
}

const PeriodFields = ({ form, set, prepaid }: FieldsProps & { readonly prepaid: boolean }) => {
  const { t } = useTranslation('billing')
  return (
    <fieldset className="nbl-section">
      <legend>{t('version.section.period')}</legend>
      <div className="nbl-fields">
        <Select
          label={t('version.interval')}
          allowDeselect={false}
          data={(['month', 'quarter', 'year', '30d'] as const).map((value) => ({
            value,
            label: t(`interval.${value}`),
          }))}
          value={form.interval}
          onChange={(interval) => set({ interval: interval ?? form.interval })}
        />
        {!prepaid && (
          <Select
            label={t('version.mode')}
            allowDeselect={false}
            data={(['advance', 'arrears'] as const).map((value) => ({
              value,
              label: t(`mode.${value}`),
            }))}
            value={form.mode}
            onChange={(mode) => set({ mode: mode ?? form.mode })}
          />
        )}
        <Select
          label={t('version.proration')}
          allowDeselect={false}
          data={(['actual', 'fixed30', 'none'] as const).map((value) => ({
            value,
            label: t(`proration.${value}`),
          }))}
          value={form.proration}
          onChange={(proration) => set({ proration: proration ?? form.proration })}
        />
      </div>
      {!prepaid && (
        <Checkbox
          label={t('version.billWhileSuspended')}
          checked={form.billWhileSuspended}
          onChange={(event) => set({ billWhileSuspended: event.currentTarget.checked })}
        />
      )}
      <Checkbox
        label={t('version.billWhilePaused')}
        checked={form.billWhilePaused}
        onChange={(event) => set({ billWhilePaused: event.currentTarget.checked })}
      />
    </fieldset>
  )
}

const ServiceFields = ({ form, set, prepaid }: FieldsProps & { readonly prepaid: boolean }) => {
  const { t } = useTranslation('billing')
  const speeds = useQuery('provisioning.speeds', {}).value?.speeds ?? []
  const number = (
    label: string,
    part: 'minTermMonths' | 'trialDays' | 'graceDays' | 'balanceDays',
    most: number,
  ) => (
    <NumberInput
      label={label}
      value={form[part]}
      onChange={(value) => set({ [part]: String(value) })}
      min={0}
      max={most}
      allowDecimal={false}
      allowNegative={false}
    />
  )
  return (
    <fieldset className="nbl-section">
      <legend>{t('version.section.service')}</legend>
      <div className="nbl-fields">
        <Select
          label={t('version.speed')}
          description={t('version.speedHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('version.noSpeed')}
          clearable
          searchable
          data={speeds.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.speedId}
          onChange={(speedId) => set({ speedId })}
        />
        {number(t('version.minTerm'), 'minTermMonths', 120)}
        {number(t('version.trial'), 'trialDays', 365)}
        {prepaid && number(t('version.grace'), 'graceDays', 365)}
        {prepaid && number(t('version.balance'), 'balanceDays', 3650)}
      </div>
    </fieldset>
  )
}

import { Select, Switch, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { documentKinds } from '../../../../src-shared/contract/billing-documents-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'
import { formOf, sellerOfForm, termsFields, termsKinds, type SellerForm } from './seller-form.ts'
import '../billing.css'

/** Who sells and how documents are made, typed; refused at the field. */
export const SellerDialog = ({
  value: { seller, version },
  onClose,
}: {
  readonly value: Output<'billing.seller'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-documents')
  const { t: common } = useTranslation()
  const [form, setForm] = useState<SellerForm>(() => formOf(seller))
  const read = sellerOfForm(form)
  const faults = 'faults' in read ? read.faults : []
  const put = (part: Partial<SellerForm>): void => setForm({ ...form, ...part })
  const putAddress = (part: Partial<SellerForm['address']>): void =>
    put({ address: { ...form.address, ...part } })
  const bad = (path: string, word: string): string | undefined =>
    faults.some((fault) => fault === path) ? word : undefined
  const number = (from: number, to: number): string => t('seller.badNumber', { from, to })
  const text = (key: 'name' | 'taxId' | 'phone' | 'email', max: number) => (
    <TextInput
      label={t(`seller.${key}`)}
      value={form[key]}
      maxLength={max}
      onChange={(event) => put({ [key]: event.currentTarget.value })}
      {...(key === 'name' ? { 'data-autofocus': true } : {})}
    />
  )
  const limitOf = (field: 'days' | 'day' | 'months'): readonly [number, number] =>
    field === 'days'
      ? [0, 365]
      : field === 'months'
        ? [0, 12]
        : [form.termsKind === 'days-then-month-end' ? 0 : 1, 31]
  return (
    <FormDialog
      title={t('seller.editTitle')}
      button={common('button.save')}
      size="xl"
      ready={'seller' in read && read.seller.name !== ''}
      onClose={onClose}
      onSubmit={async () => {
        if (!('seller' in read)) return false
        const input = { baseVersion: version, seller: read.seller }
        const out = await act('billing.configureSeller', input, () => ({
          title: t('seller.saved'),
        }))
        return out !== undefined
      }}
    >
      <fieldset className="nbl-section">
        <legend>{t('seller.who')}</legend>
        <div className="nbl-fields">
          {text('name', 200)}
          {text('taxId', 40)}
          {text('phone', 40)}
          {text('email', 120)}
          <TextInput
            label={t('seller.lines')}
            value={form.address.lines}
            maxLength={400}
            onChange={(event) => putAddress({ lines: event.currentTarget.value })}
          />
          <TextInput
            label={t('seller.postcode')}
            value={form.address.postcode}
            maxLength={20}
            onChange={(event) => putAddress({ postcode: event.currentTarget.value })}
          />
          <TextInput
            label={t('seller.city')}
            value={form.address.city}
            maxLength={120}
            onChange={(event) => putAddress({ city: event.currentTarget.value })}
          />
          <TextInput
            label={t('seller.region')}
            value={form.address.region}
            maxLength={120}
            onChange={(event) => putAddress({ region: event.currentTarget.value })}
          />
          <TextInput
            label={t('seller.country')}
            description={t('seller.countryHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.address.country}
            maxLength={2}
            onChange={(event) => putAddress({ country: event.currentTarget.value.toUpperCase() })}
            error={bad('address.country', t('seller.badCountry'))}
          />
        </div>
        <Textarea
          label={t('seller.paymentNote')}
          description={t('seller.paymentNoteHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.paymentNote}
          maxLength={1000}
          autosize
          minRows={2}
          maxRows={5}
          onChange={(event) => put({ paymentNote: event.currentTarget.value })}
        />
      </fieldset>
      <fieldset className="nbl-section">
        <legend>{t('seller.numbers')}</legend>
        <div className="nbl-fields">
          <TextInput
            label={t('seller.installation')}
            description={t('seller.installationHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.installation}
            maxLength={6}
            onChange={(event) => put({ installation: event.currentTarget.value.toUpperCase() })}
            error={bad('installation', t('seller.badCode'))}
          />
          {([...documentKinds, 'receipt'] as const).map((kind) => (
            <TextInput
              key={kind}
              label={t('seller.prefix', {
                kind: kind === 'receipt' ? t('seller.receipt') : t(`kind.${kind}`),
              })}
              value={form.prefixes[kind]}
              maxLength={8}
              onChange={(event) =>
                put({
                  prefixes: { ...form.prefixes, [kind]: event.currentTarget.value.toUpperCase() },
                })
              }
              error={bad(`prefixes.${kind}`, t('seller.badCode'))}
            />
          ))}
        </div>
        <Switch
          label={t('seller.yearly')}
          checked={form.yearly}
          onChange={(event) => put({ yearly: event.currentTarget.checked })}
        />
      </fieldset>
      <fieldset className="nbl-section">
        <legend>{t('seller.terms')}</legend>
        <div className="nbl-fields">
          <Select
            label={t('seller.termsKind')}
            allowDeselect={false}
            data={termsKinds.map((value) => ({ value, label: t(`seller.term.${value}`) }))}
            value={form.termsKind}
            onChange={(kind) =>
              put({ termsKind: termsKinds.find((one) => one === kind) ?? form.termsKind })
            }
          />
          {termsFields[form.termsKind].map((field) => (
            <TextInput
              key={field}
              inputMode="numeric"
              label={t(`seller.${field}`)}
              value={form[field]}
              maxLength={3}
              onChange={(event) => put({ [field]: event.currentTarget.value })}
              error={bad(`terms.${field}`, number(limitOf(field)[0], limitOf(field)[1]))}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="nbl-section">
        <legend>{t('seller.run')}</legend>
        <div className="nbl-fields">
          <TextInput
            inputMode="numeric"
            label={t('seller.leadDays')}
            description={t('seller.leadDaysHint')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={form.leadDays}
            maxLength={2}
            onChange={(event) => put({ leadDays: event.currentTarget.value })}
            error={bad('leadDays', number(0, 60))}
          />
          <Select
            label={t('seller.endDay')}
            allowDeselect={false}
            data={(['free', 'charged'] as const).map((value) => ({
              value,
              label: t(`seller.endDays.${value}`),
            }))}
            value={form.endDay}
            onChange={(value) => put({ endDay: value === 'charged' ? 'charged' : 'free' })}
          />
          <Select
            label={t('seller.catchUp')}
            allowDeselect={false}
            data={(['each', 'combined'] as const).map((value) => ({
              value,
              label: t(`seller.catchUps.${value}`),
            }))}
            value={form.catchUp}
            onChange={(value) => put({ catchUp: value === 'combined' ? 'combined' : 'each' })}
          />
          <Select
            label={t('seller.reliefPrice')}
            allowDeselect={false}
            data={(['less-tax', 'stays'] as const).map((value) => ({
              value,
              label: t(`seller.reliefPrices.${value}`),
            }))}
            value={form.reliefPrice}
            onChange={(value) => put({ reliefPrice: value === 'stays' ? 'stays' : 'less-tax' })}
          />
        </div>
      </fieldset>
    </FormDialog>
  )
}

import { NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDayText } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'
import { ppmOf } from '../plans/version-form.ts'
import type { Rate } from './rate-model.ts'

const ppn = { code: 'PPN', name: 'PPN', percent: '12', baseNum: '11', baseDen: '12', country: 'ID' }
const plain = { code: '', name: '', percent: '', baseNum: '1', baseDen: '1', country: '' }

/** A tax at a rate from a day on. */
export const RateDialog = ({
  rate,
  like,
  today,
  onClose,
}: {
  /** Null: a new one. */
  readonly rate: Rate | null
  readonly like: 'ppn' | null
  readonly today: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const day = useDayText()
  const [form, setForm] = useState(() => ({
    ...(rate === null
      ? like === 'ppn'
        ? ppn
        : plain
      : {
          code: rate.code,
          name: rate.name,
          percent: String(rate.ratePpm / 10_000),
          baseNum: String(rate.baseNum),
          baseDen: String(rate.baseDen),
          country: rate.country,
        }),
    from: rate?.validFromOn ?? (like === 'ppn' ? '2025-01-01' : today),
    until: rate?.validToOn ?? '',
  }))
  const set = (change: Partial<typeof form>): void =>
    setForm((before) => ({ ...before, ...change }))
  const inForce = rate !== null && rate.validFromOn <= today
  const ratePpm = ppmOf(form.percent)
  const [num, den] = [Number(form.baseNum), Number(form.baseDen)]
  const ready =
    form.code.trim() !== '' &&
    form.name.trim() !== '' &&
    ratePpm !== null &&
    num >= 1 &&
    den >= num &&
    form.from !== '' &&
    (form.until === '' || form.until > form.from) &&
    /^([A-Za-z]{2})?$/u.test(form.country)
  const save = async (): Promise<boolean> =>
    ratePpm !== null &&
    (await act(
      'billing.saveTaxRate',
      {
        rateId: rate?.id ?? null,
        baseVersion: rate?.version ?? 0,
        code: form.code.trim(),
        name: form.name.trim(),
        ratePpm,
        baseNum: num,
        baseDen: den,
        country: form.country.toUpperCase(),
        validFromOn: form.from,
        validToOn: form.until === '' ? null : form.until,
      },
      () => ({ title: t('taxes.saved', { code: form.code.trim() }) }),
    )) !== undefined
  const number = (label: string, part: 'percent' | 'baseNum' | 'baseDen', decimals: number) => (
    <NumberInput
      label={label}
      value={form[part]}
      onChange={(value) => set({ [part]: String(value) })}
      disabled={inForce}
      min={0}
      decimalScale={decimals}
      hideControls
    />
  )
  return (
    <FormDialog
      title={
        rate === null
          ? t('taxes.newTitle')
          : t('taxes.editTitle', { code: rate.code, day: day(rate.validFromOn) })
      }
      button={common('button.save')}
      ready={ready}
      size="lg"
      onClose={onClose}
      onSubmit={save}
    >
      {inForce && <p className="nc-soft">{t('taxes.inForce', { day: day(rate.validFromOn) })}</p>}
      <div className="nbl-fields">
        <TextInput
          label={t('taxes.code')}
          classNames={{ input: 'nc-mono' }}
          value={form.code}
          disabled={inForce}
          maxLength={32}
          onChange={(event) => set({ code: event.currentTarget.value })}
          data-autofocus
        />
        <TextInput
          label={t('taxes.name')}
          value={form.name}
          maxLength={80}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        {number(t('taxes.percent'), 'percent', 4)}
        {number(t('taxes.baseNum'), 'baseNum', 0)}
        {number(t('taxes.baseDen'), 'baseDen', 0)}
        <TextInput
          label={t('taxes.country')}
          description={t('taxes.countryHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={form.country}
          maxLength={2}
          onChange={(event) => set({ country: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('taxes.from')}
          value={form.from}
          disabled={inForce}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="date"
          label={t('taxes.until')}
          value={form.until}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      <p className="nc-soft nc-small">{t('taxes.baseHint')}</p>
    </FormDialog>
  )
}

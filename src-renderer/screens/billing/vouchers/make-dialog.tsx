import { Button, Group, Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { currencyCodes } from '../../../../src-shared/domain/currencies.ts'
import { runCommand } from '../../../client/client.ts'
import { failureOf } from '../../../client/hooks.ts'
import { CopyButton } from '../../../components/copy-button.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { minorOf, MoneyField } from '../../../components/money-field.tsx'
import { showFailure } from '../../../components/toast.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useBillingSettings } from '../../../state/billing.ts'

/** A batch of cards; after it, where their sheet lies. */
export const MakeDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const format = useFormat()
  const settings = useBillingSettings()
  const [name, setName] = useState('')
  const [currency, setCurrency] = useState(settings?.currency ?? 'IDR')
  const [value, setValue] = useState('')
  const [count, setCount] = useState<string | number>(50)
  const [expiresOn, setExpiresOn] = useState('')
  const [note, setNote] = useState('')
  const [language, setLanguage] = useState<'en' | 'id'>(format.locale)
  const [made, setMade] = useState<Output<'billing.makeVouchers'> | null>(null)
  const worth = minorOf(value, currency)
  const cards = Number(count)
  const ready =
    name.trim() !== '' &&
    worth !== null &&
    worth > 0 &&
    Number.isInteger(cards) &&
    cards >= 1 &&
    cards <= 5000
  const make = async (): Promise<boolean> => {
    if (worth === null) return false
    try {
      setMade(
        await runCommand('billing.makeVouchers', {
          name: name.trim(),
          value: worth,
          currency,
          count: cards,
          expiresOn: expiresOn === '' ? null : expiresOn,
          note: note.trim(),
          language,
        }),
      )
    } catch (error) {
      showFailure(failureOf(error))
    }
    return false
  }
  if (made !== null) {
    const path = `${made.folder}/${made.fileName}`
    return (
      <Modal
        opened
        onClose={onClose}
        title={t('vouchers.madeTitle')}
        closeButtonProps={{ 'aria-label': common('button.close') }}
        centered
        size="lg"
      >
        <div className="nbl-stack">
          <p>{t('vouchers.madeText')}</p>
          <p className="nbl-path nc-mono">
            {path} <CopyButton text={path} label={t('vouchers.copyPath')} />
          </p>
          <Group justify="flex-end">
            <Button onClick={onClose}>{t('vouchers.done')}</Button>
          </Group>
        </div>
      </Modal>
    )
  }
  return (
    <FormDialog
      title={t('vouchers.makeTitle')}
      button={t('vouchers.makeButton', { count: Number.isNaN(cards) ? 0 : cards })}
      ready={ready}
      size="lg"
      onClose={onClose}
      onSubmit={make}
    >
      <div className="nbl-fields">
        <TextInput
          label={t('vouchers.name')}
          value={name}
          maxLength={80}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <MoneyField
          label={t('vouchers.value')}
          currency={currency}
          value={value}
          onChange={setValue}
        />
        <Select
          label={t('plan.currency')}
          searchable
          allowDeselect={false}
          data={currencyCodes}
          value={currency}
          onChange={(code) => setCurrency(code ?? currency)}
        />
        <NumberInput
          label={t('vouchers.count')}
          value={count}
          onChange={setCount}
          min={1}
          max={5000}
          allowDecimal={false}
        />
        <TextInput
          type="date"
          label={t('vouchers.expires')}
          value={expiresOn}
          onChange={(event) => setExpiresOn(event.currentTarget.value)}
        />
        <Select
          label={t('vouchers.language')}
          allowDeselect={false}
          data={(['id', 'en'] as const).map((code) => ({
            value: code,
            label: t(`vouchers.languages.${code}`),
          }))}
          value={language}
          onChange={(code) => setLanguage(code ?? language)}
        />
      </div>
      <Textarea
        label={t('vouchers.note')}
        value={note}
        maxLength={2000}
        autosize
        minRows={1}
        maxRows={4}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <p className="nc-soft nc-small">{t('vouchers.makeHint')}</p>
    </FormDialog>
  )
}

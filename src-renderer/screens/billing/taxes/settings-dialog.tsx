import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { currencyCodes } from '../../../../src-shared/domain/currencies.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'

export const SettingsDialog = ({
  settings,
  onClose,
}: {
  readonly settings: Output<'billing.settings'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const { t: common } = useTranslation()
  const [currency, setCurrency] = useState(settings.currency)
  const [timeZone, setTimeZone] = useState(settings.timeZone ?? '')
  const save = async (): Promise<boolean> =>
    (await act(
      'billing.configure',
      {
        baseVersion: settings.version,
        currency,
        timeZone: timeZone.trim() === '' ? null : timeZone.trim(),
      },
      () => ({ title: t('settings.saved') }),
    )) !== undefined
  return (
    <FormDialog
      title={t('settings.title')}
      button={common('button.save')}
      ready
      onClose={onClose}
      onSubmit={save}
    >
      <Select
        label={t('settings.currency')}
        searchable
        allowDeselect={false}
        data={currencyCodes}
        value={currency}
        onChange={(code) => setCurrency(code ?? currency)}
      />
      <TextInput
        label={t('settings.timeZone')}
        description={t('settings.timeZoneHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="Asia/Jakarta"
        value={timeZone}
        maxLength={64}
        spellCheck={false}
        onChange={(event) => setTimeZone(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

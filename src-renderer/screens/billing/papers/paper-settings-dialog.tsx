import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JournalAccounts } from '../../../../src-shared/contract/billing-papers.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { act } from '../billing-acts.ts'

const accounts = [
  'receivable',
  'revenue',
  'tax',
  'rounding',
  'cash',
  'transfer',
  'card',
  'paypal',
  'voucher',
  'other',
  'opening',
  'adjustment',
  'writeOff',
  'fee',
] as const satisfies readonly (keyof JournalAccounts)[]

/** Codes to pay by, and the accounts of the journal. */
export const PaperSettingsDialog = ({
  stored,
  onClose,
}: {
  readonly stored: Output<'billing.paperSettings'>
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-papers')
  const [settings, setSettings] = useState(stored.settings)
  const { transfer } = settings
  const save = async (): Promise<boolean> =>
    (await act('billing.configurePapers', { baseVersion: stored.version, settings }, () => ({
      title: t('settings.saved'),
    }))) !== undefined
  const isWhole = accounts.every((name) => settings.accounts[name].trim() !== '')
  return (
    <FormDialog
      title={t('settings.title')}
      button={t('settings.button')}
      ready={isWhole && (transfer.iban.trim() === '' || transfer.name.trim() !== '')}
      size="lg"
      onClose={onClose}
      onSubmit={save}
    >
      <fieldset className="nbl-stack">
        <legend>{t('settings.codes')}</legend>
        <p className="nc-soft">{t('settings.codesText')}</p>
        <div className="nbl-fields">
          {(['iban', 'bic', 'name'] as const).map((part) => (
            <TextInput
              key={part}
              label={t(`settings.${part}`)}
              value={transfer[part]}
              maxLength={part === 'name' ? 70 : part === 'bic' ? 20 : 50}
              spellCheck={false}
              onChange={(event) =>
                setSettings({
                  ...settings,
                  transfer: { ...transfer, [part]: event.currentTarget.value },
                })
              }
            />
          ))}
        </div>
        <Textarea
          label={t('settings.shopCode')}
          description={t('settings.shopCodeHint')}
          value={settings.shopCode}
          maxLength={512}
          autosize
          minRows={2}
          spellCheck={false}
          onChange={(event) => setSettings({ ...settings, shopCode: event.currentTarget.value })}
        />
      </fieldset>
      <fieldset className="nbl-stack">
        <legend>{t('settings.accounts')}</legend>
        <div className="nbl-fields">
          {accounts.map((name) => (
            <TextInput
              key={name}
              label={t(`settings.account.${name}`)}
              value={settings.accounts[name]}
              maxLength={40}
              onChange={(event) =>
                setSettings({
                  ...settings,
                  accounts: { ...settings.accounts, [name]: event.currentTarget.value },
                })
              }
            />
          ))}
        </div>
      </fieldset>
    </FormDialog>
  )
}

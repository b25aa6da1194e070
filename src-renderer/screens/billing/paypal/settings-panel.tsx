import { Button, Group, SegmentedControl, Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { payPalModes } from '../../../../src-shared/contract/billing-paypal.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { SecretField } from '../../../components/secret-field.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { act } from '../billing-acts.ts'
import './paypal.css'

type Settings = Output<'billing.payPalSettings'>

/** How PayPal is reached, and whether it takes what is kept. */
export const SettingsPanel = () => {
  const { t } = useTranslation('billing-paypal')
  const format = useFormat()
  const { value, failure, refresh } = useQuery(
    'billing.payPalSettings',
    {},
    { on: ['billing.changed'], everyMs: 500 },
  )
  const [editing, setEditing] = useState(false)
  const [trying, setTrying] = useState(false)
  if (value === undefined) return <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
  const attempt = async (): Promise<void> => {
    setTrying(true)
    await act('billing.tryPayPal', {}, ({ mode }) => ({
      title: t('settings.taken', { mode: t(`mode.${mode}`) }),
    }))
    setTrying(false)
  }
  return (
    <section className="nc-panel" aria-label={t('settings.title')}>
      <header className="nc-panel__head">
        <h2>{t('settings.title')}</h2>
        <Group gap="sm">
          {value.credentialsSince !== null && (
            <Button variant="default" loading={trying} onClick={() => void attempt()}>
              {t('settings.try')}
            </Button>
          )}
          <Button variant="default" onClick={() => setEditing(true)}>
            {t('settings.edit')}
          </Button>
        </Group>
      </header>
      <div className="nc-panel__body">
        {value.trouble !== null && <FailureState brief failure={value.trouble} />}
        {value.others > 0 && (
          <p className="nbl-warn">{t('settings.others', { count: value.others })}</p>
        )}
        <dl className="nc-facts">
          <dt>{t('settings.state')}</dt>
          <dd>{t(value.enabled ? 'settings.on' : 'settings.off')}</dd>
          <dt>{t('settings.mode')}</dt>
          <dd>{t(`mode.${value.mode}`)}</dd>
          <dt>{t('settings.merchant')}</dt>
          <dd>{value.merchant === '' ? '–' : value.merchant}</dd>
          <dt>{t('settings.credentials')}</dt>
          <dd>
            {value.credentialsSince === null
              ? t('settings.none')
              : t('settings.kept', {
                  end: value.clientHint,
                  since: format.instant(value.credentialsSince),
                })}
          </dd>
        </dl>
      </div>
      {editing && (
        <SettingsDialog key={value.version} settings={value} onClose={() => setEditing(false)} />
      )}
    </section>
  )
}

const SettingsDialog = ({
  settings,
  onClose,
}: {
  readonly settings: Settings
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-paypal')
  const { t: common } = useTranslation()
  const [enabled, setEnabled] = useState(settings.enabled)
  const [mode, setMode] = useState(settings.mode)
  const [merchant, setMerchant] = useState(settings.merchant)
  const [returnUrl, setReturnUrl] = useState(settings.returnUrl)
  const [clientId, setClientId] = useState('')
  const [secret, setSecret] = useState('')
  const isKept = settings.credentialsSince !== null && mode === settings.mode
  const given = clientId.trim() !== '' || secret !== ''
  const isWhole = /^[!-~]{10,200}$/u.test(clientId.trim()) && /^[!-~]{1,200}$/u.test(secret)
  const badUrl = returnUrl !== '' && !/^https:\/\/[!-~]+$/u.test(returnUrl)
  return (
    <FormDialog
      title={t('settings.of')}
      button={common('button.save')}
      size="lg"
      ready={!badUrl && (given ? isWhole : isKept || !enabled)}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.configurePayPal',
          {
            baseVersion: settings.version,
            enabled,
            mode,
            merchant,
            returnUrl,
            ...(given ? { credentials: { clientId: clientId.trim(), secret } } : {}),
          },
          () => ({ title: t('settings.saved') }),
        )
        return out !== undefined
      }}
    >
      <Switch
        label={t('settings.enable')}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      <SegmentedControl
        aria-label={t('settings.mode')}
        fullWidth
        value={mode}
        onChange={(value) => setMode(value)}
        data={payPalModes.map((value) => ({ value, label: t(`mode.${value}`) }))}
      />
      <p className="nc-soft nc-small">{t(`modeText.${mode}`)}</p>
      <div className="npp-fields">
        <TextInput
          label={t('settings.merchant')}
          description={t('settings.merchantHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={merchant}
          maxLength={127}
          onChange={(event) => setMerchant(event.currentTarget.value)}
        />
        <TextInput
          label={t('settings.returnUrl')}
          description={t('settings.returnUrlHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={returnUrl}
          maxLength={300}
          spellCheck={false}
          onChange={(event) => setReturnUrl(event.currentTarget.value.trim())}
          error={badUrl ? t('settings.badUrl') : undefined}
        />
      </div>
      <fieldset className="nbl-section">
        <legend>{t('settings.credentials')}</legend>
        <p className="nc-soft nc-small">{t(isKept ? 'settings.replace' : 'settings.enter')}</p>
        <div className="npp-fields">
          <TextInput
            label={t('settings.clientId')}
            value={clientId}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setClientId(event.currentTarget.value)}
          />
          <SecretField
            label={t('settings.secret')}
            value={secret}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
        </div>
      </fieldset>
    </FormDialog>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../components/confirm.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { refreshEntrance, useEntrance, usePermissions } from '../../state/workspace.ts'
import { Setting } from '../settings/setting.tsx'
import { act } from './backup-acts.ts'

/** Lock of the vault, and other keys. */
export const VaultSettings = () => {
  const { t } = useTranslation('backups')
  const permissions = usePermissions()
  const keychain = useEntrance((state) => state.status?.keychain)
  const [asking, setAsking] = useState(false)

  const lock = async (): Promise<void> => {
    const sure = await confirm({
      title: t('vault.lockTitle'),
      text: t('vault.lockText'),
      confirmLabel: t('vault.lock'),
      danger: true,
    })
    if (!sure) return
    await act('workspace.lockVault', {})
    await refreshEntrance()
  }
  const rotate = async (): Promise<void> => {
    if (keychain !== 'available') return setAsking(true)
    const sure = await confirm({
      title: t('vault.rotateTitle'),
      text: t('vault.rotateText'),
      confirmLabel: t('vault.rotate'),
    })
    if (sure) await act('workspace.rotateKeys', {}, { title: t('vault.rotated') })
    return undefined
  }
  return (
    <section className="nc-panel" aria-label={t('vault.title')}>
      <header className="nc-panel__head">
        <h2>{t('vault.title')}</h2>
      </header>
      {permissions.includes('workspace.vault.lock') && (
        <Setting label={t('vault.lock')} hint={t('vault.lockHint')}>
          <Button variant="default" onClick={() => void lock()}>
            {t('vault.lock')}
          </Button>
        </Setting>
      )}
      {permissions.includes('workspace.keys.rotate') && (
        <Setting label={t('vault.rotate')} hint={t('vault.rotateHint')}>
          <Button variant="default" onClick={() => void rotate()}>
            {t('vault.rotate')}
          </Button>
        </Setting>
      )}
      {asking && <RotateDialog onClose={() => setAsking(false)} />}
    </section>
  )
}

const RotateDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('backups')
  const [passphrase, setPassphrase] = useState('')
  return (
    <FormDialog
      title={t('vault.rotateTitle')}
      button={t('vault.rotate')}
      ready={passphrase !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const done = { title: t('vault.rotated') }
        return (await act('workspace.rotateKeys', { passphrase }, done)) !== null
      }}
    >
      <p className="nc-soft">{t('vault.rotateText')}</p>
      <SecretField
        label={t('vault.passphrase')}
        value={passphrase}
        autoComplete="off"
        onChange={(event) => setPassphrase(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

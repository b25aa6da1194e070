import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { confirm } from '../../components/confirm.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { Setting } from '../settings/setting.tsx'
import { act } from './backup-acts.ts'
import './backups.css'

type Way = Output<'backups.settings'>['ways'][number]
const kinds: readonly Way[] = ['passphrase', 'recovery-key']
const shortest = 12

/** With what a backup opens on another machine. */
export const BackupWays = ({ ways }: { readonly ways: readonly Way[] }) => {
  const { t } = useTranslation('backups')
  const [asking, setAsking] = useState(false)

  const put = (kind: Way): void => {
    if (kind === 'passphrase') setAsking(true)
    else {
      const done = { title: t('ways.recoveryMade'), text: t('ways.recoveryText') }
      void act('backups.makeRecoveryKey', {}, done)
    }
  }
  const remove = async (way: Way): Promise<void> => {
    const sure = await confirm({
      title: t('ways.removeTitle'),
      text: t('ways.removeText'),
      confirmLabel: t('ways.remove'),
      danger: true,
    })
    if (sure) await act('backups.removeWay', { way }, { title: t('ways.removed') })
  }
  return (
    <>
      <Setting label={t('ways.title')} hint={ways.length === 0 ? t('ways.none') : t('ways.hint')}>
        <div className="nc-backup__ways">
          {kinds.map((kind) => (
            <div key={kind} className="nc-setting__group">
              <span>
                {t(`ways.${kind}`)}{' '}
                <span className="nc-soft">{t(ways.includes(kind) ? 'ways.on' : 'ways.off')}</span>
              </span>
              <Button size="xs" variant="default" onClick={() => put(kind)}>
                {kind === 'passphrase'
                  ? t(ways.includes(kind) ? 'ways.change' : 'ways.set')
                  : t(ways.includes(kind) ? 'ways.renew' : 'ways.make')}
              </Button>
              {ways.includes(kind) && (
                <Button
                  size="xs"
                  variant="subtle"
                  aria-label={`${t('ways.remove')}: ${t(`ways.${kind}`)}`}
                  onClick={() => void remove(kind)}
                >
                  {t('ways.remove')}
                </Button>
              )}
            </div>
          ))}
        </div>
      </Setting>
      {asking && <PassphraseDialog onClose={() => setAsking(false)} />}
    </>
  )
}

const PassphraseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('backups')
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const differs = second !== '' && first !== second
  return (
    <FormDialog
      title={t('ways.passphraseTitle')}
      button={t('ways.set')}
      ready={Array.from(first).length >= shortest && first === second}
      onClose={onClose}
      onSubmit={async () => {
        const done = { title: t('ways.passphraseSet') }
        return (await act('backups.setPassphrase', { passphrase: first }, done)) !== null
      }}
    >
      <p className="nc-soft">{t('ways.passphraseText')}</p>
      <SecretField
        label={t('ways.passphrase')}
        value={first}
        autoComplete="new-password"
        onChange={(event) => setFirst(event.currentTarget.value)}
        data-autofocus
      />
      <SecretField
        label={t('ways.again')}
        value={second}
        autoComplete="new-password"
        error={differs ? t('ways.differs') : undefined}
        onChange={(event) => setSecond(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

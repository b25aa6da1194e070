import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { NewPasswordFields, useNewPassword } from '../../components/new-password.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { AttemptFoot } from '../access/attempt-foot.tsx'
import { useAttempt } from '../access/use-attempt.ts'
import { useAskedForPassword } from './password-asked.ts'

export interface PasswordPanelProps {
  readonly changedAt: number | null
  readonly name: string
}

export const PasswordPanel = ({ changedAt, name }: PasswordPanelProps) => {
  const { t } = useTranslation('access-own')
  const format = useFormat()
  const [open, setOpen] = useAskedForPassword()
  return (
    <section className="nc-panel" aria-label={t('password.title')}>
      <header className="nc-panel__head">
        <h2>{t('password.title')}</h2>
        <span className="nc-small nc-soft">
          {t('password.changed')} {format.instant(changedAt, 'day')}
        </span>
      </header>
      <div className="nc-panel__body nco-body">
        {open ? (
          <PasswordForm name={name} onClose={() => setOpen(false)} />
        ) : (
          <Button variant="default" onClick={() => setOpen(true)}>
            {t('password.change')}
          </Button>
        )}
        <p className="nc-small nc-soft">{t('password.after')}</p>
      </div>
    </section>
  )
}

const PasswordForm = ({
  name,
  onClose,
}: {
  readonly name: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('access-own')
  const [current, setCurrent] = useState('')
  const next = useNewPassword(name)
  const attempt = useAttempt()
  const ready = current !== '' && next.ready
  const change = async (): Promise<void> => {
    if (!ready) return
    const refused = await attempt.run(async () => {
      await runCommand('access.changePassword', { current, next: next.value })
    })
    if (refused === null) {
      showToast({ kind: 'done', title: t('password.done'), text: t('password.doneText') })
      onClose()
    } else if (refused.code === 'wrong-credentials') setCurrent('')
  }
  return (
    <form
      className="nc-door__form"
      onSubmit={(event) => {
        event.preventDefault()
        void change()
      }}
    >
      <SecretField
        label={t('password.current')}
        value={current}
        maxLength={1024}
        autoFocus
        autoComplete="current-password"
        onChange={(event) => setCurrent(event.currentTarget.value)}
      />
      <NewPasswordFields password={next} />
      <AttemptFoot
        attempt={attempt}
        ready={ready}
        label={t('password.submit')}
        working={t('password.working')}
        other={
          <Button variant="default" onClick={onClose}>
            {t('password.cancel')}
          </Button>
        }
        words={{
          'wrong-credentials': {
            what: t('password.wrong.what'),
            means: t('password.wrong.means'),
            toDo: t('password.wrong.do'),
          },
        }}
      />
    </form>
  )
}

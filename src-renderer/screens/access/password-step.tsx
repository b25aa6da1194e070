import { Button, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignInStep } from '../../../src-shared/contract/access.ts'
import { runCommand } from '../../client/client.ts'
import { Door } from '../../components/door.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { CompanyWay } from './company-way.tsx'
import { AttemptFoot } from './attempt-foot.tsx'
import { SimulatedHint } from './simulated-hint.tsx'
import { useAttempt } from './use-attempt.ts'

export interface PasswordStepProps {
  readonly name: string
  readonly onName: (name: string) => void
  /** A sign-in that was begun has gone. */
  readonly lost: boolean
  readonly onStep: (step: SignInStep) => Promise<void>
  readonly onCode: () => void
  readonly onKit: () => void
}

export const PasswordStep = ({ name, onName, lost, onStep, onCode, onKit }: PasswordStepProps) => {
  const { t } = useTranslation('access')
  const [password, setPassword] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const attempt = useAttempt()
  const ready = name.trim() !== '' && password !== ''

  const signIn = async (): Promise<void> => {
    if (!ready) return
    const refused = await attempt.run(async () =>
      onStep(await runCommand('access.signIn', { name, password })),
    )
    if (refused === null) return
    setPassword('')
    field.current?.focus()
  }

  return (
    <Door title={t('signIn.title')}>
      <SimulatedHint withName />
      {lost && (
        <p className="nc-door__note" role="alert">
          {t('code.lost')}
        </p>
      )}
      <form
        className="nc-door__form"
        onSubmit={(event) => {
          event.preventDefault()
          void signIn()
        }}
      >
        <TextInput
          label={t('signIn.name')}
          value={name}
          maxLength={80}
          autoFocus={name === ''}
          autoComplete="username"
          onChange={(event) => onName(event.currentTarget.value)}
        />
        <SecretField
          ref={field}
          label={t('signIn.password')}
          value={password}
          maxLength={1024}
          autoFocus={name !== ''}
          autoComplete="current-password"
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <AttemptFoot
          attempt={attempt}
          ready
          label={t('signIn.submit')}
          working={t('signIn.submitting')}
        />
      </form>
      <CompanyWay
        words="signIn"
        disabled={attempt.working}
        run={async (language) => onStep(await runCommand('access.companySignIn', { language }))}
      />
      <nav className="nc-door__ways" aria-label={t('signIn.others')}>
        <Button variant="subtle" size="compact-xs" onClick={onCode}>
          {t('signIn.haveCode')}
        </Button>
        <Button variant="subtle" size="compact-xs" onClick={onKit}>
          {t('signIn.haveKit')}
        </Button>
      </nav>
    </Door>
  )
}

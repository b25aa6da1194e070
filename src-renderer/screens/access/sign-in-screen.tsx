import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { Door } from '../../components/door.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { SecretField } from '../../components/secret-field.tsx'
import { refreshEntrance } from '../../state/workspace.ts'
import { SimulatedHint } from './simulated-hint.tsx'

export const SignInScreen = () => {
  const { t } = useTranslation('access')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  const signIn = async (): Promise<void> => {
    if (name.trim() === '' || password === '' || working) return
    setWorking(true)
    setFailure(undefined)
    try {
      await runCommand('access.signIn', { name, password })
      await refreshEntrance()
    } catch (error) {
      setFailure(failureOf(error))
      setPassword('')
    }
    setWorking(false)
  }

  return (
    <Door title={t('signIn.title')}>
      <SimulatedHint withName />
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
          autoFocus
          autoComplete="username"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <SecretField
          label={t('signIn.password')}
          value={password}
          autoComplete="current-password"
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {failure !== undefined && <FailureState failure={failure} brief />}
        <Button type="submit" loading={working}>
          {t(working ? 'signIn.submitting' : 'signIn.submit')}
        </Button>
      </form>
    </Door>
  )
}

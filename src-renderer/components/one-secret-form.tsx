import { Button } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import { failureOf } from '../client/hooks.ts'
import type { ErrorText } from './error-text.ts'
import { FailureState } from './failure-state.tsx'
import { SecretField } from './secret-field.tsx'

export interface OneSecretFormProps {
  readonly label: string
  readonly submitLabel: string
  readonly workingLabel: string
  /** Throws what the engine refused. */
  readonly onSubmit: (secret: string) => Promise<void>
  /** What to say when the secret itself is wrong; default: the words of the error's code. */
  readonly wrong?: ErrorText
  readonly children?: ReactNode
}

/** One secret and a button: unlock, unseal. A refused secret is cleared, the field keeps the focus. */
export const OneSecretForm = ({
  label,
  submitLabel,
  workingLabel,
  onSubmit,
  wrong,
  children,
}: OneSecretFormProps) => {
  const [secret, setSecret] = useState('')
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure>()

  const submit = async (): Promise<void> => {
    if (secret === '' || working) return
    setWorking(true)
    setFailure(undefined)
    try {
      await onSubmit(secret)
    } catch (error) {
      setFailure(failureOf(error))
    }
    setSecret('')
    setWorking(false)
  }

  return (
    <form
      className="nc-door__form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <SecretField
        label={label}
        value={secret}
        autoFocus
        autoComplete="current-password"
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {failure !== undefined && (
        <FailureState
          failure={failure}
          text={failure.code === 'wrong-credentials' ? wrong : undefined}
          brief
        />
      )}
      <Button type="submit" loading={working}>
        {working ? workingLabel : submitLabel}
      </Button>
      {children}
    </form>
  )
}

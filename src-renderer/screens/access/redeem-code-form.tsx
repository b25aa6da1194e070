import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { CodeField } from '../../components/code-field.tsx'
import { Door } from '../../components/door.tsx'
import { readFactorCode } from '../../components/factor-code.ts'
import { NewPasswordFields, useNewPassword } from '../../components/new-password.tsx'
import { AttemptFoot } from './attempt-foot.tsx'
import type { StepProps } from './code-step.tsx'
import { useAttempt } from './use-attempt.ts'

export interface RedeemCodeFormProps extends Pick<StepProps, 'onStep' | 'onBack'> {
  readonly name: string
  readonly onName: (name: string) => void
}

/** A new password by a code that another administrator gave. */
export const RedeemCodeForm = ({ name, onName, onStep, onBack }: RedeemCodeFormProps) => {
  const { t } = useTranslation('access')
  const [code, setCode] = useState('')
  const password = useNewPassword(name)
  const attempt = useAttempt()
  const ready = name.trim() !== '' && readFactorCode(code) !== null && password.ready

  const redeem = async (): Promise<void> => {
    if (!ready) return
    await attempt.run(async () =>
      onStep(
        await runCommand('access.redeemCode', {
          name,
          code: code.trim(),
          password: password.value,
        }),
      ),
    )
  }

  return (
    <Door title={t('redeem.title')} lead={t('redeem.lead')}>
      <form
        className="nc-door__form"
        onSubmit={(event) => {
          event.preventDefault()
          void redeem()
        }}
      >
        <TextInput
          label={t('redeem.name')}
          value={name}
          maxLength={80}
          autoFocus={name === ''}
          autoComplete="username"
          onChange={(event) => onName(event.currentTarget.value)}
        />
        <CodeField
          label={t('redeem.code')}
          description={t('redeem.codeHint')}
          autoFocus={name !== ''}
          value={code}
          onCode={setCode}
        />
        <NewPasswordFields password={password} />
        <AttemptFoot
          attempt={attempt}
          ready={ready}
          label={t('redeem.submit')}
          working={t('redeem.submitting')}
          words={{
            'wrong-code': {
              what: t('redeem.wrong.what'),
              means: t('redeem.wrong.means'),
              toDo: t('redeem.wrong.do'),
            },
          }}
        />
        <Button variant="subtle" onClick={onBack}>
          {t('signIn.back')}
        </Button>
      </form>
    </Door>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignInStep } from '../../../src-shared/contract/access.ts'
import { runCommand } from '../../client/client.ts'
import { CodeField } from '../../components/code-field.tsx'
import { Door } from '../../components/door.tsx'
import { readFactorCode } from '../../components/factor-code.ts'
import { AttemptFoot } from './attempt-foot.tsx'
import { useAttempt } from './use-attempt.ts'

export interface StepProps {
  readonly onStep: (step: SignInStep) => Promise<void>
  /** The engine knows of no sign-in that was begun (any more). */
  readonly onLost: () => void
  readonly onBack: () => void
}

/** The second step: the app's six digits, or a recovery code. */
export const CodeStep = ({ onStep, onLost, onBack }: StepProps) => {
  const { t } = useTranslation('access')
  const [code, setCode] = useState('')
  const attempt = useAttempt()

  const check = async (typed: string): Promise<void> => {
    const read = readFactorCode(typed)
    if (read === null) return
    const refused = await attempt.run(async () =>
      onStep(await runCommand('access.signInCode', { code: read.code })),
    )
    if (refused === null) return
    setCode('')
    if (refused.code === 'not-signed-in') onLost()
  }

  return (
    <Door title={t('code.title')} lead={t('code.lead')}>
      <form
        className="nc-door__form"
        onSubmit={(event) => {
          event.preventDefault()
          void check(code)
        }}
      >
        <CodeField
          label={t('code.label')}
          description={t('code.hint')}
          autoFocus
          value={code}
          onCode={setCode}
          onPasted={(pasted) => void check(pasted)}
        />
        <AttemptFoot
          attempt={attempt}
          ready={readFactorCode(code) !== null}
          label={t('code.submit')}
          working={t('code.submitting')}
        />
        <Button variant="subtle" onClick={onBack}>
          {t('signIn.back')}
        </Button>
      </form>
    </Door>
  )
}

import { Button, Modal, Stack } from '@mantine/core'
import { useEffect, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { create } from 'zustand'
import { runCommand } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { answerStepUps } from '../../client/step-up.ts'
import { CodeField } from '../../components/code-field.tsx'
import { readFactorCode } from '../../components/factor-code.ts'
import { SecretField } from '../../components/secret-field.tsx'
import { CompanyWay } from './company-way.tsx'
import { AttemptFoot } from './attempt-foot.tsx'
import { SimulatedHint } from './simulated-hint.tsx'
import { useAttempt } from './use-attempt.ts'

const useAsked = create<{ readonly answer: ((done: boolean) => void) | null }>(() => ({
  answer: null,
}))

const settle = (done: boolean): void => {
  const { answer } = useAsked.getState()
  useAsked.setState({ answer: null })
  answer?.(done)
}

/** Stands while somebody is signed in; on lock the question goes away unanswered. */
export const StepUpHost = () => {
  const asked = useAsked(({ answer }) => answer !== null)
  useEffect(() => {
    const end = answerStepUps(
      () =>
        new Promise((resolve) => {
          useAsked.setState({ answer: resolve })
        }),
    )
    return () => {
      end()
      settle(false)
    }
  }, [])
  return asked ? <StepUpDialog /> : null
}

/**
 * Escape here closes this dialog alone and leaves the one below it, with what was typed there:
 * Mantine looks at the element that has the focus.
 */
const alone = { 'data-mantine-stop-propagation': 'true' }

const StepUpDialog = () => {
  const { t } = useTranslation('access')
  const { t: common } = useTranslation()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const attempt = useAttempt()
  const { value, failure } = useQuery('access.mine', {})
  // Where the engine cannot say, the field stands there and may stay empty.
  const factor = value === undefined ? failure !== undefined : value.secondFactorSince !== null
  const needed = value !== undefined && factor
  const read = readFactorCode(code)
  const ready = password !== '' && (!needed || read !== null) && (value ?? failure) !== undefined

  const stepUp = async (): Promise<void> => {
    if (!ready) return
    const refused = await attempt.run(async () => {
      await runCommand('access.stepUp', { password, code: read?.code ?? null })
    })
    if (refused === null) return settle(true)
    setCode('')
    if (refused.code !== 'wrong-code') setPassword('')
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    settle(false)
  }

  return (
    <Modal
      opened
      closeOnEscape={false}
      onClose={() => settle(false)}
      title={t('stepUp.title')}
      closeButtonProps={{ 'aria-label': common('button.close'), ...alone }}
      onKeyDown={onKeyDown}
      centered
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void stepUp()
        }}
      >
        <Stack gap="md">
          <p>{t('stepUp.lead')}</p>
          <SimulatedHint />
          <SecretField
            label={t('stepUp.password')}
            value={password}
            maxLength={1024}
            data-autofocus
            autoComplete="current-password"
            onChange={(event) => setPassword(event.currentTarget.value)}
            {...alone}
          />
          {factor && (
            <CodeField
              label={t(needed ? 'stepUp.code' : 'stepUp.codeOptional')}
              value={code}
              onCode={setCode}
              {...alone}
            />
          )}
          <CompanyWay
            words="stepUp"
            linkedOnly
            disabled={attempt.working}
            run={async (language) => {
              await runCommand('access.companyStepUp', { language, code: read?.code ?? null })
              settle(true)
            }}
          />
          <AttemptFoot
            attempt={attempt}
            ready={ready}
            label={t('stepUp.submit')}
            working={t('code.submitting')}
            other={
              <Button variant="default" onClick={() => settle(false)} {...alone}>
                {common('button.cancel')}
              </Button>
            }
            words={{
              'wrong-credentials': {
                what: t('stepUp.wrong.what'),
                means: t('stepUp.wrong.means'),
                toDo: t('stepUp.wrong.do'),
              },
            }}
          />
        </Stack>
      </form>
    </Modal>
  )
}

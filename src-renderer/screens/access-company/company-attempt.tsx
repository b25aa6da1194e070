import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { usePreferences } from '../../state/preferences.ts'

export interface CompanyAttemptProps {
  readonly label: string
  readonly button: string
  readonly disabled?: boolean
  /** Throws what the engine refused. */
  readonly run: (language: 'en' | 'id') => Promise<void>
}

/** A button that leads to the browser, waits for it, can be called off, and says what came of it. */
export const CompanyAttempt = ({ label, button, disabled = false, run }: CompanyAttemptProps) => {
  const { t } = useTranslation('access-company')
  const language = usePreferences((state) => state.preferences.language)
  const [waiting, setWaiting] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const begin = async (): Promise<void> => {
    setWaiting(true)
    setFailure(undefined)
    try {
      await run(language)
    } catch (error) {
      const refused = failureOf(error)
      if (refused.code !== 'cancelled' && refused.code !== 'step-up-needed') setFailure(refused)
    }
    setWaiting(false)
  }
  if (waiting) {
    return (
      <div role="status">
        <p>{t('way.waiting', { label })}</p>
        <Button variant="default" onClick={() => void runCommand('access.companyCancel', {})}>
          {t('way.cancel')}
        </Button>
      </div>
    )
  }
  return (
    <>
      {failure !== undefined && <FailureState failure={failure} brief />}
      <Button variant="default" disabled={disabled} onClick={() => void begin()}>
        {button}
      </Button>
    </>
  )
}

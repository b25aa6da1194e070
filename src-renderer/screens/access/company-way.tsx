import { Button } from '@mantine/core'
import { IconBuilding } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { usePreferences } from '../../state/preferences.ts'

export interface CompanyWayProps {
  /** What the button says: with the company's name in it. */
  readonly words: 'signIn' | 'unlock' | 'stepUp'
  /** Only for an account that is linked; on the sign-in page nobody knows who comes. */
  readonly linkedOnly?: boolean
  readonly disabled?: boolean
  readonly run: (language: 'en' | 'id') => Promise<void>
}

/** The company's sign-in as a way beside the password, where it is set up. */
export const CompanyWay = ({
  words,
  linkedOnly = false,
  disabled = false,
  run,
}: CompanyWayProps) => {
  const { t } = useTranslation('access-company')
  const { value, refresh } = useQuery(
    'access.company',
    {},
    { on: ['access.sessionChanged'], everyMs: 500 },
  )
  const language = usePreferences((state) => state.preferences.language)
  const [waiting, setWaiting] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const waits = useRef(false)
  // A page that is left waits for nothing.
  useEffect(
    () => () => {
      if (waits.current) void cancel()
    },
    [],
  )
  useEffect(() => {
    window.addEventListener('online', refresh)
    window.addEventListener('offline', refresh)
    return () => {
      window.removeEventListener('online', refresh)
      window.removeEventListener('offline', refresh)
    }
  }, [refresh])
  const label = value?.label ?? null
  if (label === null || (linkedOnly && value?.linked !== true)) return null

  const begin = async (): Promise<void> => {
    waits.current = true
    setWaiting(true)
    setFailure(undefined)
    try {
      await run(language)
    } catch (error) {
      const refused = failureOf(error)
      if (refused.code !== 'cancelled') setFailure(refused)
      refresh()
    } finally {
      waits.current = false
      setWaiting(false)
    }
  }

  if (waiting) {
    return (
      <div className="nc-door__company" role="status">
        <p>{t('way.waiting', { label })}</p>
        <p className="nc-small nc-soft">{t('way.waitingText')}</p>
        <Button variant="default" autoFocus onClick={() => void cancel()}>
          {t('way.cancel')}
        </Button>
      </div>
    )
  }
  const isAway = value?.problem === 'no-network'
  return (
    <div className="nc-door__company">
      {failure !== undefined && <FailureState failure={failure} brief />}
      <Button
        variant="default"
        fullWidth
        disabled={disabled || isAway}
        leftSection={<IconBuilding size={16} stroke={1.7} aria-hidden="true" />}
        onClick={() => void begin()}
      >
        {t(`way.${words}`, { label })}
      </Button>
      {isAway && <p className="nc-small nc-soft">{t('way.noNetwork')}</p>}
    </div>
  )
}

const cancel = async (): Promise<void> => {
  try {
    await runCommand('access.companyCancel', {})
  } catch {
    // The wait ends by itself after three minutes.
  }
}

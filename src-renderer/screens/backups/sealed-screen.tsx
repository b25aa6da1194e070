import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { Door } from '../../components/door.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { refreshEntrance } from '../../state/workspace.ts'

/** The vault was locked, and the keychain of this machine has its keys. */
export const SealedScreen = () => {
  const { t } = useTranslation('backups')
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const open = async (): Promise<void> => {
    setWorking(true)
    setFailure(undefined)
    try {
      await runCommand('workspace.unseal', { passphrase: null })
      await refreshEntrance()
    } catch (error) {
      setFailure(failureOf(error))
    }
    setWorking(false)
  }
  return (
    <Door title={t('sealed.title')} lead={t('sealed.lead')}>
      {failure !== undefined && <FailureState failure={failure} brief />}
      <Button autoFocus loading={working} onClick={() => void open()}>
        {t('sealed.open')}
      </Button>
    </Door>
  )
}

/** A moment: the restored one takes its place. */
export const RestoringScreen = () => {
  const { t } = useTranslation('restore')
  return (
    <Door title={t('restoring.title')} lead={t('restoring.lead')}>
      <LoadingState rows={2} />
    </Door>
  )
}

/** Seconds: it opens by itself. */
export const ChangingKeysScreen = () => {
  const { t } = useTranslation('backups')
  return (
    <Door title={t('changing.title')} lead={t('changing.lead')} closed>
      <LoadingState rows={2} />
    </Door>
  )
}

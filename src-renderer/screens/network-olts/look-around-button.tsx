import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lookAround } from '../../app/session-actions.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure } from '../../components/toast.tsx'
import { useSimulated } from '../../state/workspace.ts'

/** The other door of an empty workspace; not there inside the simulated plant. */
export const LookAroundButton = () => {
  const { t } = useTranslation('network')
  const simulated = useSimulated()
  const [busy, setBusy] = useState(false)
  if (simulated) return null
  const go = (): void => {
    setBusy(true)
    lookAround()
      .catch((error: unknown) => showFailure(failureOf(error)))
      .finally(() => setBusy(false))
  }
  return (
    <Button variant="default" onClick={go} loading={busy}>
      {t('olts.empty.lookAround')}
    </Button>
  )
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Door } from '../../components/door.tsx'
import type { Told } from '../../components/error-text.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RestoreDoor } from '../backups/restore-door.tsx'
import { retryWorkspace, useEntrance } from '../../state/workspace.ts'

export interface WorkspaceFailureScreenProps {
  readonly problem: Told | null
}

export const WorkspaceFailureScreen = ({ problem }: WorkspaceFailureScreenProps) => {
  const { t } = useTranslation('workspace')
  const { t: tRestore } = useTranslation('restore')
  const [restoring, setRestoring] = useState(false)
  const state = useEntrance((entrance) => entrance.status?.state)
  const host = useEntrance((state) => state.status?.host)
  if (restoring) return <RestoreDoor replaces onBack={() => setRestoring(false)} />
  return (
    <Door title={t('failure.title')} wide>
      <FailureState
        failure={problem ?? { code: 'internal', params: {} }}
        onRetry={() => void retryWorkspace()}
      />
      {state === 'failed' && (
        <div className="nc-door__ways">
          <Button variant="subtle" size="compact-sm" onClick={() => setRestoring(true)}>
            {tRestore('door.open')}
          </Button>
        </div>
      )}
      {host !== undefined && (
        <p className="nc-small nc-faint">
          Nocturne {host.appVersion} · {host.name} {host.version}
        </p>
      )}
    </Door>
  )
}

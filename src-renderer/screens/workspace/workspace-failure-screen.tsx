import { useTranslation } from 'react-i18next'
import { Door } from '../../components/door.tsx'
import type { Told } from '../../components/error-text.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { refreshEntrance, useEntrance } from '../../state/workspace.ts'

export interface WorkspaceFailureScreenProps {
  readonly problem: Told | null
}

export const WorkspaceFailureScreen = ({ problem }: WorkspaceFailureScreenProps) => {
  const { t } = useTranslation('workspace')
  const host = useEntrance((state) => state.status?.host)
  return (
    <Door title={t('failure.title')} wide>
      <FailureState
        failure={problem ?? { code: 'internal', params: {} }}
        onRetry={() => void refreshEntrance()}
      />
      {host !== undefined && (
        <p className="nc-small nc-faint">
          Nocturne {host.appVersion} · {host.name} {host.version}
        </p>
      )}
    </Door>
  )
}

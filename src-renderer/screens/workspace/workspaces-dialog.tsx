import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { WorkspaceEntry } from '../../../src-shared/contract/workspace.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { closeWorkspaces, enterWorkspace, useWorkspaces } from '../../state/workspaces.ts'
import { useEntrance, usePermissions, useSimulated } from '../../state/workspace.ts'
import { BackupPreview } from '../backups/backup-preview.tsx'
import { NewWorkspace } from './new-workspace.tsx'
import { WipedList } from './wiped-list.tsx'
import { WorkspaceRow } from './workspace-row.tsx'
import './workspaces.css'

/** At each door and over each page; what is open there stays open until another one may be. */
export const WorkspacesHost = () => {
  const open = useWorkspaces((state) => state.open)
  return open ? <WorkspacesDialog /> : null
}

const WorkspacesDialog = () => {
  const { t } = useTranslation('workspaces')
  const { t: tCommon } = useTranslation()
  const signedIn = useEntrance((state) => state.session != null)
  const { value, failure, refresh } = useQuery('workspace.list', {})
  const [refused, setRefused] = useState<Failure>()
  const mayRestore = usePermissions().includes('workspace.backup.restore')
  const simulated = useSimulated()
  const restores = mayRestore && !simulated
  const [taking, setTaking] = useState(false)

  const enter = async ({ id, name }: Pick<WorkspaceEntry, 'id' | 'name'>): Promise<void> => {
    setRefused(undefined)
    const why = await enterWorkspace(id, name)
    if (why === null) return
    setRefused(why)
    refresh()
  }
  const forget = async (id: string): Promise<void> => {
    setRefused(undefined)
    try {
      await runCommand('workspace.forget', { id })
    } catch (error) {
      setRefused(failureOf(error))
    }
    refresh()
  }
  const add = async (name: string): Promise<boolean> => {
    setRefused(undefined)
    try {
      await enter({ ...(await runCommand('workspace.add', { name })), name })
      return true
    } catch (error) {
      setRefused(failureOf(error))
      return false
    }
  }
  const alone = value?.workspaces.length === 1

  return (
    <Modal
      opened
      onClose={closeWorkspaces}
      title={t('dialog.title')}
      closeButtonProps={{ 'aria-label': tCommon('button.close') }}
      centered
      size="lg"
    >
      <p className="nc-soft nc-workspaces__lead">
        {t(alone ? 'dialog.alone' : signedIn ? 'dialog.leadSignedIn' : 'dialog.lead')}
      </p>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
      ) : (
        <ul className="nc-workspaces" aria-label={t('dialog.title')}>
          {value.workspaces.map((entry) => (
            <WorkspaceRow
              key={entry.id}
              entry={entry}
              onEnter={() => void enter(entry)}
              onForget={() => void forget(entry.id)}
            />
          ))}
        </ul>
      )}
      {refused !== undefined && <FailureState failure={refused} brief />}
      <NewWorkspace onAdd={add} />
      {restores && (
        <Button variant="subtle" size="compact-sm" onClick={() => setTaking(true)}>
          {t('takeIn.button')}
        </Button>
      )}
      {!signedIn && <p className="nc-small nc-soft">{t('takeIn.hint')}</p>}
      {taking && <BackupPreview name={null} onClose={() => setTaking(false)} />}
      <WipedList wiped={value?.wiped ?? []} />
    </Modal>
  )
}

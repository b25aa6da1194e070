import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { confirm } from '../../components/confirm.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { openWorkspaces } from '../../state/workspaces.ts'
import { useSimulated } from '../../state/workspace.ts'
import { act } from '../backups/backup-acts.ts'
import { Setting } from '../settings/setting.tsx'

/** Name and folder of the workspace, the others, and the end of this one. */
export const WorkspaceSettings = () => {
  const { t } = useTranslation('workspaces')
  const { value, failure, refresh } = useQuery('workspace.list', {})
  const [renaming, setRenaming] = useState(false)
  const simulated = useSimulated()
  const current = value?.workspaces.find(({ isCurrent }) => isCurrent)
  if (simulated || (value !== undefined && current === undefined)) return null
  return (
    <section className="nc-panel" aria-label={t('settings.title')}>
      <header className="nc-panel__head">
        <h2>{t('settings.title')}</h2>
      </header>
      {current === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={2} brief />
      ) : (
        <>
          <Setting label={t('settings.name')} hint={t('settings.nameHint')}>
            <div className="nc-setting__group">
              <span>{current.name}</span>
              <MayOnly needs="workspace.workspace.rename">
                <Button variant="default" onClick={() => setRenaming(true)}>
                  {t('settings.rename')}
                </Button>
              </MayOnly>
            </div>
          </Setting>
          <Setting label={t('settings.folder')}>
            <span className="nc-mono nc-small">{current.folder}</span>{' '}
            <CopyButton text={current.folder} label={t('settings.folder')} />
          </Setting>
          <Setting label={t('settings.others')} hint={t('settings.othersHint')}>
            <Button variant="default" onClick={openWorkspaces}>
              {t('settings.switch')}
            </Button>
          </Setting>
          <MayOnly needs="workspace.workspace.wipe">
            <WipeSetting name={current.name} />
          </MayOnly>
          {renaming && (
            <RenameDialog
              name={current.name}
              onClose={() => {
                setRenaming(false)
                refresh()
              }}
            />
          )}
        </>
      )}
    </section>
  )
}

const RenameDialog = (props: { readonly name: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('workspaces')
  const [name, setName] = useState(props.name)
  const wanted = name.trim()
  return (
    <FormDialog
      title={t('settings.renameTitle')}
      button={t('settings.rename')}
      ready={wanted !== '' && wanted !== props.name}
      onClose={props.onClose}
      onSubmit={async () => (await act('workspace.rename', { name: wanted })) !== null}
    >
      <TextInput
        label={t('settings.name')}
        value={name}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

const WipeSetting = ({ name }: { readonly name: string }) => {
  const { t } = useTranslation('workspaces')
  const { value } = useQuery('backups.settings', {}, { on: ['backups.changed'] })
  const wipe = async (): Promise<void> => {
    const sure = await confirm({
      title: t('wipe.title', { name }),
      text: t('wipe.text'),
      confirmLabel: t('wipe.go'),
      danger: true,
    })
    if (sure) await act('workspace.wipe', {})
  }
  const backups =
    value === undefined
      ? ''
      : value.folder === null
        ? t('wipe.noneStay', { folder: value.usualFolder })
        : t(value.ways.length > 0 ? 'wipe.stay' : 'wipe.stayShut', { folder: value.folder })
  return (
    <Setting label={t('wipe.label')} hint={`${t('wipe.hint')} ${backups}`}>
      <Button variant="default" color="red" onClick={() => void wipe()}>
        {t('wipe.button')}
      </Button>
    </Setting>
  )
}

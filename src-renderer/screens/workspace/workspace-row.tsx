import { Button } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkspaceEntry } from '../../../src-shared/contract/workspace.ts'
import { errorText } from '../../components/error-text.ts'
import { useFormat } from '../../components/use-format.ts'

export interface WorkspaceRowProps {
  readonly entry: WorkspaceEntry
  readonly onEnter: () => void
  readonly onForget: () => void
}

/** Up and down go along the list, as in any other. */
const step = (event: KeyboardEvent<HTMLButtonElement>): void => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (by === undefined) return
  const all = [...document.querySelectorAll<HTMLElement>('.nc-workspaces__enter')]
  all.at((all.indexOf(event.currentTarget) + by) % all.length)?.focus()
  event.preventDefault()
}

export const WorkspaceRow = ({ entry, onEnter, onForget }: WorkspaceRowProps) => {
  const { t } = useTranslation('workspaces')
  const { t: tError } = useTranslation('error')
  const format = useFormat()
  const { name, folder, isCurrent, isNew, lastOpenedAt, problem } = entry
  const when = isNew
    ? t('row.new')
    : lastOpenedAt === null
      ? t('row.never')
      : t('row.lastOpened', { at: format.instant(lastOpenedAt) })
  const said = problem === null ? null : errorText(tError, problem)
  const maybeForgotten = !isCurrent && (isNew || problem?.code === 'workspace-folder-gone')
  return (
    <li className="nc-workspaces__row">
      <button
        type="button"
        className="nc-workspaces__enter"
        aria-current={isCurrent}
        disabled={isCurrent}
        data-autofocus={isCurrent ? undefined : ''}
        onClick={onEnter}
        onKeyDown={step}
      >
        <span className="nc-workspaces__name">{name}</span>
        <span className="nc-small nc-soft">{isCurrent ? t('row.current') : when}</span>
        <span className="nc-mono nc-small nc-faint nc-workspaces__folder" title={folder}>
          {folder}
        </span>
      </button>
      {said !== null && (
        <p className="nc-small nc-workspaces__problem">
          {said.what} {said.toDo}
        </p>
      )}
      {maybeForgotten && (
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={onForget}
          aria-label={t('row.forgetNamed', { name })}
        >
          {t('row.forget')}
        </Button>
      )}
    </li>
  )
}

import { IconBuildingCommunity } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../client/hooks.ts'
import { openWorkspaces } from '../state/workspaces.ts'
import { useSimulated } from '../state/workspace.ts'
import { useTicking } from './clock.ts'
import { useFormat } from './use-format.ts'

/** So long the door tells of a workspace that is no more. */
const tellMs = 3_600_000
const minuteMs = 60_000
const minuteOf = (now: number): number => Math.floor(now / minuteMs)

/** Which workspace this door leads to, and the way to another one. */
export const DoorWorkspace = () => {
  const { t } = useTranslation('workspaces')
  const format = useFormat()
  const simulated = useSimulated()
  const minute = useTicking(minuteOf)
  const { value } = useQuery('workspace.list', {}, { on: ['workspace.statusChanged'] })
  const current = value?.workspaces.find(({ isCurrent }) => isCurrent)
  if (simulated || value === undefined || value.workspaces.length === 0) return null
  const [gone] = value.wiped
  const tells = gone?.at != null && minute * minuteMs - gone.at < tellMs
  return (
    <>
      {tells && (
        <p className="nc-door__note" role="status">
          {t('wiped.done', { name: gone.name, at: format.instant(gone.at) })}{' '}
          {gone.backupsFolder === null
            ? t('wiped.noBackups')
            : t('wiped.backups', { folder: gone.backupsFolder })}
        </p>
      )}
      <div className="nc-door__workspace">
        <IconBuildingCommunity size={15} stroke={1.6} aria-hidden="true" />
        {current !== undefined && value.workspaces.length > 1 && (
          <span title={current.folder}>{t('door.current', { name: current.name })}</span>
        )}
        <button type="button" onClick={openWorkspaces}>
          {t('door.other')}
        </button>
      </div>
    </>
  )
}

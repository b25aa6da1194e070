import { ActionIcon, Checkbox, Menu } from '@mantine/core'
import {
  IconDots,
  IconFileDiff,
  IconFileText,
  IconFileUnknown,
  IconHistory,
  IconKey,
} from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OltBackupState, OltBackupVersion } from '../../../src-shared/contract/olt-backups.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useRowKeys } from '../network-traps/use-trap-table.ts'
import { useMay } from '../olt-cli/use-may.ts'
import { exportUnmasked } from './backup-acts.ts'
import { RestoreDialog } from './restore-dialog.tsx'

export interface VersionListProps {
  readonly state: OltBackupState
  readonly versions: readonly OltBackupVersion[]
  readonly chosen: ReadonlySet<string>
  readonly onChosen: (chosen: ReadonlySet<string>) => void
  readonly onCompare: () => void
}

/** Versions by content, the latest first; two of them can be chosen and compared. */
export const VersionList = (props: VersionListProps) => {
  const { state, versions, chosen, onChosen } = props
  const { t } = useTranslation('olt-backups')
  const [restoring, setRestoring] = useState<OltBackupVersion | undefined>()
  const keys = useRowKeys(
    useMemo(() => versions.map(({ id }) => id), [versions]),
    (id) => navigate(paths.configurationText(state.oltId, id)),
  )
  const toggle = (id: string): void => {
    const next = new Set(chosen)
    // The one that was chosen first gives way to a third.
    if (!next.delete(id)) {
      if (next.size >= 2) next.delete([...next][0]!)
      next.add(id)
    }
    onChosen(next)
  }
  useShortcut('selectRow', () => {
    const current = document.activeElement?.closest<HTMLElement>('tr[data-row]')?.dataset['row']
    if (current !== undefined) toggle(current)
  })
  const columns = ['readAt', 'stillAt', 'by', 'changes', 'explained', 'note', 'content'] as const
  return (
    <div className="nc-panel nb-versions">
      <table className="nc-table" aria-label={t('versions.label')}>
        <thead>
          <tr>
            <th className="nb-check">
              <span className="nc-hidden">{t('versions.choose')}</span>
            </th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`versions.${column}`)}
              </th>
            ))}
            <th>
              <span className="nc-hidden">{t('versions.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {versions.map((version, at) => (
            <VersionRow
              key={version.id}
              oltName={state.oltName}
              version={version}
              before={versions[at + 1]}
              latest={at === 0}
              chosen={chosen.has(version.id)}
              tabIndex={keys.isCurrent(version.id) ? 0 : -1}
              onFocus={() => keys.onFocus(version.id)}
              onToggle={() => toggle(version.id)}
              onRestore={() => setRestoring(version)}
            />
          ))}
        </tbody>
      </table>
      {restoring === undefined ? null : (
        <RestoreDialog
          version={restoring}
          oltName={state.oltName}
          onClose={() => setRestoring(undefined)}
        />
      )}
    </div>
  )
}

interface RowProps {
  readonly oltName: string
  readonly version: OltBackupVersion
  readonly before: OltBackupVersion | undefined
  readonly latest: boolean
  readonly chosen: boolean
  readonly tabIndex: number
  readonly onFocus: () => void
  readonly onToggle: () => void
  readonly onRestore: () => void
}

const VersionRow = (props: RowProps) => {
  const { version, before, latest, oltName } = props
  const { t } = useTranslation('olt-backups')
  const format = useFormat()
  const manages = useMay('olt-backups.config.manage')
  const exports = useMay('olt-backups.config.export')
  const time = format.instant(version.firstAt)
  return (
    <tr
      data-row={version.id}
      data-chosen={props.chosen ? '' : undefined}
      tabIndex={props.tabIndex}
      onFocus={props.onFocus}
    >
      <td className="nb-check">
        <Checkbox
          aria-label={t('versions.chooseOne', { time })}
          checked={props.chosen}
          onChange={props.onToggle}
        />
      </td>
      <td>
        <RouteLink to={paths.configurationText(version.oltId, version.id)} className="no-name">
          {time}
        </RouteLink>
      </td>
      <td className="nc-soft">
        {latest ? (
          <>
            <Since at={version.lastAt} />, {t('versions.inForce')}
          </>
        ) : (
          format.instant(version.lastAt)
        )}
      </td>
      <td className="nc-soft">{t(`by.${version.by}`)}</td>
      <td>
        {before === undefined ? (
          <span className="nc-faint">{t('versions.first')}</span>
        ) : (
          <RouteLink to={paths.configurationDiff(before.id, version.id)}>
            <span className="nb-added">+{format.number(version.added)}</span>{' '}
            <span className="nb-removed">−{format.number(version.removed)}</span>
          </RouteLink>
        )}
      </td>
      <td>
        {version.explained ? (
          <span className="nc-soft">
            {version.planIds.length === 0
              ? t('versions.yes')
              : t('versions.byPlans', { count: version.planIds.length })}
          </span>
        ) : (
          <span className="nb-condition" data-condition="unknownChange">
            <IconFileUnknown size={14} stroke={1.8} aria-hidden="true" className="nc-icon" />
            {t('versions.no')}
          </span>
        )}
      </td>
      <td className="nb-note nc-cut" title={version.note}>
        {version.note === '' ? <span className="nc-faint">–</span> : version.note}
      </td>
      <td className="nc-soft" title={format.bytes(version.bytes)}>
        {t('versions.lines', { count: version.lines, lines: format.number(version.lines) })}{' '}
        <CopyButton text={version.sha256} label={`SHA-256 ${version.sha256.slice(0, 8)}`} />
      </td>
      <td className="no-menu">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={t('versions.menu', { time })}>
              <IconDots size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconFileText size={15} aria-hidden="true" />}
              onClick={() => navigate(paths.configurationText(version.oltId, version.id))}
            >
              {t('act.read')}
            </Menu.Item>
            {before === undefined ? null : (
              <Menu.Item
                leftSection={<IconFileDiff size={15} aria-hidden="true" />}
                onClick={() => navigate(paths.configurationDiff(before.id, version.id))}
              >
                {t('act.compareBefore')}
              </Menu.Item>
            )}
            {manages ? (
              <Menu.Item
                leftSection={<IconHistory size={15} aria-hidden="true" />}
                onClick={props.onRestore}
              >
                {t('act.restore')}
              </Menu.Item>
            ) : null}
            {exports ? (
              <Menu.Item
                leftSection={<IconKey size={15} aria-hidden="true" />}
                onClick={() => void exportUnmasked(version, oltName)}
              >
                {t('act.exportUnmasked')}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      </td>
    </tr>
  )
}

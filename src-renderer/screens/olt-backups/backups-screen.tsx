import { Button } from '@mantine/core'
import { IconDownload, IconFileDiff, IconFilterOff, IconRefresh } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { showToast } from '../../components/toast.tsx'
import { useMay } from '../olt-cli/use-may.ts'
import { backupColumns, conditionOf, sortBackups } from './backup-model.ts'
import { BackupTable, useBackupSort } from './backup-table.tsx'
import { BulkPanel } from './bulk-panel.tsx'
import { startBulkRun, useBulkRun } from './bulk-run.ts'
import '../network-olts/olts.css'
import './olt-backups.css'

/** Of every OLT: whether its configuration is kept, how old that is, and what was changed unknown. */
export const BackupsScreen = () => {
  const { t } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const { value, failure, refresh } = useQuery(
    'olt-backups.overview',
    {},
    { on: ['olt-backups.changed'], everyMs: 1000 },
  )
  const manages = useMay('olt-backups.config.manage')
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [sort] = useBackupSort()
  const input = useRef<HTMLInputElement>(null)
  const run = useBulkRun()
  const olts = useMemo(() => value?.olts ?? [], [value])
  const wanted = text.trim().toLowerCase()
  const shown = useMemo(
    () =>
      olts.filter(
        (olt) =>
          olt.oltName.toLowerCase().includes(wanted) ||
          t(`condition.${conditionOf(olt)}`)
            .toLowerCase()
            .includes(wanted),
      ),
    [olts, wanted, t],
  )
  const selected = shown.filter(({ oltId }) => chosen.has(oltId))
  const able = (selected.length > 0 ? selected : shown).filter((olt) => olt.obstacle === null)
  const makeNow = (): void => void startBulkRun(sortBackups(able, sort))
  const exportShown = (): void => {
    exportCsv(
      `configurations-${new Date().toISOString().slice(0, 10)}.csv`,
      backupColumns.map((column) => t(`column.${column}`)),
      sortBackups(shown, sort).map((olt) => [
        olt.oltName,
        t(`condition.${conditionOf(olt)}`),
        olt.lastAt === null ? '' : new Date(olt.lastAt).toISOString(),
        olt.nextAt === null ? '' : new Date(olt.nextAt).toISOString(),
        olt.schedule.everyHours,
        olt.versions,
      ]),
      false,
    )
    showToast({ kind: 'done', title: t('exported', { count: shown.length }) })
  }
  useShortcut('focusFilter', () => input.current?.focus(), olts.length > 0)
  useShortcut('exportList', exportShown, shown.length > 0)
  useShortcut('refresh', refresh)
  useOfferedActions(
    manages && able.length > 0
      ? [
          {
            id: 'backups-make',
            label: t('makeNow.all', { count: able.length }),
            icon: IconRefresh,
            run: makeNow,
          },
        ]
      : [],
  )
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {olts.length === 0 ? null : (
          <>
            <FilterBox input={input} text={text} onText={setText} label={t('filter')} />
            <Button
              variant="default"
              disabled={shown.length === 0}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {common('button.export')}
            </Button>
            {manages ? (
              <PresentOnly>
                <Button
                  leftSection={<IconRefresh size={14} aria-hidden="true" />}
                  disabled={able.length === 0 || run?.ended === false}
                  onClick={makeNow}
                >
                  {selected.length > 0
                    ? t('makeNow.selected', { count: able.length })
                    : t('makeNow.all', { count: able.length })}
                </Button>
              </PresentOnly>
            ) : null}
          </>
        )}
      </header>
      <p className="nc-soft">{t('intro')}</p>
      <BulkPanel />
      {failure === undefined || value === undefined ? null : (
        <FailureState failure={failure} onRetry={refresh} brief />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : olts.length === 0 ? (
        <EmptyState
          icon={IconFileDiff}
          title={t('empty.title')}
          text={t('empty.text')}
          action={
            <Button component={Link} href={paths.olts()} variant="default">
              {t('empty.action')}
            </Button>
          }
        />
      ) : shown.length === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('noneFit', { text: text.trim() })}
          action={
            <Button variant="default" onClick={() => setText('')}>
              {t('clearFilter')}
            </Button>
          }
        />
      ) : (
        <BackupTable olts={shown} chosen={chosen} onChosen={setChosen} selectable={manages} />
      )}
    </div>
  )
}

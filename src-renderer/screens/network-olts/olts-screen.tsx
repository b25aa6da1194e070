import { Button } from '@mantine/core'
import { IconDownload, IconFilterOff, IconPlus, IconServer2 } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { EditOltDrawer } from './edit-olt-drawer.tsx'
import { LookAroundButton } from './look-around-button.tsx'
import { removeOlt } from './olt-actions.ts'
import { exportColumns, exportRow, fitsOlt } from './olt-list.ts'
import { OltTable, useOltSort } from './olt-table.tsx'
import { sortOlts } from './olt-trouble.ts'
import { useOlts } from './use-olts.ts'
import './olts.css'

/** Every OLT of the workspace, trouble first. */
export const OltsScreen = () => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { value, failure, refresh } = useOlts()
  const [editing, setEditing] = useState<string | undefined>()
  const [text, setText] = useState('')
  const [sort] = useOltSort()
  const input = useRef<HTMLInputElement>(null)
  const shown = useMemo(
    () => (value?.olts ?? []).filter((olt) => fitsOlt(olt, text.trim())),
    [value, text],
  )
  const total = value?.olts.length ?? 0
  const exportShown = (): void => {
    if (shown.length === 0) return
    exportCsv(
      `olts-${new Date().toISOString().slice(0, 10)}.csv`,
      exportColumns.map((column) => t(`olts.export.${column}`)),
      sortOlts(shown, sort).map(exportRow),
    )
    showToast({ kind: 'done', title: t('olts.exported', { count: shown.length }) })
  }
  useShortcut('focusFilter', () => input.current?.focus(), total > 0)
  useShortcut('exportList', exportShown, total > 0)
  const edited = value?.olts.find((olt) => olt.id === editing)
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>
          {t('olts.title')}
          {total === 0 ? null : (
            <span className="no-head-note" role="status">
              {shown.length === total
                ? t('olts.count', { count: total })
                : t('olts.countOf', { shown: format.number(shown.length), count: total })}
            </span>
          )}
        </h1>
        {total === 0 ? null : (
          <>
            <FilterBox input={input} text={text} onText={setText} label={t('olts.filter')} />
            <Button
              variant="default"
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {t('button.export', { ns: 'common' })}
            </Button>
          </>
        )}
        <PresentOnly>
          <MayOnly needs="network.olt.manage">
            <Button
              component={Link}
              href={paths.addOlt()}
              leftSection={<IconPlus size={14} aria-hidden="true" />}
            >
              {t('olts.add')}
            </Button>
          </MayOnly>
        </PresentOnly>
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : value.olts.length === 0 ? (
        <EmptyState
          icon={IconServer2}
          title={t('olts.empty.title')}
          text={t('olts.empty.text')}
          action={
            <>
              <MayOnly needs="network.olt.manage">
                <Button component={Link} href={paths.addOlt()}>
                  {t('olts.empty.add')}
                </Button>
              </MayOnly>
              <LookAroundButton />
            </>
          }
        />
      ) : (
        <>
          {failure === undefined ? null : (
            <FailureState failure={failure} onRetry={refresh} brief />
          )}
          {shown.length === 0 ? (
            <EmptyState
              icon={IconFilterOff}
              title={t('olts.noneFit', { text: text.trim() })}
              action={
                <Button variant="default" onClick={() => setText('')}>
                  {t('olts.clearFilter')}
                </Button>
              }
            />
          ) : (
            <OltTable
              olts={shown}
              onEdit={(olt) => setEditing(olt.id)}
              onRemove={(olt) => void removeOlt(olt, refresh)}
              onChange={refresh}
            />
          )}
        </>
      )}
      {edited === undefined ? null : (
        <EditOltDrawer
          key={edited.id}
          olt={edited}
          onClose={() => setEditing(undefined)}
          onSaved={refresh}
        />
      )}
    </div>
  )
}

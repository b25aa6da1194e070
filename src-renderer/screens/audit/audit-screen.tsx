import { Button } from '@mantine/core'
import { IconListSearch, IconShieldCheck, IconTimeline } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { useTask } from '../../client/use-task.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { useFormat } from '../../components/use-format.ts'
import { usePermissions } from '../../state/workspace.ts'
import { AuditExport, ExportMade } from './audit-export.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { filterOf, readAuditQuery, writeAuditQuery } from './audit-query.ts'
import { AuditRowDrawer } from './audit-row-drawer.tsx'
import { AuditTable } from './audit-table.tsx'
import { AuditVerify, Fingerprint } from './audit-verify.tsx'
import { useAuditRows } from './use-audit-rows.ts'
import './audit.css'

const open = (query: string): void => navigate(paths.audit(query), { replace: true })

/** Who did what, on what, about whom: searched, proved and taken along. */
export const AuditScreen = () => {
  const { t } = useTranslation('audit')
  const format = useFormat()
  const permissions = usePermissions()
  const asked = readAuditQuery(useSearch())
  const query = writeAuditQuery(asked)
  useDefaultView('audit', query, open)
  const filter = useMemo(() => filterOf(readAuditQuery(query)), [query])
  const overview = useQuery('audit.overview', {})
  const pages = useAuditRows(query, (before) =>
    callQuery('audit.search', { ...filter, before, limit: 100 }),
  )
  const [openSeq, setOpenSeq] = useState<number | null>(null)
  const [made, setMade] = useState<Output<'audit.export'> | null>(null)
  const [closed, setClosed] = useState(false)
  const proof = useTask<Output<'audit.verify'>>()
  const verify = (): void => {
    setClosed(false)
    proof.start((taskId) => callQuery('audit.verify', { taskId }))
  }
  const refresh = (): void => {
    pages.refresh()
    overview.refresh()
  }
  useShortcut('refresh', refresh)
  const about = overview.value
  const { rows, failure } = pages
  return (
    <div className="nc-page nc-page--full nau-page">
      <header className="nc-page__head nau-head">
        <div className="nau-title">
          <h1>{t('title')}</h1>
          <p className="nc-soft nc-small" role="status">
            {about === undefined || about.firstAt === null
              ? t('intro')
              : t('count', {
                  number: format.number(about.rows),
                  since: format.instant(about.firstAt, 'day'),
                })}
          </p>
        </div>
        <SavedViews list="audit" query={query} onQuery={open} />
        {permissions.includes('audit.trail.verify') && (
          <Button
            variant="default"
            title={t('verify.hint')}
            disabled={proof.state.kind === 'running'}
            leftSection={<IconShieldCheck size={15} stroke={1.7} aria-hidden="true" />}
            onClick={verify}
          >
            {t('verify.button')}
          </Button>
        )}
        {permissions.includes('audit.trail.export') && (
          <AuditExport filter={filter} onMade={setMade} />
        )}
      </header>
      {!closed && <AuditVerify task={proof} onAgain={verify} onClose={() => setClosed(true)} />}
      {made !== null && <ExportMade made={made} onClose={() => setMade(null)} />}
      <AuditFilters
        asked={asked}
        overview={about}
        onAsked={(next) => open(writeAuditQuery(next))}
      />
      {failure !== undefined && rows !== undefined && (
        <FailureState brief failure={failure} onRetry={pages.refresh} />
      )}
      {rows === undefined ? (
        <Awaiting failure={failure} onRetry={pages.refresh} rows={12} />
      ) : rows.length === 0 && !pages.hasMore ? (
        <EmptyState
          icon={query === '' ? IconTimeline : IconListSearch}
          title={t(query === '' ? 'empty' : 'none')}
          text={t(query === '' ? 'emptyText' : 'noneText')}
          action={
            query === '' ? undefined : (
              <Button variant="default" onClick={() => open('')}>
                {t('clear')}
              </Button>
            )
          }
        />
      ) : (
        <AuditTable rows={rows} pages={pages} openSeq={openSeq} onOpen={setOpenSeq} />
      )}
      {about !== undefined && about.fingerprint !== null && (
        <footer className="nau-foot">
          <Fingerprint fingerprint={about.fingerprint} />
          <div className="nau-key">
            <span>{t('verify.file')}</span>
            <span className="nc-mono nau-hash">{about.checkpointFile}</span>
            <span className="nc-soft nc-small">{t('verify.fileHint')}</span>
          </div>
        </footer>
      )}
      {openSeq !== null && <AuditRowDrawer seq={openSeq} onClose={() => setOpenSeq(null)} />}
    </div>
  )
}

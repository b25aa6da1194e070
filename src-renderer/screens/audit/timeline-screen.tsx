import { IconTimeline } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { AuditRowDrawer } from './audit-row-drawer.tsx'
import { AuditTable } from './audit-table.tsx'
import { shortId, useAuditWords } from './audit-words.ts'
import { useAuditRows } from './use-audit-rows.ts'
import './audit.css'

/** All that the trail tells of one record, the newest first. */
export const AuditTimelineScreen = () => {
  const { t } = useTranslation('audit')
  const words = useAuditWords()
  const { kind: objectKind = '', id: objectId = '' } = useParams<{ kind: string; id: string }>()
  const pages = useAuditRows(`${objectKind} ${objectId}`, (before) =>
    callQuery('audit.timeline', { objectKind, objectId, before, limit: 100 }),
  )
  const [openSeq, setOpenSeq] = useState<number | null>(null)
  useShortcut('refresh', pages.refresh)
  const { rows, failure } = pages
  const named = rows?.find((row) => row.objectId === objectId && row.objectName !== null)
  const about = rows?.find((row) => row.subjectId === objectId && row.subjectName !== null)
  const name = named?.objectName ?? about?.subjectName ?? shortId(objectId)
  return (
    <div className="nc-page nc-page--full nau-page">
      <header className="nc-page__head">
        <div className="nau-title">
          <nav className="nc-small nc-soft" aria-label={t('title')}>
            <RouteLink to={paths.audit()}>{t('timeline.back')}</RouteLink>
          </nav>
          <h1>{t('timeline.title', { what: `${words.kind(objectKind)} ${name}` })}</h1>
        </div>
      </header>
      {failure !== undefined && rows !== undefined && (
        <FailureState brief failure={failure} onRetry={pages.refresh} />
      )}
      {rows === undefined ? (
        <Awaiting failure={failure} onRetry={pages.refresh} rows={8} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={IconTimeline}
          title={t('timeline.empty')}
          text={t('timeline.emptyText')}
        />
      ) : (
        <AuditTable rows={rows} pages={pages} openSeq={openSeq} onOpen={setOpenSeq} />
      )}
      {openSeq !== null && <AuditRowDrawer seq={openSeq} onClose={() => setOpenSeq(null)} />}
    </div>
  )
}

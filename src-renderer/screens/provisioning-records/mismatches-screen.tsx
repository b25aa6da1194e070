import { ActionIcon, MultiSelect, Select } from '@mantine/core'
import { IconChevronLeft, IconChevronRight, IconCircleCheck } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { Mismatch } from '../../../src-shared/contract/provisioning-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ExportButton } from '../../components/export-button.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import {
  kindNames,
  parseMismatchQuery,
  serialiseMismatchQuery,
  type MismatchQuery,
} from './mismatch-query.ts'
import { MismatchTable } from './mismatch-table.tsx'
import { ScanPanel } from './scan-panel.tsx'
import '../provisioning/provisioning.css'
import './records.css'

const pageSize = 100

/** Where the console's records and the OLTs disagree, and how either side is mended. */
export const MismatchesScreen = () => {
  const { t } = useTranslation('provisioning')
  const { t: common } = useTranslation()
  const format = useFormat()
  const address = useSearch()
  const query = useMemo(() => parseMismatchQuery(address), [address])
  const [offset, setOffset] = useState(0)
  useEffect(() => setOffset(0), [address])
  const change = (part: Partial<MismatchQuery>): void =>
    navigate(paths.mismatches(serialiseMismatchQuery({ ...query, ...part })), { replace: true })
  const asked = { oltId: query.oltId, kinds: [...query.kinds] }
  const { value, failure, refresh } = useQuery(
    'provisioning.mismatches',
    { ...asked, offset, limit: pageSize },
    { on: ['provisioning.changed'], everyMs: 500 },
  )
  const drawer = usePlanDrawer()
  useShortcut('refresh', refresh)
  const total = value?.total ?? 0
  const filtered = query.oltId !== null || query.kinds.length > 0
  return (
    <div className="nc-page">
      <header className="nc-page__head npw-head">
        <h1>
          {t('mismatches.title')}{' '}
          {value !== undefined && (
            <span className="npv-note" role="status">
              {format.number(total)}
            </span>
          )}
        </h1>
        <MultiSelect
          aria-label={t('mismatches.kinds')}
          w={300}
          clearable
          placeholder={query.kinds.length === 0 ? t('mismatches.allKinds') : ''}
          value={[...query.kinds]}
          onChange={(next) => change({ kinds: kindNames.filter((kind) => next.includes(kind)) })}
          data={kindNames.map((kind) => ({ value: kind, label: t(`mismatchKind.${kind}`) }))}
        />
        <Select
          aria-label={t('changes.olt')}
          searchable
          clearable
          w={170}
          placeholder={t('changes.allOlts')}
          value={query.oltId}
          onChange={(oltId) => change({ oltId })}
          data={(value?.scans ?? []).map(({ oltId, oltName }) => ({
            value: oltId,
            label: oltName,
          }))}
        />
        <ExportButton<Mismatch>
          label={common('button.export')}
          hint={t('changes.exportHint')}
          cancelLabel={t('export.cancel')}
          cancelled={t('export.cancelled')}
          progressText={(done, of) =>
            t('export.progress', { done: format.number(done), total: format.number(of) })
          }
          doneText={(count) => t('export.done', { count })}
          read={async (onProgress, signal) => {
            const found: Mismatch[] = []
            for (;;) {
              if (signal.aborted) return null
              const page = await callQuery('provisioning.mismatches', {
                ...asked,
                offset: found.length,
                limit: 500,
              })
              found.push(...page.mismatches)
              onProgress(found.length, page.total)
              if (page.mismatches.length === 0 || found.length >= page.total) return found
            }
          }}
          write={(rows) =>
            exportCsv(
              `mismatches-${new Date().toISOString().slice(0, 10)}.csv`,
              [
                t('target.olt'),
                t('target.address'),
                t('target.serial'),
                t('mismatches.kinds'),
                t('plan.part'),
                t('config.record'),
                t('config.actual'),
              ],
              rows.flatMap((row) =>
                row.differences.map(({ part, before, after }) => [
                  row.oltName,
                  formatOnu(row.address),
                  row.serial,
                  row.kinds.join(' '),
                  part,
                  before,
                  after,
                ]),
              ),
            )
          }
        />
      </header>
      {value === undefined ? (
        failure === undefined ? (
          <LoadingState rows={12} />
        ) : (
          <FailureState failure={failure} onRetry={refresh} />
        )
      ) : (
        <>
          {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
          <ScanPanel scans={value.scans} />
          {value.mismatches.length === 0 ? (
            <EmptyState
              icon={IconCircleCheck}
              title={t(filtered ? 'mismatches.noneFit' : 'mismatches.emptyTitle')}
              text={t('mismatches.emptyText')}
            />
          ) : (
            <MismatchTable
              key={`${address} ${offset}`}
              mismatches={value.mismatches}
              onPlan={drawer.show}
            />
          )}
          {total > pageSize && (
            <footer className="npv-pager">
              <ActionIcon
                aria-label={t('pager.previous')}
                disabled={offset === 0}
                onClick={() => setOffset(Math.max(0, offset - pageSize))}
              >
                <IconChevronLeft size={16} aria-hidden="true" />
              </ActionIcon>
              <span>
                {t('pager.page', {
                  from: format.number(offset + 1),
                  to: format.number(Math.min(total, offset + pageSize)),
                  total: format.number(total),
                })}
              </span>
              <ActionIcon
                aria-label={t('pager.next')}
                disabled={offset + pageSize >= total}
                onClick={() => setOffset(offset + pageSize)}
              >
                <IconChevronRight size={16} aria-hidden="true" />
              </ActionIcon>
            </footer>
          )}
        </>
      )}
      {drawer.node}
    </div>
  )
}

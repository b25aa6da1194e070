import { MultiSelect, Select } from '@mantine/core'
import { IconCircleCheck, IconFilterOff, IconScan } from '@tabler/icons-react'
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
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { useFormat } from '../../components/use-format.ts'
import { ListExport } from '../provisioning/list-export.tsx'
import { Pager, pageSize } from '../provisioning/pager.tsx'
import { readAll } from '../provisioning/read-all.ts'
import { usePlanDrawer } from '../provisioning/plan-drawer.tsx'
import {
  kindNames,
  parseMismatchQuery,
  serialiseMismatchQuery,
  type MismatchQuery,
} from './mismatch-query.ts'
import { MismatchTable } from './mismatch-table.tsx'
import { ScanPanel } from './scan-panel.tsx'
import { withNeverScanned } from './never-scanned.ts'
import '../provisioning/provisioning.css'
import './records.css'

const open = (query: string): void => navigate(paths.mismatches(query), { replace: true })

/** Where the console's records and the OLTs disagree, and how either side is mended. */
export const MismatchesScreen = () => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const address = useSearch()
  const query = useMemo(() => parseMismatchQuery(address), [address])
  const [offset, setOffset] = useState(0)
  useEffect(() => setOffset(0), [address])
  const change = (part: Partial<MismatchQuery>): void =>
    open(serialiseMismatchQuery({ ...query, ...part }))
  const shown = serialiseMismatchQuery(query)
  useDefaultView('mismatches', shown, open)
  const asked = { oltId: query.oltId, kinds: [...query.kinds] }
  const { value, failure, refresh } = useQuery(
    'provisioning.mismatches',
    { ...asked, offset, limit: pageSize },
    { on: ['provisioning.changed'], everyMs: 500 },
  )
  const askPage = async (page: { readonly offset: number; readonly limit: number }) => {
    const { mismatches: rows, total: of } = await callQuery('provisioning.mismatches', {
      ...asked,
      ...page,
    })
    return { rows, total: of }
  }
  // The engine tells of OLTs that were scanned; those that never were wait for their first scan.
  const olts = useQuery('network.olts', {}, { on: ['network.changed'], everyMs: 2000 }).value?.olts
  const scans = useMemo(() => withNeverScanned(value?.scans ?? [], olts ?? []), [value, olts])
  const drawer = usePlanDrawer()
  useShortcut('refresh', refresh)
  const total = value?.total ?? 0
  const everScanned = scans.some(({ at }) => at !== null)
  const unrecorded = scans.reduce((sum, one) => sum + one.unrecorded, 0)
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
        <SavedViews list="mismatches" query={shown} onQuery={open} />
        <MultiSelect
          aria-label={t('mismatches.kinds')}
          w={260}
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
          data={scans.map(({ oltId, oltName }) => ({
            value: oltId,
            label: oltName,
          }))}
        />
        <ListExport<Mismatch>
          name="mismatches"
          hint={t('changes.exportHint')}
          ask={askPage}
          heads={[
            t('target.olt'),
            t('target.address'),
            t('target.serial'),
            t('mismatches.kinds'),
            t('plan.part'),
            t('config.record'),
            t('config.actual'),
          ]}
          linesOf={(row) =>
            row.differences.map(({ part, before, after }) => [
              row.oltName,
              formatOnu(row.address),
              row.serial,
              row.kinds.join(' '),
              part,
              before,
              after,
            ])
          }
        />
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      ) : (
        <>
          {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
          <ScanPanel scans={scans} />
          {value.mismatches.length === 0 ? (
            <EmptyState
              icon={
                filtered
                  ? IconFilterOff
                  : everScanned && unrecorded === 0
                    ? IconCircleCheck
                    : IconScan
              }
              title={t(
                filtered
                  ? 'mismatches.noneFit'
                  : everScanned
                    ? 'mismatches.emptyTitle'
                    : 'mismatches.neverTitle',
              )}
              text={
                filtered || unrecorded === 0
                  ? t('mismatches.emptyText')
                  : t('mismatches.unrecordedText', {
                      count: unrecorded,
                      number: format.number(unrecorded),
                    })
              }
            />
          ) : (
            <MismatchTable
              key={`${address} ${offset}`}
              mismatches={value.mismatches}
              total={total}
              readAll={() => readAll(askPage)}
              onPlan={drawer.show}
            />
          )}
          <Pager offset={offset} total={total} onOffset={setOffset} />
        </>
      )}
      {drawer.node}
    </div>
  )
}

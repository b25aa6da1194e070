import { Button } from '@mantine/core'
import { IconFileInvoice, IconFilterOff, IconPlus } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { DocumentHead } from '../../../../src-shared/contract/billing-documents-model.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { navigate } from '../../../app/location.ts'
import { useOfferedActions } from '../../../app/page-actions.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { FilterBox } from '../../../components/filter-box.tsx'
import { Money } from '../../../components/money.tsx'
import { RouteLink } from '../../../components/route-link.tsx'
import { SavedViews } from '../../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../../components/saved-views/use-saved-views.ts'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions, useReachesAll } from '../../../state/workspace.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { BillingTabs } from '../billing-tabs.tsx'
import { DocumentFilters } from './document-filters.tsx'
import { filterOf, isNarrowed, plainView, readView, writeView } from './document-query.ts'
import { DocumentTable, signed, useDocumentSort } from './document-table.tsx'
import { openOf } from './document-words.tsx'
import '../../provisioning/provisioning.css'
import './documents.css'

const open = (query: string): void => navigate(paths.documents(query), { replace: true })
const typedMs = 200

/** All documents: found, filtered, sorted, summed and paged by the engine. */
export const DocumentsScreen = () => {
  const { t } = useTranslation('billing-documents')
  const format = useFormat()
  const permissions = usePermissions()
  const reachesAll = useReachesAll()
  const query = useSearch()
  const view = readView(query)
  useDefaultView('documents', query, open)
  const [sort, setSort] = useDocumentSort()
  const [typed, setTyped] = useState(view.search)
  const [offset, setOffset] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const shown = writeView(view)
  useEffect(() => setOffset(0), [shown, sort.column, sort.descending])
  // A saved view or the way back brings its own text.
  useEffect(() => setTyped(view.search), [view.search])
  useEffect(() => {
    if (typed === view.search) return undefined
    const timer = setTimeout(() => open(writeView({ ...view, search: typed })), typedMs)
    return () => clearTimeout(timer)
  }, [typed, view])

  const asked = { filter: filterOf(view), sort: sort.column, descending: sort.descending }
  const { value, failure, refresh } = useQuery(
    'billing.documents',
    { ...asked, offset, limit: pageSize },
    { on: ['billing.documentsChanged', 'billing.changed', 'billing.runProgress'], everyMs: 1000 },
  )
  const total = value?.total ?? 0
  const mayIssue = permissions.includes('billing.document.issue')
  const write = (): void => navigate(paths.newDocument())
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('refresh', refresh)
  useOfferedActions(
    mayIssue ? [{ id: 'document-new', label: t('new'), icon: IconPlus, run: write }] : [],
  )
  const add = mayIssue && (
    <Button leftSection={<IconPlus size={15} stroke={1.7} aria-hidden="true" />} onClick={write}>
      {t('new')}
    </Button>
  )
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        <FilterBox input={input} text={typed} onText={setTyped} label={t('search')} />
        <SavedViews list="documents" query={shown} onQuery={open} />
        {total > 0 && (
          <ListExport<DocumentHead>
            name="documents"
            hint={t('export')}
            ask={async (part) => {
              const page = await callQuery('billing.documents', { ...asked, ...part })
              return { total: page.total, rows: page.documents }
            }}
            heads={[
              t('col.number'),
              t('col.kind'),
              t('col.state'),
              t('col.issuedOn'),
              t('col.dueOn'),
              t('col.code'),
              t('col.subscriber'),
              t('col.currency'),
              t('col.net'),
              t('col.tax'),
              t('col.total'),
              t('col.credited'),
              t('col.open'),
            ]}
            linesOf={(document) => {
              const text = (minor: number): string =>
                formatMinor(minor, document.currency as CurrencyCode)
              return [
                [
                  document.number,
                  document.kind,
                  document.state,
                  document.issuedOn,
                  document.dueOn,
                  document.subscriberCode,
                  document.subscriberName,
                  document.currency,
                  text(signed(document, document.net)),
                  text(signed(document, document.tax)),
                  text(signed(document, document.total)),
                  text(document.credited),
                  text(openOf(document)),
                ],
              ]
            }}
          />
        )}
        {add}
      </header>
      <BillingTabs />
      {(total > 0 || isNarrowed(view)) && (
        <DocumentFilters
          view={view}
          subscriberName={value?.documents[0]?.subscriberName}
          onView={(next) => open(writeView(next))}
        />
      )}
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={12} />
      ) : total === 0 && isNarrowed(view) ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('none')}
          text={t('noneText')}
          action={
            <Button variant="default" onClick={() => open(writeView(plainView))}>
              {t('clear')}
            </Button>
          }
        />
      ) : total === 0 ? (
        <EmptyState
          icon={IconFileInvoice}
          title={t('empty')}
          text={t('emptyText')}
          action={
            <>
              {reachesAll && permissions.includes('billing.run.start') && (
                <RouteLink to={paths.billingRuns()}>{t('toRuns')}</RouteLink>
              )}
              {add}
            </>
          }
        />
      ) : (
        <>
          <ul className="nbd-sums" aria-label={t('sums')} title={t('sumsHint')}>
            <li>
              <span role="status" className="nc-soft">
                {t('count', { count: total, number: format.number(total) })}
              </span>
            </li>
            {value.sums.map((sum) => (
              <li key={sum.currency}>
                <span className="nc-mono nc-soft">{sum.currency}</span>
                <span>
                  {t('sumNet')} <Money minor={sum.net} currency={sum.currency} />
                </span>
                <span>
                  {t('sumTax')} <Money minor={sum.tax} currency={sum.currency} />
                </span>
                <span>
                  {t('sumTotal')}{' '}
                  <strong>
                    <Money minor={sum.total} currency={sum.currency} />
                  </strong>
                </span>
              </li>
            ))}
          </ul>
          <DocumentTable documents={value.documents} sort={sort} onSort={setSort} />
        </>
      )}
      <Pager offset={offset} total={total} onOffset={setOffset} />
    </div>
  )
}

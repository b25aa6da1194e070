import { Button, Progress, SegmentedControl } from '@mantine/core'
import { IconCircleCheck, IconRefresh, IconScale, IconX } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { Finding } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { findingViews } from '../../../../src-shared/contract/billing-reconciliation.ts'
import { formatOnu } from '../../../../src-shared/domain/onu-address.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
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
import { useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { useTrapSort } from '../../network-traps/use-trap-table.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { BillingTabs } from '../billing-tabs.tsx'
import {
  findingColumns,
  readShown,
  writeShown,
  type FindingColumn,
  type ShownFindings,
} from './finding-model.ts'
import { FindingList } from './finding-list.tsx'
import { KindPanel } from './kind-panel.tsx'
import { NotKnown } from './not-known.tsx'
import { useLook } from './use-look.ts'
import '../billing.css'
import './reconciliation.css'
import '../../network-olts/olts.css'
import '../../provisioning/provisioning.css'

const mostFirst = { column: 'stake', descending: true } as const

/** Who is billed, against what the network shows. */
export const ReconciliationScreen = () => {
  const { t } = useTranslation('billing-reconciliation')
  const format = useFormat()
  const { known, state, look, cancel } = useLook()
  const shown = readShown(useSearch())
  const box = useRef<HTMLInputElement>(null)
  const summary = known.value?.summary ?? null
  const lookId = known.value?.lookId ?? null
  const silent = summary?.olts.filter(({ answers }) => !answers).length ?? 0
  const show = (next: ShownFindings): void =>
    navigate(paths.reconciliation(writeShown(next)), { replace: true })
  useShortcut('refresh', look, state.kind !== 'running')
  useShortcut('focusFilter', () => box.current?.focus(), lookId !== null)
  useOfferedActions([{ id: 'reconcile', label: t('look'), icon: IconRefresh, run: look }])
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {lookId !== null && (
          <>
            <FilterBox
              input={box}
              text={shown.search}
              onText={(search) => show({ ...shown, search })}
              label={t('search')}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('view.label')}
              value={shown.view}
              onChange={(view) =>
                show({ ...shown, view: findingViews.find((one) => one === view) ?? 'open' })
              }
              data={findingViews.map((view) => ({ value: view, label: t(`view.${view}`) }))}
            />
            <Export lookId={lookId} shown={shown} />
          </>
        )}
        {state.kind === 'running' ? (
          <Button
            variant="default"
            leftSection={<IconX size={14} aria-hidden="true" />}
            onClick={cancel}
          >
            {t('cancel')}
          </Button>
        ) : (
          <Button leftSection={<IconRefresh size={14} aria-hidden="true" />} onClick={look}>
            {t(summary === null ? 'look' : 'lookAgain')}
          </Button>
        )}
      </header>
      <BillingTabs />
      {state.kind === 'running' ? (
        <div className="nrc-running">
          <Progress
            aria-label={t('title')}
            value={(state.done / Math.max(1, state.total ?? 1)) * 100}
          />
          <span className="nc-soft nc-small" role="status">
            {state.done === 0
              ? t('lookingNetwork')
              : t('looking', {
                  done: format.number(state.done),
                  total: format.number(state.total ?? 0),
                })}
          </span>
        </div>
      ) : (
        <p className="nc-soft" role="status">
          {summary === null
            ? t('intro')
            : t('lookedAt', {
                at: format.instant(summary.at, 'minute'),
                services: format.number(summary.services),
                onus: format.number(summary.onus),
              })}{' '}
          {state.kind === 'cancelled' && t('cancelled')}
        </p>
      )}
      {state.kind === 'failed' && <FailureState brief failure={state.failure} onRetry={look} />}
      {known.value === undefined ? (
        <Awaiting failure={known.failure} onRetry={known.refresh} rows={10} />
      ) : summary === null ? (
        state.kind !== 'running' && (
          <EmptyState
            icon={IconScale}
            title={t('never')}
            text={t('neverText')}
            action={<Button onClick={look}>{t('look')}</Button>}
          />
        )
      ) : (
        <>
          <KindPanel
            kinds={summary.kinds}
            shown={shown.kinds}
            onShow={(kinds) => show({ ...shown, kinds })}
          />
          <NotKnown summary={summary} />
          {lookId === null ? (
            state.kind !== 'running' && <p className="nc-soft">{t('keptOnly')}</p>
          ) : (
            <Findings
              lookId={lookId}
              shown={shown}
              today={known.value.today}
              onClear={() => show({ kinds: [], view: 'open', search: '' })}
              nothing={
                <EmptyState
                  icon={IconCircleCheck}
                  title={t('nothing')}
                  text={t('nothingText', {
                    at: format.instant(summary.at, 'minute'),
                    silent: silent === 0 ? t('allAnswer') : t('silent', { count: silent }),
                  })}
                />
              }
            />
          )}
        </>
      )}
    </div>
  )
}

const Findings = ({
  lookId,
  shown,
  today,
  nothing,
  onClear,
}: {
  readonly lookId: string
  readonly shown: ShownFindings
  readonly today: string
  readonly nothing: ReactNode
  readonly onClear: () => void
}) => {
  const { t } = useTranslation('billing-reconciliation')
  const money = useMoneyText()
  const [sort, setSort] = useTrapSort<FindingColumn>('reconciliation', findingColumns, mostFirst)
  const [offset, setOffset] = useState(0)
  const of = writeShown(shown)
  useEffect(() => setOffset(0), [of, lookId])
  const { value, failure, refresh } = useQuery(
    'billing.findings',
    {
      lookId,
      kinds: [...shown.kinds],
      view: shown.view,
      search: shown.search,
      sort: sort.column,
      descending: sort.descending,
      offset,
      limit: pageSize,
    },
    { on: ['billing.changed'], everyMs: 500 },
  )
  if (value === undefined) return <Awaiting failure={failure} onRetry={refresh} rows={10} />
  if (value.total === 0) {
    return of === '' ? (
      nothing
    ) : (
      <EmptyState
        title={t('noMatch')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('clear')}
          </Button>
        }
      />
    )
  }
  return (
    <>
      {value.sums.length > 0 && (
        <p className="nrc-sum">
          {t('total')}{' '}
          <strong>
            {value.sums.map(({ currency, minor }) => money(minor, currency)).join(' · ')}
          </strong>{' '}
          <span className="nc-soft">{t('perMonth')}</span>
        </p>
      )}
      <FindingList
        lookId={lookId}
        findings={value.findings}
        today={today}
        sort={sort}
        onSort={setSort}
        onChanged={refresh}
      />
      <Pager offset={offset} total={value.total} onOffset={setOffset} />
    </>
  )
}

const Export = ({ lookId, shown }: { readonly lookId: string; readonly shown: ShownFindings }) => {
  const { t } = useTranslation('billing-reconciliation')
  return (
    <ListExport<Finding>
      name="reconciliation"
      hint={t('exportHint')}
      ask={async (page) => {
        const { findings, total } = await callQuery('billing.findings', {
          lookId,
          kinds: [...shown.kinds],
          view: shown.view,
          search: shown.search,
          ...page,
        })
        return { rows: findings, total }
      }}
      heads={[
        t('column.kind'),
        t('csv.code'),
        t('column.subscriber'),
        t('csv.service'),
        t('csv.plan'),
        t('csv.olt'),
        t('csv.address'),
        t('csv.serial'),
        t('csv.state'),
        t('column.since'),
        t('column.stake'),
        t('csv.currency'),
        t('csv.detail'),
        t('csv.ignored'),
      ]}
      linesOf={(one) => [
        [
          t(`kind.${one.kind}`),
          one.subscriber?.code ?? null,
          one.subscriber?.name ?? null,
          one.service?.name ?? null,
          one.subscription?.planName ?? null,
          one.onu?.oltName ?? null,
          one.onu === null || one.onu.address === null ? null : formatOnu(one.onu.address),
          one.onu?.serial ?? null,
          one.onu?.state ?? null,
          one.sinceAt === null ? one.sinceOn : new Date(one.sinceAt).toISOString(),
          one.stake === null
            ? null
            : formatMinor(one.stake.minor, one.stake.currency as CurrencyCode),
          one.stake?.currency ?? null,
          [
            ...one.differences.map(({ part, actual, wanted }) => `${part}: ${actual} / ${wanted}`),
            ...one.places.map(
              ({ oltName, address, state }) => `${oltName} ${formatOnu(address)} ${state}`,
            ),
          ].join('; '),
          one.ignored?.reason ?? null,
        ],
      ]}
    />
  )
}

import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconBuildingBank, IconChecks, IconFileImport, IconHistory } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { navigate } from '../../../app/location.ts'
import type { BankLineRow } from '../../../../src-shared/contract/billing-bank-model.ts'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useShortcut } from '../../../app/keyboard-hooks.ts'
import { paths } from '../../../app/paths.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { EmptyState } from '../../../components/empty-state.tsx'
import { FailureState } from '../../../components/failure-state.tsx'
import { FilterBox } from '../../../components/filter-box.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { usePermissions } from '../../../state/workspace.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { act } from '../billing-acts.ts'
import { BillingTabs } from '../billing-tabs.tsx'
import { BankImportDialog } from './bank-import-dialog.tsx'
import { BankImports } from './bank-imports.tsx'
import { BankLineDrawer } from './bank-line-drawer.tsx'
import {
  allStrengths,
  allTabs,
  bankFilterOf,
  readBankView,
  writeBankView,
  type BankView,
} from './bank-query.ts'
import { BankTable } from './bank-table.tsx'
import { TakeSureDialog, TakingBar } from './take-sure.tsx'
import './bank.css'

const typedMs = 250
type Dialog = 'import' | 'imports' | 'sure'

const open = (view: BankView): void => navigate(paths.bank(writeBankView(view)), { replace: true })

/** Movements of the bank: who may have paid them, and taking them as payments. */
export const BankScreen = () => {
  const { t } = useTranslation('billing-bank')
  const { t: billing } = useTranslation('billing')
  const may = usePermissions()
  const view = readBankView(useSearch())
  const [typed, setTyped] = useState(view.search)
  const [offset, setOffset] = useState(0)
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const filter = bankFilterOf(view)
  const shown = JSON.stringify(filter)
  useEffect(() => setOffset(0), [shown])
  useEffect(() => {
    if (typed === view.search) return undefined
    const timer = setTimeout(() => open({ ...view, search: typed, lineId: null }), typedMs)
    return () => clearTimeout(timer)
  }, [typed, view])
  const { sort, descending } = view
  const { value, failure, refresh } = useQuery(
    'billing.bankLines',
    { filter, sort, descending, offset, limit: pageSize },
    { on: ['billing.changed', 'billing.bankProgress'], everyMs: 500 },
  )
  const accounts = useQuery('billing.bankAccounts', {}, { on: ['billing.changed'], everyMs: 2000 })
  const known = accounts.value?.accounts ?? []
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('refresh', refresh)
  const decides = may.includes('billing.bank.decide')
  const bringIn = may.includes('billing.bank.import') && (
    <Button
      leftSection={<IconFileImport size={15} aria-hidden="true" />}
      onClick={() => setDialog('import')}
    >
      {t('import.button')}
    </Button>
  )
  const opened = value?.rows.find(({ id }) => id === view.lineId)
  const isFresh = accounts.value !== undefined && known.length === 0
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{billing('bankTab')}</h1>
        {!isFresh && (
          <>
            <Button
              variant="default"
              leftSection={<IconHistory size={15} aria-hidden="true" />}
              onClick={() => setDialog('imports')}
            >
              {t('imports.button')}
            </Button>
            <LineExport view={view} />
            {decides && (value?.waiting.certain ?? 0) > 0 && (
              <Button
                variant="default"
                leftSection={<IconChecks size={15} aria-hidden="true" />}
                disabled={value?.running != null}
                onClick={() => setDialog('sure')}
              >
                {t('sure.button', { count: value?.waiting.certain ?? 0 })}
              </Button>
            )}
            {bringIn}
          </>
        )}
      </header>
      <BillingTabs />
      {isFresh ? (
        <EmptyState
          icon={IconBuildingBank}
          title={t('empty')}
          text={t('emptyText')}
          action={bringIn}
        />
      ) : (
        <>
          <TakingBar running={value?.running ?? null} />
          <div className="nbk-filters">
            <SegmentedControl
              aria-label={t('show.label')}
              value={view.tab}
              onChange={(tab) => open({ ...view, tab, lineId: null })}
              data={allTabs.map((tab) => ({ value: tab, label: t(`show.${tab}`) }))}
            />
            <FilterBox input={input} text={typed} onText={setTyped} label={t('search')} />
            <Select
              aria-label={t('way.label')}
              placeholder={t('way.both')}
              clearable
              w={140}
              value={view.direction}
              onChange={(way) =>
                open({ ...view, direction: way === 'in' || way === 'out' ? way : null })
              }
              data={(['in', 'out'] as const).map((way) => ({ value: way, label: t(`way.${way}`) }))}
            />
            {view.tab === 'waiting' && (
              <Select
                aria-label={t('strength.label')}
                placeholder={t('strength.any')}
                clearable
                w={150}
                value={view.strength}
                onChange={(next) =>
                  open({ ...view, strength: allStrengths.find((one) => one === next) ?? null })
                }
                data={allStrengths.map((one) => ({ value: one, label: t(`strength.${one}`) }))}
              />
            )}
            {known.length > 1 && (
              <Select
                aria-label={t('account')}
                placeholder={t('allAccounts')}
                clearable
                w={190}
                value={view.accountId}
                onChange={(accountId) => open({ ...view, accountId })}
                data={known.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
            {view.importId !== null && (
              <Button variant="default" onClick={() => open({ ...view, importId: null })}>
                {t('imports.only')}
              </Button>
            )}
            {decides && view.tab === 'waiting' && (
              <Button
                variant="subtle"
                onClick={() =>
                  void act('billing.matchBankLines', {}, ({ proposed }) => ({
                    title: t('matched', { count: proposed }),
                  }))
                }
              >
                {t('match')}
              </Button>
            )}
          </div>
          {value !== undefined && <Sums sums={value.sums} total={value.total} />}
          {failure !== undefined && value !== undefined && (
            <FailureState brief failure={failure} onRetry={refresh} />
          )}
          {value === undefined ? (
            <Awaiting failure={failure} onRetry={refresh} rows={10} />
          ) : value.rows.length === 0 ? (
            <EmptyState
              icon={IconChecks}
              title={t(view.tab === 'waiting' ? 'nothingWaits' : 'nothingFound')}
              text={t(view.tab === 'waiting' ? 'nothingWaitsText' : 'nothingFoundText')}
            />
          ) : (
            <>
              <BankTable
                rows={value.rows}
                view={view}
                onSort={(column) =>
                  open({
                    ...view,
                    sort: column,
                    descending: view.sort === column ? !view.descending : column !== 'payer',
                  })
                }
                onOpen={(lineId) => open({ ...view, lineId })}
              />
              <Pager total={value.total} offset={offset} onOffset={setOffset} />
            </>
          )}
        </>
      )}
      {opened !== undefined && (
        <BankLineDrawer
          key={opened.id}
          line={opened}
          onClose={() => open({ ...view, lineId: null })}
          onDecided={() => open({ ...view, lineId: nextOf(value?.rows ?? [], opened.id) })}
        />
      )}
      {dialog === 'import' && (
        <BankImportDialog
          accounts={known}
          onClose={() => setDialog(null)}
          onDone={(importId) => {
            setDialog(null)
            open({ ...readBankView(''), importId })
          }}
        />
      )}
      {dialog === 'imports' && (
        <BankImports
          onClose={() => setDialog(null)}
          onShow={(importId) => {
            setDialog(null)
            open({ ...readBankView(''), tab: 'all', importId })
          }}
        />
      )}
      {dialog === 'sure' && (
        <TakeSureDialog accountId={view.accountId} onClose={() => setDialog(null)} />
      )}
    </div>
  )
}

/** After one was decided: the next that waits. */
const nextOf = (rows: readonly BankLineRow[], lineId: string): string | null => {
  const at = rows.findIndex(({ id }) => id === lineId)
  const waits = ({ state }: BankLineRow): boolean => state === 'unmatched' || state === 'proposed'
  return rows.slice(at + 1).find(waits)?.id ?? null
}

const Sums = (props: {
  readonly total: number
  readonly sums: readonly { readonly currency: string; readonly minor: number }[]
}) => {
  const { t } = useTranslation('billing-bank')
  const format = useFormat()
  return (
    <p className="nc-soft nbk-sums" role="status">
      {t('lines', { count: props.total, number: format.number(props.total) })}
      {props.sums.map(({ currency, minor }) => (
        <span key={currency}>
          <Money minor={minor} currency={currency} />
        </span>
      ))}
    </p>
  )
}

const LineExport = ({ view }: { readonly view: BankView }) => {
  const { t } = useTranslation('billing-bank')
  const heads = ['day', 'payer', 'words', 'reference', 'amount', 'currency', 'state', 'payments']
  return (
    <ListExport<BankLineRow>
      name="bank"
      hint={t('exportHint')}
      ask={async (part) => {
        const { sort, descending } = view
        const asked = { filter: bankFilterOf(view), sort, descending, ...part }
        const { total, rows } = await callQuery('billing.bankLines', asked)
        return { total, rows }
      }}
      heads={heads.map((head) => t(`column.${head as 'day'}`))}
      linesOf={(line) => [
        [
          line.bookedOn,
          line.payer,
          line.remittance,
          line.reference,
          formatMinor(line.minor, line.currency as CurrencyCode),
          line.currency,
          t(`state.${line.state}`),
          line.payments
            .map(({ number, subscriberCode }) => `${number} ${subscriberCode}`)
            .join('; '),
        ],
      ]}
    />
  )
}

import { Button } from '@mantine/core'
import {
  IconDownload,
  IconFilterOff,
  IconTableImport,
  IconUserPlus,
  IconUsersGroup,
} from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useTicking } from '../../components/clock.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { useRoleName } from '../../components/permission-words.ts'
import { showToast } from '../../components/toast.tsx'
import { AccountDialog } from './account-dialog.tsx'
import { AccountDrawer } from './account-drawer.tsx'
import {
  accountColumns,
  factorOf,
  fits,
  sortLines,
  stateOf,
  type AccountLine,
} from './account-model.ts'
import { AccountTable, useAccountSort } from './account-table.tsx'
import { ImportAccountsDialog } from './import-accounts-dialog.tsx'
import { PeopleTabs } from './people-tabs.tsx'
import { useReachWords } from './reach-words.ts'
import { useAccounts, useEmployees, useMe, useRoles } from './use-people.ts'
import './people.css'

const minuteMs = 60_000
/** A one-time code comes to its end while the list is looked at. */
const minuteOf = (now: number): number => Math.floor(now / minuteMs)

/** Every account: its role, whose it is, how it is guarded and where it is signed in. */
export const AccountsScreen = () => {
  const { t } = useTranslation('access-people')
  const { value, failure, refresh } = useAccounts()
  const roles = useRoles().value?.roles
  const employees = useEmployees().value?.employees
  const me = useMe()
  const roleName = useRoleName()
  const openId = new URLSearchParams(useSearch()).get('account')
  const [text, setText] = useState('')
  const [adding, setAdding] = useState(false)
  const [importing, setImporting] = useState(false)
  const [sort] = useAccountSort()
  const input = useRef<HTMLInputElement>(null)
  const manages = me.permissions.includes('access.account.manage')
  const minute = useTicking(minuteOf)

  const reachWords = useReachWords()

  const lines = useMemo((): readonly AccountLine[] => {
    return (value?.accounts ?? []).map((account) => {
      const employee = employees?.find(({ id }) => id === account.employeeId)
      const state = stateOf(account, minute * minuteMs)
      const factor = factorOf(account, roles ?? [])
      return {
        account,
        employee,
        state,
        factor,
        words: {
          role: roleName(account),
          reach: reachWords(account),
          state: t(`state.${state}`),
          factor: t(`factor.${factor}`),
          employee: employee?.position ?? '',
        },
      }
    })
  }, [value, roles, employees, roleName, reachWords, t, minute])
  const shown = useMemo(
    () => sortLines(lines, sort).filter((line) => fits(line, text)),
    [lines, sort, text],
  )
  const open = lines.find(({ account }) => account.id === openId)

  const exportShown = (): void => {
    const time = (at: number | null): string => (at === null ? '' : new Date(at).toISOString())
    exportCsv(
      `accounts-${new Date().toISOString().slice(0, 10)}.csv`,
      [...accountColumns, 'created' as const].map((column) => t(`column.${column}`)),
      shown.map(({ account, employee, words }) => [
        account.name,
        account.login,
        words.role,
        words.reach,
        employee?.name ?? '',
        words.state,
        words.factor,
        account.sessions,
        time(account.lastSignInAt),
        time(account.createdAt),
      ]),
      false,
    )
    showToast({ kind: 'done', title: t('accounts.exported', { count: shown.length }) })
  }
  useShortcut('focusFilter', () => input.current?.focus(), lines.length > 0)
  useShortcut('exportList', exportShown, shown.length > 0)
  useShortcut('refresh', refresh)
  useOfferedActions(
    manages
      ? [
          {
            id: 'account-new',
            label: t('accounts.new'),
            icon: IconUserPlus,
            run: () => setAdding(true),
          },
        ]
      : [],
  )
  const add = manages && (
    <Button
      leftSection={<IconUserPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setAdding(true)}
    >
      {t('accounts.new')}
    </Button>
  )

  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {lines.length > 0 && (
          <>
            <FilterBox input={input} text={text} onText={setText} label={t('accounts.filter')} />
            <Button
              variant="default"
              disabled={shown.length === 0}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {t('accounts.export')}
            </Button>
            {manages && (
              <Button
                variant="default"
                leftSection={<IconTableImport size={14} aria-hidden="true" />}
                onClick={() => setImporting(true)}
              >
                {t('import.button')}
              </Button>
            )}
            {add}
          </>
        )}
      </header>
      <PeopleTabs />
      <p className="nc-soft">{t('accounts.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : shown.length === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('accounts.noneFit', { text: text.trim() })}
          action={
            <Button variant="default" onClick={() => setText('')}>
              {t('accounts.clearFilter')}
            </Button>
          }
        />
      ) : (
        <AccountTable
          lines={shown}
          ownId={me.id}
          openId={openId}
          onOpen={(id) => navigate(paths.people(`account=${id}`))}
        />
      )}
      {lines.length === 1 && (
        <EmptyState
          icon={IconUsersGroup}
          title={t('accounts.onlyYou')}
          text={t('accounts.onlyYouText')}
          action={add}
        />
      )}
      {open !== undefined && (
        <AccountDrawer
          key={open.account.id}
          line={open}
          onClose={() => navigate(paths.people(), { replace: true })}
        />
      )}
      {importing && <ImportAccountsDialog onClose={() => setImporting(false)} />}
      {adding && (
        <AccountDialog
          account={null}
          onClose={() => setAdding(false)}
          onMade={(id) => navigate(paths.people(`account=${id}`))}
        />
      )}
    </div>
  )
}

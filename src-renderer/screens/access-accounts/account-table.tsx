import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'
import { SortHead } from '../network-olts/olt-table.tsx'
import { useRowKeys, useTrapSort } from '../network-traps/use-trap-table.ts'
import { FactorMark, StateMark } from './account-mark.tsx'
import {
  accountColumns,
  type AccountColumn,
  type AccountLine,
  type AccountSort,
} from './account-model.ts'
import { Portrait } from './portrait.tsx'
import '../network-olts/olts.css'

const byName = { column: 'name', descending: false } as const

export const useAccountSort = (): readonly [AccountSort, (column: AccountColumn) => void] =>
  useTrapSort<AccountColumn>('accounts', accountColumns, byName)

export interface AccountTableProps {
  readonly lines: readonly AccountLine[]
  readonly ownId: string
  readonly openId: string | null
  readonly onOpen: (accountId: string) => void
}

export const AccountTable = ({ lines, ownId, openId, onOpen }: AccountTableProps) => {
  const { t } = useTranslation('access-people')
  const format = useFormat()
  const [sort, setSort] = useAccountSort()
  const keys = useRowKeys(
    useMemo(() => lines.map(({ account }) => account.id), [lines]),
    onOpen,
  )
  return (
    <section className="nc-panel ncp-scroll" tabIndex={-1} aria-label={t('accounts.title')}>
      <table className="nc-table ncp-table" aria-label={t('accounts.title')}>
        <thead>
          <tr>
            {accountColumns.map((column) => (
              <SortHead
                key={column}
                label={t(`column.${column}`)}
                number={column === 'sessions'}
                direction={
                  sort.column !== column ? 'none' : sort.descending ? 'descending' : 'ascending'
                }
                onSort={() => setSort(column)}
              />
            ))}
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {lines.map(({ account, employee, state, factor, words }) => (
            <tr
              key={account.id}
              data-row={account.id}
              data-open={account.id === openId || undefined}
              data-off={state === 'disabled' || undefined}
              tabIndex={keys.isCurrent(account.id) ? 0 : -1}
              onFocus={() => keys.onFocus(account.id)}
            >
              <td>
                <span className="ncp-person">
                  <Portrait name={account.name} photo={employee?.photo ?? null} />
                  <button type="button" className="ncp-open" onClick={() => onOpen(account.id)}>
                    {account.name}
                  </button>
                  {account.id === ownId && <span className="ncp-chip">{t('accounts.you')}</span>}
                </span>
              </td>
              <td className="nc-mono">{account.login}</td>
              <td>{words.role}</td>
              <td className="nc-soft">{words.reach}</td>
              <td className="nc-soft">{words.employee === '' ? '–' : words.employee}</td>
              <td>
                <StateMark state={state} word={words.state} />
              </td>
              <td>
                <FactorMark factor={factor} word={words.factor} />
              </td>
              <td className="nc-num">{format.number(account.sessions)}</td>
              <td>
                {account.lastSignInAt === null ? (
                  <span className="nc-soft">{t('accounts.never')}</span>
                ) : (
                  <Since at={account.lastSignInAt} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

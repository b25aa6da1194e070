import { ActionIcon, Button } from '@mantine/core'
import {
  IconDownload,
  IconFilterOff,
  IconIdBadge2,
  IconPencil,
  IconTrash,
  IconUserPlus,
} from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account, Employee } from '../../../src-shared/contract/access-accounts.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { confirm } from '../../components/confirm.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exportCsv } from '../../components/export-csv.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { showToast } from '../../components/toast.tsx'
import { act } from '../access-accounts/access-acts.ts'
import { PeopleTabs } from '../access-accounts/people-tabs.tsx'
import { Portrait } from '../access-accounts/portrait.tsx'
import { useAccounts, useEmployees, useMe } from '../access-accounts/use-people.ts'
import { useRowKeys } from '../network-traps/use-trap-table.ts'
import { EmployeeDialog } from './employee-dialog.tsx'
import { byName, fitsEmployee } from './employee-model.ts'

const columns = ['name', 'position', 'group', 'phone', 'email', 'account'] as const

export const EmployeesScreen = () => {
  const { t } = useTranslation('access-people')
  const { value, failure, refresh } = useEmployees()
  const accounts = useAccounts().value?.accounts
  const manages = useMe().permissions.includes('access.account.manage')
  const [text, setText] = useState('')
  const [edited, setEdited] = useState<Employee | 'new' | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const all = useMemo(() => (value?.employees ?? []).toSorted(byName), [value])
  const shown = useMemo(() => all.filter((each) => fitsEmployee(each, text)), [all, text])
  const accountOf = ({ accountId }: Employee) => accounts?.find(({ id }) => id === accountId)

  const exportShown = (): void => {
    exportCsv(
      `employees-${new Date().toISOString().slice(0, 10)}.csv`,
      columns.map((column) => t(`employee.${column}`)),
      shown.map((each) => [
        each.name,
        each.position,
        each.group,
        each.phone,
        each.email,
        accountOf(each)?.login ?? '',
      ]),
      false,
    )
    showToast({ kind: 'done', title: t('employees.exported', { count: shown.length }) })
  }
  useShortcut('focusFilter', () => input.current?.focus(), all.length > 0)
  useShortcut('exportList', exportShown, shown.length > 0)
  useShortcut('refresh', refresh)
  useOfferedActions(
    manages
      ? [
          {
            id: 'employee-new',
            label: t('employees.new'),
            icon: IconUserPlus,
            run: () => setEdited('new'),
          },
        ]
      : [],
  )
  const add = manages && (
    <Button
      leftSection={<IconUserPlus size={15} stroke={1.7} aria-hidden="true" />}
      onClick={() => setEdited('new')}
    >
      {t('employees.new')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('title')}</h1>
        {all.length > 0 && (
          <>
            <FilterBox input={input} text={text} onText={setText} label={t('employees.filter')} />
            <Button
              variant="default"
              disabled={shown.length === 0}
              leftSection={<IconDownload size={14} aria-hidden="true" />}
              onClick={exportShown}
            >
              {t('accounts.export')}
            </Button>
            {add}
          </>
        )}
      </header>
      <PeopleTabs />
      <p className="nc-soft">{t('employees.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={8} />
      ) : all.length === 0 ? (
        <EmptyState
          icon={IconIdBadge2}
          title={t('employees.empty')}
          text={t('employees.emptyText')}
          action={add}
        />
      ) : shown.length === 0 ? (
        <EmptyState
          icon={IconFilterOff}
          title={t('employees.noneFit', { text: text.trim() })}
          action={
            <Button variant="default" onClick={() => setText('')}>
              {t('accounts.clearFilter')}
            </Button>
          }
        />
      ) : (
        <EmployeeTable
          employees={shown}
          accountOf={accountOf}
          manages={manages}
          onEdit={setEdited}
        />
      )}
      {edited !== null && (
        <EmployeeDialog
          employee={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </div>
  )
}

interface EmployeeTableProps {
  readonly employees: readonly Employee[]
  readonly accountOf: (employee: Employee) => Account | undefined
  readonly manages: boolean
  readonly onEdit: (employee: Employee) => void
}

const EmployeeTable = ({ employees, accountOf, manages, onEdit }: EmployeeTableProps) => {
  const { t } = useTranslation('access-people')
  const keys = useRowKeys(
    useMemo(() => employees.map(({ id }) => id), [employees]),
    (id) => {
      const employee = employees.find((each) => each.id === id)
      if (employee !== undefined && manages) onEdit(employee)
    },
  )
  const remove = async (employee: Employee): Promise<void> => {
    const { id: employeeId, version: baseVersion, name } = employee
    const login = accountOf(employee)?.login
    const sure = await confirm({
      title: t('employee.removeTitle', { name }),
      text:
        login === undefined ? t('employee.removeText') : t('employee.removeTextAccount', { login }),
      confirmLabel: t('employee.removeConfirm'),
      danger: true,
    })
    if (!sure) return
    await act('access.removeEmployee', { employeeId, baseVersion }, () => ({
      title: t('employee.removed', { name }),
    }))
  }
  return (
    <section className="nc-panel ncp-scroll" tabIndex={-1} aria-label={t('employees.title')}>
      <table className="nc-table ncp-table" aria-label={t('employees.title')}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {t(`employee.${column}`)}
              </th>
            ))}
            <th scope="col">
              <span className="nc-hidden">{t('act.title')}</span>
            </th>
          </tr>
        </thead>
        <tbody ref={keys.body} onKeyDown={keys.onKeyDown}>
          {employees.map((employee) => {
            const account = accountOf(employee)
            return (
              <tr
                key={employee.id}
                data-row={employee.id}
                tabIndex={keys.isCurrent(employee.id) ? 0 : -1}
                onFocus={() => keys.onFocus(employee.id)}
              >
                <td>
                  <span className="ncp-person">
                    <Portrait name={employee.name} photo={employee.photo} />
                    <strong>{employee.name}</strong>
                  </span>
                </td>
                <td>{employee.position}</td>
                <td className="nc-soft">{employee.group}</td>
                <td className="nc-mono">{employee.phone}</td>
                <td>{employee.email}</td>
                <td>
                  {account === undefined ? (
                    <span className="nc-faint">–</span>
                  ) : (
                    <RouteLink to={paths.people(`account=${account.id}`)}>
                      {account.login}
                    </RouteLink>
                  )}
                </td>
                <td className="nc-num">
                  {manages && (
                    <>
                      <ActionIcon
                        aria-label={t('employees.edit', { name: employee.name })}
                        onClick={() => onEdit(employee)}
                      >
                        <IconPencil size={15} stroke={1.7} aria-hidden="true" />
                      </ActionIcon>
                      <ActionIcon
                        aria-label={t('employees.remove', { name: employee.name })}
                        onClick={() => void remove(employee)}
                      >
                        <IconTrash size={15} stroke={1.7} aria-hidden="true" />
                      </ActionIcon>
                    </>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

import type { Account, Employee, Role } from '../../../src-shared/contract/access-accounts.ts'

/** Accounts as the list shows them; without the page. */

export const accountColumns = [
  'name',
  'login',
  'role',
  'reach',
  'employee',
  'state',
  'factor',
  'sessions',
  'lastSignInAt',
] as const
export type AccountColumn = (typeof accountColumns)[number]

export interface AccountSort {
  readonly column: AccountColumn
  readonly descending: boolean
}

export type AccountState = 'active' | 'disabled' | 'code' | 'never'

export const stateOf = (account: Account, now: number): AccountState => {
  if (account.disabledAt !== null) return 'disabled'
  if (account.codeUntil !== null && account.codeUntil > now) return 'code'
  return account.lastSignInAt === null ? 'never' : 'active'
}

export type FactorState = 'on' | 'off' | 'missing'

/** missing: the role asks for it and there is none yet. */
export const factorOf = (
  account: Pick<Account, 'roleId' | 'secondFactorSince'>,
  roles: readonly Pick<Role, 'id' | 'secondFactorRequired'>[],
): FactorState => {
  if (account.secondFactorSince !== null) return 'on'
  const role = roles.find(({ id }) => id === account.roleId)
  return role?.secondFactorRequired === true ? 'missing' : 'off'
}

/** One line of the list, with what it is filtered and sorted by in words. */
export interface AccountLine {
  readonly account: Account
  readonly employee: Employee | undefined
  readonly state: AccountState
  readonly factor: FactorState
  readonly words: Readonly<Record<'role' | 'reach' | 'state' | 'factor' | 'employee', string>>
}

export const fits = ({ account, words }: AccountLine, text: string): boolean => {
  const wanted = text.trim().toLowerCase()
  return [account.name, account.login, words.role, words.reach, words.employee, words.state].some(
    (each) => each.toLowerCase().includes(wanted),
  )
}

const keyOf = (line: AccountLine, column: AccountColumn): string | number => {
  const { account, words } = line
  switch (column) {
    case 'name':
      return account.name
    case 'login':
      return account.login
    case 'sessions':
      return account.sessions
    case 'lastSignInAt':
      return account.lastSignInAt ?? 0
    case 'role':
    case 'reach':
    case 'employee':
    case 'state':
    case 'factor':
      return words[column]
  }
}

export const sortLines = (
  lines: readonly AccountLine[],
  { column, descending }: AccountSort,
): readonly AccountLine[] =>
  lines.toSorted((one, other) => {
    const [a, b] = [keyOf(one, column), keyOf(other, column)]
    const order =
      typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
    const settled = order === 0 ? one.account.name.localeCompare(other.account.name) : order
    return descending ? -settled : settled
  })

/** Nobody gives more than he has, and an owner is made by handing the ownership over. */
export const mayGive = (role: Role, own: readonly string[]): boolean =>
  role.id !== 'owner' && role.permissions.every((permission) => own.includes(permission))

/** What can be done to an account, and why not. */
export interface AccountAbilities {
  readonly isOwn: boolean
  readonly isOwner: boolean
  /** Disable, enable, end sessions, reset: never of oneself. */
  readonly others: boolean
  readonly disable: boolean
  readonly transfer: boolean
}

export const abilitiesOn = (
  account: Account,
  me: { readonly id: string; readonly permissions: readonly string[] },
): AccountAbilities => {
  const manages = me.permissions.includes('access.account.manage')
  const isOwn = account.id === me.id
  const isOwner = account.roleId === 'owner'
  return {
    isOwn,
    isOwner,
    others: manages && !isOwn,
    disable: manages && !isOwn && !isOwner && account.disabledAt === null,
    transfer:
      me.permissions.includes('access.owner.transfer') && !isOwn && account.disabledAt === null,
  }
}

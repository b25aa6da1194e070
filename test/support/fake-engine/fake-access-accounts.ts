import type { Account, Employee, Role } from '../../../src-shared/contract/access-accounts.ts'
import type { Region } from '../../../src-shared/contract/access-scope.ts'
import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import { isBuiltInRole } from '../../../src-shared/domain/roles.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import {
  everyPermission,
  makeAccounts,
  makeEmployees,
  makeRegions,
  makeRoles,
} from './fake-access-book.ts'

/** Employees, accounts and roles of the fake engine, kept while the page lives. */

type Handler<Name extends ProcedureName> = (input: Input<Name>) => Output<Name>

export interface FakeAccountsDependencies {
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  /** Who is signed in; null: nobody. */
  readonly me: () => string | null
  /** Somebody's rights have changed: a live session has to know. */
  readonly onChanged: () => void
  /** A workspace that has just been made: its owner alone. */
  readonly alone: boolean
}

export const createFakeAccounts = (deps: FakeAccountsDependencies) => {
  const { now, emit } = deps
  const roles = makeRoles()
  const regions: Region[] = deps.alone ? [] : makeRegions(now())
  const accounts = makeAccounts(now()).slice(0, deps.alone ? 1 : undefined)
  const employees = deps.alone ? [] : makeEmployees()
  for (const account of deps.alone ? accounts : []) account.employeeId = null

  const inRegion = (regionId: string): number =>
    accounts.filter(({ scope }) => scope.kind === 'regions' && scope.regionIds.includes(regionId))
      .length

  const told = (): void => {
    for (const region of regions) region.accounts = inRegion(region.id)
    for (const account of accounts) account.roleName = roleOf(account.roleId).name
    emit('access.changed', {})
    deps.onChanged()
  }
  const roleOf = (roleId: string): Role => found(roles.find(({ id }) => id === roleId))
  const accountOf = (accountId: string): Account =>
    found(accounts.find(({ id }) => id === accountId))
  const employeeOf = (id: string): Employee => found(employees.find((each) => each.id === id))
  const at = <Row extends { version: number }>(row: Row, baseVersion: number): Row => {
    if (row.version !== baseVersion) throw new NocturneError('conflict')
    row.version += 1
    return row
  }
  const notOwn = (accountId: string): Account => {
    if (accountId === deps.me()) throw new NocturneError('own-account')
    return accountOf(accountId)
  }
  const notOwner = (account: Account): Account => {
    if (account.roleId === 'owner') throw new NocturneError('last-owner')
    return account
  }
  const freeLogin = (login: string, except?: string): string => {
    const twin = accounts.find((each) => each.login.toLowerCase() === login.toLowerCase())
    if (twin !== undefined && twin.id !== except) throw new NocturneError('login-taken')
    return login
  }
  const mine = (): readonly string[] => {
    const me = accounts.find(({ id }) => id === deps.me())
    return me === undefined ? everyPermission : roleOf(me.roleId).permissions
  }
  const within = (permissions: readonly string[]): void => {
    const own = mine()
    if (permissions.some((name) => !own.includes(name))) throw new NocturneError('role-beyond-own')
  }
  const join = (account: Account, employeeId: string | null): void => {
    for (const each of employees) if (each.accountId === account.id) each.accountId = null
    account.employeeId = employeeId
    if (employeeId !== null) employeeOf(employeeId).accountId = account.id
  }

  let imported: string[] = []

  const handlers = {
    'access.employees': () => ({ employees: [...employees] }),
    'access.accounts': () => ({ accounts: accounts.map((each) => ({ ...each })) }),
    'access.regions': () => ({ regions: regions.map((each) => ({ ...each })) }),
    'access.roles': () => ({
      roles: roles.map((each) => ({
        ...each,
        accounts: accounts.filter(({ roleId }) => roleId === each.id).length,
      })),
      permissions: [...everyPermission],
    }),
    'access.saveEmployee': ({ employeeId, baseVersion, employee, photo }) => {
      const before =
        employeeId === null
          ? { id: crypto.randomUUID(), version: 0, accountId: null, photo: null, ...employee }
          : at(employeeOf(employeeId), baseVersion)
      Object.assign(before, employee, photo === undefined ? {} : { photo })
      if (employeeId === null) employees.push({ ...before, version: 1 })
      told()
      return { employeeId: before.id }
    },
    'access.removeEmployee': ({ employeeId, baseVersion }) => {
      const employee = at(employeeOf(employeeId), baseVersion)
      if (employee.accountId !== null) {
        const account = notOwner(notOwn(employee.accountId))
        account.disabledAt = now()
        account.employeeId = null
        account.sessions = 0
      }
      employees.splice(employees.indexOf(employee), 1)
      told()
      return {}
    },
    'access.createAccount': ({ name, login, roleId, employeeId }) => {
      within(roleOf(roleId).permissions)
      const account: Account = {
        id: crypto.randomUUID(),
        version: 1,
        name,
        login: freeLogin(login),
        roleId,
        roleName: roleOf(roleId).name,
        employeeId: null,
        disabledAt: null,
        createdAt: now(),
        lastSignInAt: null,
        secondFactorSince: null,
        codeUntil: now() + 86_400_000,
        passwordImportedAt: null,
        company: null,
        sessions: 0,
        scope: { kind: 'all' },
      }
      accounts.push(account)
      join(account, employeeId)
      told()
      return { accountId: account.id }
    },
    'access.previewAccounts': ({ bytes }) => {
      const text = new TextDecoder().decode(bytes)
      if (!/hash/i.test(text)) throw new NocturneError('import-unreadable', { reason: 'columns' })
      imported = text
        .split('\n')
        .slice(1)
        .filter((line) => line.includes('$2'))
      const cells = imported.map((line) => line.split(','))
      return {
        importId: crypto.randomUUID(),
        encoding: 'UTF-8',
        separator: ',',
        columns: ['name', 'login', 'role', 'email', 'hash'].map((field) => ({
          header: field,
          field,
        })),
        rows: cells.length + 2,
        adds: cells.length,
        problems: [
          { line: cells.length + 2, code: 'hash-cost' as const },
          { line: cells.length + 3, code: 'login-taken' as const },
        ],
        problemsTotal: 2,
        sample: cells.map(([name = '', login = '', roleId = ''], at) => ({
          line: at + 2,
          name,
          login,
          roleId,
          roleName: roleId,
          email: '',
        })),
      }
    },
    'access.importAccounts': () => {
      for (const line of imported) {
        const [name = '', login = ''] = line.split(',')
        accounts.push({
          ...accounts[1]!,
          id: crypto.randomUUID(),
          name,
          login,
          employeeId: null,
          lastSignInAt: null,
          sessions: 0,
          passwordImportedAt: now(),
        })
      }
      told()
      return { added: imported.length }
    },
    'access.undoImport': () => {
      const open = accounts.filter((each) => each.passwordImportedAt === now())
      for (const each of open) each.disabledAt = now()
      told()
      return { disabled: imported.length, kept: 0 }
    },
    'access.companyAccount': ({ accountId, baseVersion, subject, companyOnly }) => {
      const account = at(notOwn(accountId), baseVersion)
      account.company =
        subject === null ? null : { subject, since: now(), isCurrent: true, companyOnly }
      told()
      return {}
    },
    'access.changeAccount': ({ accountId, baseVersion, name, login, roleId, employeeId }) => {
      const account = accountOf(accountId)
      if (roleId !== undefined && roleId !== account.roleId) {
        notOwner(notOwn(accountId))
        within(roleOf(roleId).permissions)
      }
      at(account, baseVersion)
      account.login = login === undefined ? account.login : freeLogin(login, accountId)
      account.name = name ?? account.name
      account.roleId = roleId ?? account.roleId
      if (employeeId !== undefined) join(account, employeeId)
      told()
      return {}
    },
    'access.disableAccount': ({ accountId, baseVersion }) => {
      const account = at(notOwner(notOwn(accountId)), baseVersion)
      account.disabledAt = now()
      account.sessions = 0
      told()
      return {}
    },
    'access.enableAccount': ({ accountId, baseVersion }) => {
      at(notOwn(accountId), baseVersion).disabledAt = null
      told()
      return {}
    },
    'access.endSessions': ({ accountId }) => {
      const account = accountOf(accountId)
      const ended = account.sessions
      account.sessions = 0
      told()
      return { ended }
    },
    'access.resetPassword': ({ accountId }) => {
      const until = now() + 86_400_000
      notOwn(accountId).codeUntil = until
      told()
      return { until }
    },
    'access.resetSecondFactor': ({ accountId }) => {
      notOwn(accountId).secondFactorSince = null
      told()
      return {}
    },
    'access.saveRole': (input) => {
      const { roleId, baseVersion, secondFactorRequired, lockAfterMinutes, sessionHours } = input
      const bounds = { secondFactorRequired, lockAfterMinutes, sessionHours }
      if (roleId !== null && isBuiltInRole(roleId)) {
        const role = at(roleOf(roleId), baseVersion)
        if (input.permissions.join() !== role.permissions.join()) {
          throw new NocturneError('role-built-in')
        }
        Object.assign(role, bounds)
        told()
        return { roleId }
      }
      within(input.permissions)
      const permissions = [...input.permissions].toSorted()
      if (roleId !== null) {
        Object.assign(at(roleOf(roleId), baseVersion), { name: input.name, permissions, ...bounds })
        told()
        return { roleId }
      }
      const made: Role = {
        id: crypto.randomUUID(),
        version: 1,
        name: input.name,
        isBuiltIn: false,
        copyOf: input.copyOf,
        permissions,
        ...bounds,
        accounts: 0,
      }
      roles.push(made)
      told()
      return { roleId: made.id }
    },
    'access.removeRole': ({ roleId, baseVersion }) => {
      if (accounts.some((each) => each.roleId === roleId)) throw new NocturneError('role-in-use')
      roles.splice(roles.indexOf(at(roleOf(roleId), baseVersion)), 1)
      told()
      return {}
    },
    'access.saveRegion': ({ regionId, baseVersion, name, oltIds }) => {
      const twin = regions.find((each) => each.name.toLowerCase() === name.toLowerCase())
      if (twin !== undefined && twin.id !== regionId) throw new NocturneError('region-name-taken')
      if (regionId !== null) {
        const region = at(found(regions.find(({ id }) => id === regionId)), baseVersion)
        Object.assign(region, { name, oltIds, changedAt: now() })
        told()
        return { regionId }
      }
      const id = crypto.randomUUID()
      regions.push({ id, version: 1, name, oltIds, accounts: 0, changedAt: now() })
      told()
      return { regionId: id }
    },
    'access.removeRegion': ({ regionId, baseVersion }) => {
      const region = found(regions.find(({ id }) => id === regionId))
      const used = accounts.filter(
        ({ scope }) => scope.kind === 'regions' && scope.regionIds.includes(regionId),
      )
      if (used.length > 0) throw new NocturneError('region-in-use', { accounts: used.length })
      regions.splice(regions.indexOf(at(region, baseVersion)), 1)
      told()
      return {}
    },
    'access.setScope': ({ accountId, baseVersion, scope }) => {
      at(notOwner(notOwn(accountId)), baseVersion).scope = scope
      told()
      return {}
    },
    'access.transferOwnership': ({ accountId }) => {
      const next = notOwn(accountId)
      for (const each of accounts) if (each.roleId === 'owner') each.roleId = 'administrator'
      next.roleId = 'owner'
      next.scope = { kind: 'all' }
      told()
      return {}
    },
  } satisfies { readonly [Name in ProcedureName]?: Handler<Name> }

  return { handlers, accounts, roles, roleOf }
}

const found = <Row>(row: Row | undefined): Row => {
  if (row === undefined) throw new NocturneError('not-found')
  return row
}

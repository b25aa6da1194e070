import type { Scope } from '../../src-shared/domain/scope.ts'
import type { QueryHandlers } from '../engine/handlers.ts'
import { createCompanyReads, isCurrent } from './company/company-tables.ts'
import { createEmployeeReads } from './employee-tables.ts'
import type { PeopleDependencies } from './people.ts'
import { allPermissions } from './roles.ts'

const countBy = <Item>(items: Iterable<Item>, keyOf: (item: Item) => string) => {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return (key: string): number => counts.get(key) ?? 0
}

const scopeShown = (scope: Scope) =>
  scope.kind === 'regions' ? { kind: scope.kind, regionIds: [...scope.regionIds] } : scope

export const createPeopleQueries = ({
  reader,
  accounts,
  roles,
  scopes,
  sessions,
  clock,
}: PeopleDependencies): QueryHandlers<
  'access.people' | 'access.employees' | 'access.accounts' | 'access.roles' | 'access.regions'
> => {
  const employees = createEmployeeReads(reader)
  const companies = createCompanyReads(reader)
  return {
    'access.people': () => ({
      people: accounts.all().map(({ id, name }) => ({ accountId: id, name })),
    }),

    'access.employees': () => ({ employees: employees.all() }),

    'access.accounts': () => {
      const open = countBy(sessions.all().values(), (session) => session.accountId)
      const now = clock.now()
      const company = companies.settings()
      const links = new Map(
        companies.links().map((link) => [
          link.accountId,
          {
            subject: link.subject,
            since: link.linkedAt,
            isCurrent: isCurrent(link, company),
            companyOnly: link.companyOnly === 1,
          },
        ]),
      )
      return {
        accounts: accounts.withDisabled().map((account) => ({
          id: account.id,
          version: account.version,
          name: account.name,
          login: account.login,
          roleId: account.role,
          roleName: roles.nameOf(account.role),
          employeeId: account.employeeId,
          disabledAt: account.disabledAt,
          createdAt: account.createdAt,
          lastSignInAt: account.lastSignInAt,
          secondFactorSince: account.secondFactorSince,
          codeUntil: (account.codeUntil ?? 0) > now ? account.codeUntil : null,
          passwordImportedAt: account.passwordImportedAt,
          company: links.get(account.id) ?? null,
          sessions: open(account.id),
          scope: scopeShown(scopes.of(account.id)),
        })),
      }
    },

    'access.regions': () => ({
      regions: scopes.regions().map((region) => ({ ...region, oltIds: [...region.oltIds] })),
    }),

    'access.roles': () => {
      const used = countBy(accounts.withDisabled(), (account) => account.role)
      return {
        roles: roles.all().map((role) => ({
          ...role,
          permissions: [...role.permissions].toSorted(),
          accounts: used(role.id),
        })),
        permissions: [...allPermissions].toSorted(),
      }
    },
  }
}

import { isBuiltInRole } from '../../../src-shared/domain/roles.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { actingNow, existingRole, refuseBeyond, refuseRuling } from '../acting.ts'
import { writeEmployee } from '../employee-tables.ts'
import type { PeopleDependencies } from '../people.ts'
import { coversAll, type RoleView } from '../roles.ts'
import {
  accountIn,
  accountsOfImport,
  insertAccount,
  isLoginTaken,
  updateAccount,
} from '../tables.ts'
import { readAccounts, type AccountLine, type AccountProblem } from './account-rows.ts'

/**
 * Accounts from another system, with the bcrypt hashes of their passwords: each becomes argon2id at
 * its first sign-in. What was looked at is carried out once, by who looked, within half an hour.
 */

const manage = 'access.account.manage'
const keptMs = 30 * 60_000
const mostShown = 200
const sampleSize = 50

interface PlannedAccount extends AccountLine {
  readonly roleId: string
}

interface Staged {
  readonly accountId: string
  readonly planned: readonly PlannedAccount[]
  readonly at: number
}

export const createAccountImport = (
  deps: PeopleDependencies,
): {
  readonly queries: QueryHandlers<'access.previewAccounts'>
  readonly commands: CommandHandlers<'access.importAccounts' | 'access.undoImport'>
} => {
  const { accounts, clock, roles, sessions } = deps
  const staged = new Map<string, Staged>()

  const dropOld = (accountId: string): void => {
    for (const [id, one] of staged) {
      // One at a time: hashes are not kept longer than they are wanted.
      if (one.accountId === accountId || clock.now() - one.at >= keptMs) staged.delete(id)
    }
  }

  const roleNamed = (word: string): RoleView | undefined => {
    const plain = word.toLowerCase()
    return roles.all().find(({ id, name }) => id === plain || name.toLowerCase() === plain)
  }

  const changed = (): void => deps.emit('access.changed', {})
  const acting = (context: CallContext) => actingNow(sessions, context, manage)

  return {
    queries: {
      'access.previewAccounts': ({ bytes }, context) => {
        const by = acting(context)
        const read = readAccounts(bytes)
        const problems: { line: number; code: AccountProblem }[] = [...read.problems]
        const planned: PlannedAccount[] = []
        for (const line of read.lines) {
          const role = roleNamed(line.role)
          const code =
            role === undefined
              ? 'role-unknown'
              : role.id === 'owner' || !coversAll(by.permissions, role.permissions)
                ? 'role-beyond-own'
                : accounts.anyByLogin(line.login) === undefined
                  ? null
                  : 'login-taken'
          if (code === null && role !== undefined) planned.push({ ...line, roleId: role.id })
          else if (code !== null) problems.push({ line: line.line, code })
        }
        const importId = deps.newId()
        dropOld(by.accountId)
        staged.set(importId, { accountId: by.accountId, planned, at: clock.now() })
        return {
          importId,
          encoding: read.encoding,
          separator: read.separator,
          columns: [...read.columns],
          rows: read.lines.length + read.problems.length,
          adds: planned.length,
          problems: problems.toSorted((a, b) => a.line - b.line).slice(0, mostShown),
          problemsTotal: problems.length,
          // SECURITY: of a line everything but its hash.
          sample: planned.slice(0, sampleSize).map(({ line, name, login, roleId, email }) => ({
            line,
            name,
            login,
            roleId,
            roleName: isBuiltInRole(roleId) ? roleId : roles.nameOf(roleId),
            email,
          })),
        }
      },
    },

    commands: {
      'access.importAccounts': ({ importId }, context) => {
        const by = acting(context)
        const found = staged.get(importId)
        // SECURITY: what one account looked at, no other carries out.
        if (found?.accountId !== by.accountId || clock.now() - found.at >= keptMs) {
          throw new NocturneError('not-found', { what: 'import' })
        }
        return {
          apply(tx) {
            const now = acting(context)
            const at = clock.now()
            for (const one of found.planned) {
              const role = existingRole(tx, one.roleId)
              // SECURITY: nobody gives more than he has, by a file either.
              refuseBeyond(now, role.permissions)
              if (role.id === 'owner') throw new NocturneError('last-owner')
              if (isLoginTaken(tx, one.login, null)) throw new NocturneError('login-taken')
              const employeeId = one.email === '' ? null : deps.newId()
              if (employeeId !== null) {
                const blank = { position: '', group: '', phone: '', note: '' }
                const employee = { ...blank, name: one.name, email: one.email }
                writeEmployee(tx, { ...employee, id: employeeId, version: 1 }, undefined, at)
              }
              insertAccount(
                tx,
                {
                  id: deps.newId(),
                  name: one.name,
                  login: one.login,
                  passwordHash: one.hash,
                  role: one.roleId,
                  employeeId,
                  passwordImportedAt: at,
                  importId,
                },
                at,
              )
            }
            return { added: found.planned.length }
          },
          after() {
            staged.delete(importId)
            changed()
          },
        }
      },

      'access.undoImport': ({ importId }, context) => {
        const imported = accountsOfImport(deps.reader, importId)
        if (imported.length === 0) throw new NocturneError('not-found', { what: 'import' })
        const ended: string[] = []
        return {
          apply(tx) {
            const by = acting(context)
            const at = clock.now()
            ended.length = 0
            for (const { id } of imported) {
              const account = accountIn(tx, id)
              if (account === undefined || account.disabledAt !== null) continue
              // Who has signed in since is a colleague, not a line of a file.
              if (account.lastSignInAt !== null) continue
              refuseRuling(tx, by, account)
              const none = { code_hash: null, code_until: null }
              updateAccount(tx, account, { disabled_at: at, ...none }, { disabled: true }, at)
              ended.push(id)
            }
            return { disabled: ended.length, kept: imported.length - ended.length }
          },
          after() {
            for (const id of ended) sessions.endOf(id)
            changed()
          },
        }
      },
    },
  }
}

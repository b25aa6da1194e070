import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { SubscribersDependencies } from '../ports.ts'
import type { ServiceRules } from '../service-commands.ts'
import type { ServiceOnus } from '../service-onus.ts'
import type { SubscriberSettings } from '../settings.ts'
import { applyImport, builtUponSql, undoImport } from './apply-import.ts'
import { planImport, type ImportPlan, type Known } from './plan-import.ts'
import { readLines } from './read-lines.ts'

const keptMs = 30 * 60_000
const mostShown = 200
const sampleSize = 20
const mostListed = 50

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface Staged {
  readonly accountId: string | null
  readonly plan: ImportPlan
  readonly at: number
}

export type ImportQuery = 'subscribers.previewImport' | 'subscribers.imports'
export type ImportCommand = 'subscribers.applyImport' | 'subscribers.undoImport'

/** Files of subscribers: looked at, put in by who looked, and taken out again as a whole. */
export const createImportHandlers = (
  deps: SubscribersDependencies & {
    readonly onus: Pick<ServiceOnus, 'rowsOn'>
    readonly rules: ServiceRules
    readonly settings: () => SubscriberSettings
    readonly changed: () => void
  },
): {
  readonly queries: QueryHandlers<ImportQuery>
  readonly commands: CommandHandlers<ImportCommand>
} => {
  const { clock, reader, newId } = deps
  const staged = new Map<string, Staged>()

  const dropOld = (accountId: string | null): void => {
    for (const [id, one] of staged) {
      if (one.accountId === accountId || clock.now() - one.at >= keptMs) staged.delete(id)
    }
  }

  const exists = (sql: string) => {
    const statement = reader.prepare<[string], { found: 1 }>(sql)
    return (value: string): boolean => statement.get(value) !== undefined
  }
  const carrier = reader.prepare<[string], { oltId: string; code: string; name: string }>(
    `SELECT v.olt_id AS oltId, s.code, s.name FROM subscriber_service v
      JOIN subscriber s ON s.id = v.subscriber_id WHERE v.serial = ? AND v.state = 'live'`,
  )
  const known: Known = {
    hasCode: exists(`SELECT 1 AS found FROM subscriber WHERE code_key = ?`),
    hasName: exists(`SELECT 1 AS found FROM subscriber WHERE name_key = ?`),
    hasPhone: exists(`SELECT 1 AS found FROM subscriber_contact WHERE phone = ? AND phone <> ''`),
    hasEmail: exists(`SELECT 1 AS found FROM subscriber_contact WHERE email = ? AND email <> ''`),
    carrierOf: (oltId, serial) => {
      const taken = carrier
        .all(serial)
        .find((one) => one.oltId === oltId || deps.onus.rowsOn(one.oltId, serial).length === 0)
      return taken === undefined ? null : `${taken.code} ${taken.name}`
    },
  }
  const imports = reader.prepare<
    [number],
    {
      id: string
      at: number
      accountId: string | null
      fileName: string
      added: number
      undoneAt: number | null
    }
  >(
    `SELECT id, at, account_id AS accountId, file_name AS fileName, added, undone_at AS undoneAt
      FROM subscriber_import ORDER BY at DESC, id DESC LIMIT ?`,
  )
  const builtUpon = reader.prepare<[string], { count: number }>(builtUponSql)

  return {
    queries: {
      'subscribers.previewImport': async (input, { signal, session, progress }) => {
        const { bytes, fileName, mapping, keepRest, taskId } = input
        const read = readLines(bytes, mapping)
        const planning = planImport(read.lines, {
          ...deps,
          settings: deps.settings(),
          known,
          fileName,
          keepRest,
        })
        let step = planning.next()
        while (step.done !== true) {
          progress(taskId, 'import', step.value, read.lines.length)
          await nextTurn()
          if (signal.aborted) throw new NocturneError('cancelled')
          step = planning.next()
        }
        const plan = step.value
        const accountId = session?.accountId ?? null
        const importId = newId()
        dropOld(accountId)
        staged.set(importId, { accountId, plan, at: clock.now() })
        const problems = [
          ...read.problems.map((problem) => ({ ...problem, field: null })),
          ...plan.problems,
        ].toSorted((one, other) => one.line - other.line)
        return {
          importId,
          encoding: read.encoding,
          separator: read.separator,
          columns: read.columns.map((column) => ({ ...column, sample: [...column.sample] })),
          rows: read.rows,
          adds: plan.planned.length,
          problems: problems.slice(0, mostShown),
          problemsTotal: problems.length,
          warnings: plan.warnings.slice(0, mostShown),
          warningsTotal: plan.warnings.length,
          sample: plan.planned.slice(0, sampleSize).map((one) => ({
            line: one.line,
            code: one.code ?? '',
            name: one.name,
            phone: one.phones[0] ?? '',
            email: one.emails[0] ?? '',
            address: [one.address?.lines, one.address?.city].filter(Boolean).join(', '),
            serial: one.onu?.serial ?? '',
          })),
        }
      },
      'subscribers.imports': () => ({
        imports: imports.all(mostListed).map(({ accountId, ...one }) => ({
          ...one,
          by: accountId === null ? null : deps.nameOfAccount(accountId),
          builtUpon: one.undoneAt === null ? (builtUpon.get(one.id)?.count ?? 0) : 0,
        })),
      }),
    },

    commands: {
      'subscribers.applyImport': ({ importId }, { session }) => {
        const accountId = session?.accountId ?? null
        const found = staged.get(importId)
        // SECURITY: what one account looked at, no other carries out.
        if (found?.accountId !== accountId || clock.now() - found.at >= keptMs) {
          throw new NocturneError('not-found', { what: 'import' })
        }
        return {
          apply: (tx) => {
            const at = clock.now()
            const { rules } = deps
            applyImport(tx, found.plan, { importId, at, by: accountId, newId, rules })
            const added = found.plan.planned.length
            tx.change({
              entity: 'subscriber-import',
              entityId: importId,
              kind: 'created',
              version: 1,
              data: { added },
            })
            return { added }
          },
          after: () => {
            staged.delete(importId)
            deps.changed()
          },
        }
      },
      'subscribers.undoImport': ({ importId }) => ({
        apply: (tx) => {
          const found = tx.get<{ undoneAt: number | null }>(
            `SELECT undone_at AS undoneAt FROM subscriber_import WHERE id = ?`,
            importId,
          )
          if (found?.undoneAt !== null) throw new NocturneError('not-found', { what: 'import' })
          const removed = undoImport(tx, importId, clock.now())
          tx.change({
            entity: 'subscriber-import',
            entityId: importId,
            kind: 'deleted',
            version: 2,
            data: { removed },
          })
          return { removed }
        },
        after: deps.changed,
      }),
    },
  }
}

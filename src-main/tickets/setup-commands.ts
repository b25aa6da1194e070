import { isPriorityRule } from '../../src-shared/domain/ticket-state.ts'
import { ticketsAccess } from '../../src-shared/contract/tickets-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { SqlValue } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'
import { calendarProblem } from './business-calendar.ts'
import type { TicketDesk } from './desk.ts'
import { ticketSettings } from './desk.ts'
import type { TicketsDependencies } from './ports.ts'
import { beginRound, behindRound, termsAtOnce } from './rounds.ts'
import { checkTemplate } from './templates.ts'
import { nameKeyOf } from './words.ts'

export type SetupCommand =
  | 'tickets.configure'
  | 'tickets.saveQueue'
  | 'tickets.saveCalendar'
  | 'tickets.saveSla'
  | 'tickets.saveTemplate'
  | 'tickets.removeTemplate'
  | 'tickets.saveView'
  | 'tickets.removeView'

type Table = 'ticket_queue' | 'ticket_calendar' | 'ticket_sla' | 'ticket_template' | 'ticket_view'

const entityOf = (table: Table): string => table.replaceAll('_', '-')

/** Queues, calendars, promises, templates, views: how tickets are worked at. */
export const createSetupCommands = (
  deps: Pick<TicketsDependencies, 'clock' | 'newId'> & {
    readonly desk: TicketDesk
    readonly changed: () => void
  },
): CommandHandlers<SetupCommand> => {
  const { clock, desk, newId } = deps
  const by = ({ session }: CallContext): string | null => session?.accountId ?? null

  /** Errors: `not-found`, `conflict`. */
  const versionAt = (tx: Transaction, table: Table, id: string, baseVersion: number): void => {
    const found = tx.get<{ version: number }>(`SELECT version FROM ${table} WHERE id = ?`, id)
    if (found === undefined) throw new NocturneError('not-found', { what: entityOf(table) })
    if (found.version !== baseVersion) {
      throw new NocturneError('conflict', { what: entityOf(table), version: found.version })
    }
  }

  /** One row by its id; a new one where there was none. Errors: also `ticket-name-taken`. */
  const save = (
    tx: Transaction,
    table: Table,
    input: { readonly id: string | null; readonly baseVersion: number; readonly name: string },
    made: string,
    columns: Readonly<Record<string, SqlValue>>,
  ): { id: string; version: number } => {
    const id = input.id ?? made
    if (input.id === null) {
      if (input.baseVersion !== 0) throw new NocturneError('conflict', { what: entityOf(table) })
    } else versionAt(tx, table, id, input.baseVersion)
    if ('name_key' in columns) {
      const taken = tx.get(
        `SELECT 1 FROM ${table} WHERE name_key = ? AND id <> ?`,
        columns['name_key'] ?? null,
        id,
      )
      if (taken !== undefined) throw new NocturneError('ticket-name-taken', { name: input.name })
    }
    const version = input.baseVersion + 1
    const all = { id, version, name: input.name, ...columns }
    const names = Object.keys(all)
    tx.run(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})
        ON CONFLICT (id) DO UPDATE SET ${names.map((one) => `${one} = excluded.${one}`).join(', ')}`,
      ...Object.values(all),
    )
    const kind = input.id === null ? 'created' : 'updated'
    tx.change({
      entity: entityOf(table),
      entityId: id,
      kind,
      version,
      data: { name: input.name },
    })
    return { id, version }
  }

  const remove = (tx: Transaction, table: Table, id: string): void => {
    const { version } = tx.get<{ version: number }>(
      `DELETE FROM ${table} WHERE id = ? RETURNING version`,
      id,
    )!
    tx.change({ entity: entityOf(table), entityId: id, kind: 'deleted', version: version + 1 })
  }

  /**
   * What is promised has changed: those that are worked at are held against it from now on. The first
   * few at once; the worker goes on with the others, so that no save holds the store for long.
   */
  const giveTermsAnew = (tx: Transaction, context: CallContext): void => {
    beginRound(tx, clock.now(), by(context))
    desk.catchUpSome(tx, behindRound(tx, termsAtOnce))
  }

  const refuseShared = (context: CallContext, shared: boolean): void => {
    if (shared && context.session?.permissions.has(ticketsAccess.manage) !== true) {
      throw new NocturneError('permission-denied')
    }
  }
  const viewOf = (tx: Transaction, id: string): { accountId: string; shared: 0 | 1 } => {
    const found = tx.get<{ accountId: string; shared: 0 | 1 }>(
      `SELECT account_id AS accountId, shared FROM ticket_view WHERE id = ?`,
      id,
    )
    if (found === undefined) throw new NocturneError('not-found', { what: 'ticket-view' })
    return found
  }
  /** SECURITY: another's own view is not there for me; one for everybody is the managers'. */
  const refuseView = (tx: Transaction, context: CallContext, id: string): void => {
    const view = viewOf(tx, id)
    if (view.shared === 1) refuseShared(context, true)
    else if (view.accountId !== by(context)) {
      throw new NocturneError('not-found', { what: 'ticket-view' })
    }
  }

  return {
    'tickets.configure': (input) => {
      const { prefix, closeAfterDays, p1From, p2From, p3From, baseVersion } = input
      if (!isPriorityRule({ P1: p1From, P2: p2From, P3: p3From })) {
        throw new NocturneError('invalid-input', { field: 'p1From', rule: 'order' })
      }
      return {
        apply: (tx) => {
          const before = ticketSettings(tx)
          if (before.version !== baseVersion) {
            throw new NocturneError('conflict', {
              what: 'ticket-settings',
              version: before.version,
            })
          }
          const version = baseVersion + 1
          tx.run(
            `UPDATE ticket_settings SET version = ?, prefix = ?, close_after_days = ?, p1_from = ?,
              p2_from = ?, p3_from = ? WHERE id = 1`,
            version,
            prefix,
            closeAfterDays,
            p1From,
            p2From,
            p3From,
          )
          tx.change({
            entity: 'ticket-settings',
            entityId: '1',
            kind: 'updated',
            version,
            data: { prefix, closeAfterDays, p1From, p2From, p3From },
          })
          return { version }
        },
        after: deps.changed,
      }
    },

    'tickets.saveQueue': (input) => {
      const made = newId()
      const columns = {
        name_key: nameKeyOf(input.name),
        active: input.active ? 1 : 0,
        position: input.position,
      }
      return {
        apply: (tx) => save(tx, 'ticket_queue', input, made, columns),
        after: deps.changed,
      }
    },

    'tickets.saveCalendar': (input, context) => {
      const made = newId()
      const { timeZone, week, holidays } = input
      const problem = calendarProblem({ timeZone, week, holidays: holidays.map(({ on }) => on) })
      if (problem !== null) throw new NocturneError('ticket-calendar', { problem })
      return {
        apply: (tx) => {
          const saved = save(tx, 'ticket_calendar', input, made, {
            name_key: nameKeyOf(input.name),
            time_zone: timeZone,
            week: JSON.stringify(week),
          })
          tx.run(`DELETE FROM ticket_holiday WHERE calendar_id = ?`, saved.id)
          for (const { on, name } of holidays) {
            tx.run(
              `INSERT INTO ticket_holiday (calendar_id, on_day, name) VALUES (?, ?, ?)`,
              saved.id,
              on,
              name,
            )
          }
          // A new one is nobody's yet.
          if (input.id !== null) giveTermsAnew(tx, context)
          return saved
        },
        after: deps.changed,
      }
    },

    'tickets.saveSla': (input, context) => {
      const made = newId()
      const { escalateAfterMin } = input
      if (escalateAfterMin.some((one, at) => at > 0 && one <= escalateAfterMin[at - 1]!)) {
        throw new NocturneError('invalid-input', { field: 'escalateAfterMin', rule: 'order' })
      }
      return {
        apply: (tx) => {
          const calendar = tx.get(`SELECT 1 FROM ticket_calendar WHERE id = ?`, input.calendarId)
          if (calendar === undefined) {
            throw new NocturneError('not-found', { what: 'ticket-calendar' })
          }
          for (const queueId of input.queues) {
            if (tx.get(`SELECT 1 FROM ticket_queue WHERE id = ?`, queueId) === undefined) {
              throw new NocturneError('not-found', { what: 'ticket-queue' })
            }
          }
          const saved = save(tx, 'ticket_sla', input, made, {
            name_key: nameKeyOf(input.name),
            active: input.active ? 1 : 0,
            position: input.position,
            calendar_id: input.calendarId,
            first_response_min: input.firstResponseMin,
            update_min: input.updateMin,
            solution_min: input.solutionMin,
            escalate_after_min: JSON.stringify(escalateAfterMin),
            priorities: JSON.stringify(input.priorities),
            queues: JSON.stringify(input.queues),
          })
          giveTermsAnew(tx, context)
          return saved
        },
        after: deps.changed,
      }
    },

    'tickets.saveTemplate': (input) => {
      const made = newId()
      const { name, bodyEn, bodyId } = input
      checkTemplate(bodyEn, bodyId)
      return {
        apply: (tx) =>
          save(tx, 'ticket_template', input, made, {
            name_key: nameKeyOf(name),
            body_en: bodyEn,
            body_id: bodyId,
          }),
        after: deps.changed,
      }
    },

    'tickets.removeTemplate': ({ id, baseVersion }) => ({
      apply: (tx) => {
        versionAt(tx, 'ticket_template', id, baseVersion)
        remove(tx, 'ticket_template', id)
        return {}
      },
      after: deps.changed,
    }),

    'tickets.saveView': (input, context) => {
      const made = newId()
      return {
        apply: (tx) => {
          refuseShared(context, input.shared)
          if (input.id !== null) refuseView(tx, context, input.id)
          return save(tx, 'ticket_view', input, made, {
            account_id: input.id === null ? by(context) : viewOf(tx, input.id).accountId,
            shared: input.shared ? 1 : 0,
            view: JSON.stringify(input.view),
          })
        },
        after: deps.changed,
      }
    },

    'tickets.removeView': ({ id }, context) => ({
      apply: (tx) => {
        refuseView(tx, context, id)
        remove(tx, 'ticket_view', id)
        return {}
      },
      after: deps.changed,
    }),
  }
}

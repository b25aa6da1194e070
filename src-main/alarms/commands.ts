import type { Input } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers, CommandPlan, SessionInfo } from '../engine/handlers.ts'
import { alarmsWithin, filterWithin } from './belongs.ts'
import {
  acknowledge,
  assign,
  setTicket,
  shelve,
  takeNote,
  unacknowledge,
  unshelve,
  type Act,
} from './book/acts.ts'
import type { Alarm, Person } from './book/alarm.ts'
import { matcherOf } from './book/list.ts'
import type { Register } from './book/register.ts'
import type { NewEntry } from './book/timeline.ts'
import type { HistoryList } from './history-list.ts'
import { putAlarm, putEntry, type AlarmReads } from './tables.ts'

export type AlarmCommand =
  | 'alarms.acknowledge'
  | 'alarms.unacknowledge'
  | 'alarms.note'
  | 'alarms.shelve'
  | 'alarms.unshelve'
  | 'alarms.assign'
  | 'alarms.setTicket'

type Which = Input<'alarms.acknowledge'>['which']
type Caller = Pick<CallContext, 'session' | 'reach'>

/** A filter may stand for so many rows at once: what a person can mean by one word. */
const mostAtOnce = 20_000

/** A shelf is no place to forget something: a year is "never" in a network (ISA-18.2). */
const longestShelfMs = 90 * 86_400_000

export const createAlarmCommands = (deps: {
  readonly clock: Clock
  readonly register: Register
  readonly reads: AlarmReads
  readonly history: HistoryList
  readonly nameOfAccount: (accountId: string) => string | null
  readonly personOf: (session: SessionInfo | null) => Person
  /** What people said has been taken. */
  readonly onActed: () => void
}): CommandHandlers<AlarmCommand> => {
  const { clock, register } = deps

  /**
   * Throws 'not-found' for an id that never was, 'conflict' where a filter finds another number of
   * those that the caller reaches.
   */
  const targets = (which: Which, { session, reach }: Caller): readonly Alarm[] => {
    if ('ids' in which) {
      return [...new Set(which.ids)].map((id) => {
        const alarm = register.get(id) ?? deps.reads.byId(id)
        if (alarm === undefined) throw new NocturneError('not-found', { what: 'alarm' })
        return alarm
      })
    }
    const { expected } = which
    // SECURITY: what the caller's account does not reach is not found by any filter.
    const filter = filterWithin(reach, which.filter)
    const accountId = session?.accountId ?? null
    const all =
      filter.list === 'history'
        ? deps.history.page(
            filter,
            accountId,
            { column: 'raisedAt', descending: true },
            0,
            mostAtOnce,
          ).alarms
        : register.all().filter(matcherOf(filter, accountId))
    const found = alarmsWithin(reach, all)
    if (found.length !== expected) {
      throw new NocturneError('conflict', { what: 'alarms', count: found.length })
    }
    if (found.length > mostAtOnce) {
      throw new NocturneError('invalid-input', { field: 'which', rule: 'too-many' })
    }
    return found
  }

  /** Found, written and taken in one go: nothing of the network comes between. */
  const planOf = (which: Which, caller: Caller, act: Act): CommandPlan<{ acted: number }> => {
    let taken: readonly Alarm[] = []
    return {
      apply: (tx) => {
        taken = targets(which, caller).flatMap((before) => {
          const acted = act(before)
          if (acted === null) return []
          const alarm = register.next(acted.alarm)
          putAlarm(tx, alarm)
          const entries: NewEntry[] = [acted.entry]
          if (before.closedAt === null && alarm.closedAt !== null) {
            entries.push({ alarmId: alarm.id, at: alarm.closedAt, kind: 'closed' })
          }
          for (const entry of entries) putEntry(tx, register.entry(entry))
          tx.change({
            entity: 'alarm',
            entityId: alarm.id,
            kind: 'updated',
            version: alarm.version,
            data: { said: acted.entry.kind, text: acted.entry.text ?? null },
          })
          return [alarm]
        })
        return { acted: taken.length }
      },
      after: () => {
        for (const alarm of taken) register.take(alarm)
        deps.onActed()
      },
    }
  }

  const actorOf = ({ session }: Caller) => ({
    by: deps.personOf(session),
    at: clock.now(),
  })

  const inFuture = (until: number | null): void => {
    if (until !== null && !(until > clock.now())) {
      throw new NocturneError('invalid-input', { field: 'until', rule: 'past' })
    }
  }

  return {
    'alarms.acknowledge': ({ which, ...word }, context) => {
      inFuture(word.until)
      return planOf(which, context, acknowledge(actorOf(context), word))
    },
    'alarms.unacknowledge': ({ which }, context) =>
      planOf(which, context, unacknowledge(actorOf(context))),
    'alarms.note': ({ which, note }, context) =>
      planOf(which, context, takeNote(actorOf(context), note)),
    'alarms.shelve': ({ which, reason, until }, context) => {
      inFuture(until)
      if (until > clock.now() + longestShelfMs) {
        throw new NocturneError('invalid-input', { field: 'until', rule: 'too-far' })
      }
      return planOf(which, context, shelve(actorOf(context), { reason, until }))
    },
    'alarms.unshelve': ({ which }, context) => planOf(which, context, unshelve(actorOf(context))),
    'alarms.assign': ({ which, accountId }, context) => {
      const name = accountId === null ? null : deps.nameOfAccount(accountId)
      if (accountId !== null && name === null) {
        throw new NocturneError('not-found', { what: 'account' })
      }
      const assignee = accountId === null || name === null ? null : { accountId, name }
      return planOf(which, context, assign(actorOf(context), assignee))
    },
    'alarms.setTicket': ({ which, ticket }, context) =>
      planOf(which, context, setTicket(actorOf(context), ticket)),
  }
}

import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, CommandPlan } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import { addEntry, type OperatorState, type TimelineEntry } from './outage.ts'
import { putCorrection, putStored, type OutageReads, type StoredOutage } from './tables.ts'

export type OutagesCommand =
  | 'outages.correct'
  | 'outages.acknowledge'
  | 'outages.assign'
  | 'outages.note'
  | 'outages.setTicket'

type Entry = Pick<TimelineEntry, 'kind'> & Partial<Pick<TimelineEntry, 'text' | 'params'>>

/** What a person says of an outage. It never touches what was measured. */
export const createOutagesCommands = (deps: {
  readonly now: () => number
  readonly reads: OutageReads
  readonly nameOf: (accountId: string) => string | null
  /** As it is in memory, while it is open; null: it lies in the store alone. */
  readonly live: (id: string) => StoredOutage | null
  /** The store has it: memory follows. */
  readonly said: (id: string, operator: OperatorState, timeline: readonly TimelineEntry[]) => void
}): CommandHandlers<OutagesCommand> => {
  const say = (
    id: string,
    context: CallContext,
    change: (
      operator: OperatorState,
      by: { accountId: string | null; name: string },
    ) => {
      readonly operator: OperatorState
      readonly entry: Entry
    },
    also: (tx: Transaction, stored: StoredOutage, at: number) => void = () => undefined,
  ): CommandPlan<Record<string, never>> => {
    const by = {
      accountId: context.session?.accountId ?? null,
      name: context.session?.name ?? '',
    }
    let outcome: { operator: OperatorState; timeline: TimelineEntry[] } | null = null
    return {
      apply: (tx) => {
        const stored = deps.live(id) ?? deps.reads.one(id)
        if (stored === null) throw new NocturneError('not-found', { what: 'outage' })
        const { row, detail } = stored
        const at = deps.now()
        const { operator, entry } = change(row, by)
        const timeline = [...detail.timeline]
        addEntry(timeline, at, entry.kind, {
          by: by.name,
          text: entry.text ?? null,
          params: entry.params ?? {},
        })
        also(tx, stored, at)
        const { corrected, acknowledged, owner, ticket } = operator
        const version = row.version + 1
        putStored(tx, {
          row: { ...row, version, changedAt: at, corrected, acknowledged, owner, ticket },
          detail: { ...detail, timeline },
        })
        tx.change({ entity: 'outage', entityId: id, kind: 'updated', version, data: { entry } })
        outcome = { operator: { corrected, acknowledged, owner, ticket }, timeline }
        return {}
      },
      after: () => {
        if (outcome !== null) deps.said(id, outcome.operator, outcome.timeline)
      },
    }
  }

  return {
    'outages.correct': ({ id, verdict, note }, context) =>
      say(
        id,
        context,
        (operator, by) => ({
          operator: {
            ...operator,
            corrected: verdict === null ? null : { verdict, by, at: deps.now(), note },
          },
          entry: { kind: 'corrected', text: note === '' ? null : note, params: { verdict } },
        }),
        (tx, stored, at) =>
          putCorrection(tx, stored, {
            outageId: id,
            at,
            accountId: context.session?.accountId ?? null,
            said: verdict,
            note,
          }),
      ),
    'outages.acknowledge': ({ id, acknowledged }, context) =>
      say(id, context, (operator, by) => ({
        operator: { ...operator, acknowledged: acknowledged ? { by, at: deps.now() } : null },
        entry: { kind: 'acknowledged', params: { acknowledged } },
      })),
    'outages.assign': ({ id, accountId }, context) => {
      const name = accountId === null ? null : deps.nameOf(accountId)
      if (accountId !== null && name === null) {
        throw new NocturneError('not-found', { what: 'account' })
      }
      return say(id, context, (operator) => ({
        operator: { ...operator, owner: name === null ? null : { accountId, name } },
        entry: { kind: 'assigned', params: { name } },
      }))
    },
    'outages.note': ({ id, note }, context) =>
      say(id, context, (operator) => ({ operator, entry: { kind: 'noted', text: note } })),
    'outages.setTicket': ({ id, ticket }, context) =>
      say(id, context, (operator) => ({
        operator: { ...operator, ticket },
        entry: { kind: 'ticket', params: { ticket } },
      })),
  }
}

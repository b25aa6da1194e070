import type { ReconciliationSummary } from '../../../src-shared/contract/billing-reconciliation.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Clock } from '../../engine/clock.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { isEverything, type Reach } from '../../engine/reach.ts'
import type { Transaction } from '../../store/write-path.ts'
import { compareFindings, fitsFinding, shownFinding } from './finding-list.ts'
import {
  lookAround,
  stakesOf,
  sumsByKind,
  type Look,
  type LookDependencies,
  type MadeFinding,
} from './look.ts'
import {
  dropIgnored,
  ignoredOn,
  latestLook,
  putIgnored,
  putLook,
  type Ignored,
} from './reconciliation-tables.ts'
import { createSlices, sortInSlices } from '../slices.ts'

export type ReconciliationQuery = 'billing.reconciliation' | 'billing.findings'
export type ReconciliationCommand =
  | 'billing.reconcile'
  | 'billing.ignoreFindings'
  | 'billing.heedFindings'

export interface ReconciliationDependencies extends LookDependencies {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly newId: () => string
  readonly today: () => CalendarDate
  readonly nameOfAccount: (accountId: string) => string | null
  readonly nextTurn: () => Promise<void>
  readonly changed: () => void
}

interface KeptLook extends Look {
  readonly id: string
  /** Whose it is, and how far he reached then. */
  readonly owner: string
  readonly reach: string
  /** The latest order that was asked for: pages of it are cut from one list. */
  sorted: { readonly by: string; readonly findings: readonly MadeFinding[] } | null
}

/** Looks of so many accounts are at hand; they are made again in seconds. */
const keptLooks = 4

const ownerOf = ({ session }: CallContext): string => session?.accountId ?? ''
const reachKey = (reach: Reach): string =>
  `${reach.kind} ${reach.olts === null ? '*' : [...reach.olts].toSorted().join(' ')}`

export const createReconciliation = (
  deps: ReconciliationDependencies,
): {
  readonly queries: QueryHandlers<ReconciliationQuery>
  readonly commands: CommandHandlers<ReconciliationCommand>
} => {
  const { clock, reads, today } = deps
  let kept: readonly KeptLook[] = []

  const mine = (context: CallContext): KeptLook | null =>
    kept.find(
      ({ owner, reach }) => owner === ownerOf(context) && reach === reachKey(context.reach),
    ) ?? null
  const lookOf = (lookId: string, context: CallContext): KeptLook => {
    const look = mine(context)
    // SECURITY: a look is its maker's, and only as long as he reaches what he reached then.
    if (look === null || look.id !== lookId)
      throw new NocturneError('not-found', { what: 'reconciliation' })
    return look
  }
  const summaryOf = (
    { findings, summary }: Look,
    ignored: ReadonlyMap<string, Ignored>,
  ): ReconciliationSummary => {
    const open = findings.filter(({ key }) => !ignored.has(key))
    return {
      ...summary,
      kinds: sumsByKind(open),
      stakes: stakesOf(open),
      ignored: findings.length - open.length,
    }
  }
  const chosenOf = (lookId: string, keys: readonly string[], context: CallContext) => {
    const look = lookOf(lookId, context)
    const asked = new Set(keys)
    const found = look.findings.filter(({ key }) => asked.has(key))
    if (found.length !== asked.size) throw new NocturneError('not-found', { what: 'finding' })
    return { look, found }
  }
  const slicesOf = (signal: AbortSignal) =>
    createSlices({ monotonic: clock.monotonic, nextTurn: deps.nextTurn, signal })

  return {
    queries: {
      'billing.reconciliation': (_, context) => {
        const look = mine(context)
        const on = today()
        return {
          today: on,
          lookId: look?.id ?? null,
          summary:
            look !== null
              ? summaryOf(look, ignoredOn(reads, on))
              : // SECURITY: sums of the whole workspace are for who reaches all of it.
                isEverything(context.reach)
                ? latestLook(reads)
                : null,
        }
      },
      'billing.findings': async (input, context) => {
        const look = lookOf(input.lookId, context)
        const { sort, descending, offset, limit } = input
        const by = `${sort} ${descending}`
        const slices = slicesOf(context.signal)
        if (look.sorted?.by !== by) {
          const compare = compareFindings(sort, descending)
          look.sorted = { by, findings: await sortInSlices(look.findings, compare, slices) }
        }
        const ignored = ignoredOn(reads, today())
        const fitting: MadeFinding[] = []
        for (const finding of look.sorted.findings) {
          if (fitsFinding(finding, input, ignored)) fitting.push(finding)
          await slices.breathe()
        }
        return {
          total: fitting.length,
          sums: stakesOf(fitting),
          findings: fitting
            .slice(offset, offset + limit)
            .map((finding) => shownFinding(finding, ignored, deps.nameOfAccount)),
        }
      },
    },
    commands: {
      'billing.reconcile': async ({ taskId }, context) => {
        const look = await lookAround(deps, {
          reach: context.reach,
          at: clock.now(),
          monotonic: clock.monotonic,
          nextTurn: deps.nextTurn,
          signal: context.signal,
          progress: (done, total) => context.progress(taskId, 'services', done, total),
        })
        const id = deps.newId()
        const [owner, reach] = [ownerOf(context), reachKey(context.reach)]
        return {
          apply: (tx) => {
            if (isEverything(context.reach)) {
              putLook(tx, summaryOf(look, ignoredOn(tx, today())))
            }
            return { lookId: id, findings: look.findings.length }
          },
          after: () => {
            kept = [
              { ...look, id, owner, reach, sorted: null },
              ...kept.filter((other) => other.owner !== owner),
            ].slice(0, keptLooks)
            deps.changed()
          },
        }
      },
      'billing.ignoreFindings': ({ lookId, keys, reason, untilOn }, context) => {
        const { found } = chosenOf(lookId, keys, context)
        return {
          apply: (tx) => {
            const on = today()
            if (untilOn !== null && untilOn < on)
              throw new NocturneError('day-too-early', { on: untilOn, first: on })
            for (const { key, kind } of found) {
              putIgnored(tx, {
                key,
                kind,
                reason,
                untilOn,
                at: clock.now(),
                by: context.session?.accountId ?? null,
              })
              tx.change({
                entity: 'reconciliation-finding',
                entityId: key,
                kind: 'created',
                version: 1,
                data: { kind, untilOn },
              })
            }
            tx.about({ reason })
            tellOf(tx, found)
            return { ignored: found.length }
          },
          after: deps.changed,
        }
      },
      'billing.heedFindings': ({ lookId, keys }, context) => {
        const { found } = chosenOf(lookId, keys, context)
        return {
          apply: (tx) => {
            for (const { key, kind } of found) {
              dropIgnored(tx, key)
              tx.change({
                entity: 'reconciliation-finding',
                entityId: key,
                kind: 'deleted',
                version: 1,
                data: { kind },
              })
            }
            tellOf(tx, found)
            return {}
          },
          after: deps.changed,
        }
      },
    },
  }
}

/** One act about some findings: about whom, where it is one. */
const tellOf = (tx: Transaction, found: readonly MadeFinding[]): void => {
  const [one] = found
  if (one === undefined || found.length > 1 || one.subscriber === null) return
  tx.about({ subjectId: one.subscriber.id, objectKind: 'subscriber', objectId: one.subscriber.id })
}

import { setImmediate as turn } from 'node:timers/promises'
import type { OltSnapshot, SnapshotRequest } from '../../history/snapshot.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createLiveState, type LiveState } from '../live-state.ts'
import { createOltRecords, type OltRecords } from '../olt-records.ts'
import { onuRowOf } from '../onu-rows.ts'
import { createRowOrders } from '../row-orders.ts'
import type { NetworkState } from '../state-answers.ts'
import type { TextOrders } from '../text-orders.ts'
import { createViews, type Views } from '../views.ts'
import { oltNow } from './olt-now.ts'
import { putPastOnus } from './past-olt.ts'
import { oldestStateOf, putPastStatus, wasThere } from './past-record.ts'
import { createPastTexts } from './past-texts.ts'

/** The network as it was at a moment, for the same questions as the network of now. */
export interface PastMoment extends NetworkState {
  readonly views: Views
  readonly onus: number
  /** ONUs of which nothing was known at the moment. */
  readonly unknown: number
}

/** The part of the history that a moment is put together from. */
export interface PastReader {
  readonly snapshot: (request: SnapshotRequest) => Promise<OltSnapshot>
  /** Since when there are readings, wall ms; null: there are none. */
  readonly readingsFrom: () => Promise<number | null>
}

/** OLTs that are done, of all. */
export type TellPast = (done: number, total: number) => void

/**
 * OLT by OLT, in slices: calls and answers come in between. Errors: `before-history` with
 * `oldestAt`, `history-unavailable`, `cancelled`.
 */
export const buildPastMoment = async (
  now: { readonly live: LiveState; readonly records: OltRecords; readonly texts: TextOrders },
  reader: PastReader,
  at: number,
  signal: AbortSignal,
  tell: TellPast,
): Promise<PastMoment> => {
  const refuseCancelled = (): void => {
    if (signal.aborted) throw new NocturneError('cancelled')
  }
  const oldestAt = await reader.readingsFrom()
  if (oldestAt === null || at < oldestAt) throw new NocturneError('before-history', { oldestAt })
  const live = createLiveState()
  const records = createOltRecords(live)
  const all = now.records.all().slice()
  let unknown = 0
  tell(0, all.length)
  for (const [done, record] of all.entries()) {
    refuseCancelled()
    const oltThen = oltNow(now.live, record.live, at)
    const { settled } = oltThen
    const snapshot = await reader.snapshot({ oltId: record.row.id, at, settled })
    refuseCancelled()
    if (wasThere(record.row, snapshot, at)) {
      const past = records.add({ ...record.row, deletedAt: null }, record.simulated)
      putPastStatus(past, snapshot, record, at)
      const oldestState = oldestStateOf(record.row, snapshot, at)
      const { live: olt } = past
      const work = putPastOnus({ live, olt, snapshot, now: oltThen, oldestState })
      let step = work.next()
      while (step.done !== true) {
        await turn()
        refuseCancelled()
        step = work.next()
      }
      unknown += step.value
      olt.reachable = past.status.reachability !== 'unreachable'
      olt.unknownSince = unknownSince(snapshot, oldestState)
    }
    tell(done + 1, all.length)
  }
  const texts = createPastTexts(live, now)
  const orders = createRowOrders(live, texts, records.namesRevision)
  const rowOf = (row: number) => onuRowOf(live, records.nameOf, row)
  const views = createViews({
    live,
    orders,
    listed: records.listed,
    namesRevision: records.namesRevision,
    rowOf,
    // The past does not move: its views are never announced.
    emit: () => undefined,
  })
  return { live, records, rowOf, at: () => at, views, onus: live.table.used, unknown }
}

/** Of its ONUs that are unknown: since the way to it was lost, or since readings ended. */
const unknownSince = (snapshot: OltSnapshot, oldestState: number): number => {
  const { lostAt, statesAt, usualMs } = snapshot
  if (lostAt !== null && (statesAt === null || lostAt >= statesAt)) return lostAt
  return statesAt !== null && statesAt < oldestState ? statesAt + usualMs : Number.NaN
}

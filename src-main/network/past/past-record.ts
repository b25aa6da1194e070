import type { OltSnapshot } from '../../history/snapshot.ts'
import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OltRecord } from '../olt-records.ts'
import type { OltRow, Quiet } from '../tables.ts'

/** An OLT as it stood at a past moment: what the history says of it, and what it is called now. */

/** So many intervals without a reading: nothing is known any more. */
const intervalsKnown = 3

/** States read before this (wall ms) count as unknown: it was asked that often, then and there. */
export const oldestStateOf = (row: OltRow, { usualMs }: OltSnapshot, at: number): number =>
  at - intervalsKnown * Math.max(row.intervals.statusS * 1000, usualMs)

/** False: it was added later, removed before, or the history and the store know nothing of it then. */
export const wasThere = (row: OltRow, { firstAt }: OltSnapshot, at: number): boolean => {
  if (row.deletedAt !== null && row.deletedAt <= at) return false
  return (firstAt !== null && firstAt <= at) || addedAt(row.id) <= at
}

/** Ids are UUIDs of version 7: they begin with the time (RFC 9562, section 5.7). */
const addedAt = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** Fills the status of a fresh record. */
export const putPastStatus = (
  { row, status }: OltRecord,
  snapshot: OltSnapshot,
  now: OltRecord,
  at: number,
): void => {
  const { lostAt, foundAt, answeredAt, statesAt } = snapshot
  const oldest = oldestStateOf(row, snapshot, at)
  const isLost =
    lostAt !== null && !(foundAt !== null && foundAt > lostAt) && !((answeredAt ?? 0) > lostAt)
  const lastSign = Math.max(answeredAt ?? 0, foundAt ?? 0)
  status.familyId = now.status.familyId
  status.familyLabel = now.status.familyLabel
  status.recognisedBy = now.status.recognisedBy
  const { uptimeS } = snapshot.olt
  status.system =
    now.status.system === null
      ? null
      : { ...now.status.system, uptimeS: Number.isNaN(uptimeS) ? null : uptimeS }
  status.lastAnswerAt = answeredAt
  status.answerMs = Number.isNaN(snapshot.olt.answerMs) ? null : snapshot.olt.answerMs
  status.ages.status = statesAt
  status.ages.optics = snapshot.opticsAt
  status.ages.counters = snapshot.countersAt
  status.opticsPolled = now.status.opticsPolled
  status.quiet = quietThen(now.row.quiet, at)
  status.notOffered = now.status.notOffered
  status.unproven = now.status.unproven
  status.boardFields = now.status.boardFields
  status.ponPortFields = now.status.ponPortFields
  const tx = new Map(
    Array.from(snapshot.pons.addresses, (address, index) => [address, snapshot.pons.txDbm[index]!]),
  )
  // What the ports are called does not change; of what they said then, the history keeps the power.
  status.ponPorts = now.status.ponPorts.map((port) => {
    const txDbm = tx.get(packOnuAddress({ ...port, onuId: 0 })) ?? Number.NaN
    return {
      ...port,
      state: 'unknown' as const,
      txDbm: Number.isNaN(txDbm) ? null : txDbm,
      temperatureC: null,
      voltageV: null,
      biasMa: null,
    }
  })
  if (isLost) {
    status.reachability = 'unreachable'
    status.since = lostAt
  } else if (lastSign >= oldest) {
    status.reachability = 'reachable'
    status.since = foundAt ?? snapshot.firstAt
  } else {
    // The console was closed, or left it alone: nothing says how it was.
    status.reachability = now.status.reachability === 'unrecognised' ? 'unrecognised' : 'never'
    status.problem = { code: 'not-read-then', params: { lastAt: answeredAt }, at }
  }
}

const quietThen = (quiet: Quiet | null, at: number): Quiet | null =>
  quiet !== null && quiet.since <= at && (quiet.until === null || quiet.until > at) ? quiet : null

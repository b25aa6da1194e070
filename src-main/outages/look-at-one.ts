import type { Output } from '../../src-shared/contract/index.ts'
import { ponOf } from '../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { LightLookup } from '../engine/capability-ports.ts'
import type { NetworkFacts, OltFacts } from '../engine/network-facts.ts'
import { isGaspCause, isOrderedCause, isOpticalCause, stateAt } from './causes.ts'
import type { GaspMemory } from './gasp-memory.ts'
import type { OnuMemories } from './onu-memory.ts'
import { standingVerdict } from './outage.ts'
import type { OutageBook } from './outage-book.ts'
import { judgeSingle, type SingleOnu } from './single-onu.ts'
import type { OutageThresholds } from './thresholds.ts'

const silent: Output<'outages.onu'> = {
  outageId: null,
  verdict: null,
  confidence: null,
  evidence: [],
}

/** Why one ONU is down: the outage it is part of, else what itself and its neighbours tell. */
export const createSingleLook = (deps: {
  readonly facts: NetworkFacts
  readonly memories: OnuMemories
  readonly gasps: GaspMemory
  readonly light: LightLookup
  readonly limits: OutageThresholds
  readonly book: Pick<OutageBook, 'byNumber'>
  readonly clock: Clock
}): ((oltId: string, address: number) => Output<'outages.onu'>) => {
  const { facts, memories, gasps, limits } = deps
  const { onus } = facts

  const siblingsUp = (olt: OltFacts, address: number): number => {
    let up = 0
    for (let index = 0; index < olt.rows.length; index++) {
      if (ponOf(olt.addresses[index]!) !== ponOf(address)) continue
      if (onus.state(olt.rows[index]!) === stateAt.online) up++
    }
    return up
  }

  const dropOf = (oltId: string, address: number, row: number): number => {
    const known = deps.light(oltId, address)?.dropDb ?? Number.NaN
    const memory = memories.columns()
    const own = (memory.usualRxDbm[row] ?? Number.NaN) - (memory.rxDbm[row] ?? Number.NaN)
    if (Number.isNaN(known)) return own
    return Number.isNaN(own) ? known : Math.max(known, own)
  }

  const causeOf = (row: number): SingleOnu['cause'] => {
    const cause = onus.cause(row)
    if (isGaspCause[cause] === 1) return 'power'
    if (isOrderedCause[cause] === 1) return 'ordered'
    return isOpticalCause[cause] === 1 ? 'optical' : 'other'
  }

  return (oltId, address) => {
    const olt = facts.olt(oltId)
    const row = facts.rowOf(oltId, address)
    if (olt === undefined || row < 0) throw new NocturneError('not-found', { what: 'onu' })
    if (onus.state(row) !== stateAt.offline) return silent
    const number = memories.columns().outage[row] ?? 0
    const outage = number === 0 ? undefined : deps.book.byNumber(number)
    if (outage !== undefined && outage.endedAt === null) {
      const { id, confidence, evidence } = outage
      const standing = standingVerdict(outage)
      return { outageId: id, verdict: standing, confidence, evidence: [...evidence] }
    }
    const { verdict, confidence, evidence } = judgeSingle(
      {
        cause: causeOf(row),
        canGasp: gasps.canGasp(olt.index, onus.model(row)),
        falls: memories.fallsAt(row, deps.clock.now()),
        dropDb: dropOf(oltId, address, row),
        siblingsUp: siblingsUp(olt, address),
      },
      limits,
    )
    return { outageId: null, verdict, confidence, evidence: [...evidence] }
  }
}

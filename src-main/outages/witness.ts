import type { MeasuredOutage, MeasurePorts } from './measured.ts'
import { heldThrough, knownUp } from './onu-memory.ts'

/** Falls of one moment are told seconds apart, ms. */
const sameMomentMs = 10_000

/** It is up, and was not down in the meantime. */
export const isWitness = (
  outage: Pick<MeasuredOutage, 'firstAt'>,
  { facts, memories, notesOf }: MeasurePorts,
  oltId: string,
  row: number,
): boolean =>
  memories.columns().known[row] === knownUp &&
  heldThrough(facts.onus.lastDownAt(row), notesOf(oltId).aheadMs, outage.firstAt - sameMomentMs)

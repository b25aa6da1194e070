import type { LightLookup } from '../engine/capability-ports.ts'
import type { NetworkFacts } from '../engine/network-facts.ts'
import type { GaspMemory } from './gasp-memory.ts'
import type { MemberPart } from './members.ts'
import type { OltNotes } from './olt-notes.ts'
import type { OnuMemories } from './onu-memory.ts'
import type { Places } from './places.ts'
import type { OutageThresholds } from './thresholds.ts'

/** What measuring asks, wherever it is done (measure.ts, measure-places.ts, witness.ts). */
export interface MeasurePorts {
  readonly facts: NetworkFacts
  readonly memories: OnuMemories
  readonly gasps: GaspMemory
  readonly places: Places
  readonly light: LightLookup
  readonly notesOf: (oltId: string) => OltNotes
  readonly limits: OutageThresholds
}

/** What is measured of an outage beside its members. */
export interface MeasuredOutage {
  readonly parts: ReadonlyMap<string, MemberPart>
  readonly firstAt: number
  readonly lastAt: number
  readonly clocked: boolean
  /** When it was seen last that somebody fell, and the last walk since. */
  readonly seenAt: number
  readonly walkedAt: number
}

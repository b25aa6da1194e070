import type { NetworkFacts } from '../engine/network-facts.ts'
import { measureOutage } from './measure.ts'
import type { MeasurePorts } from './measured.ts'
import type { OltNotes } from './olt-notes.ts'
import { addEntry, type Outage } from './outage.ts'
import { judge } from './verdict.ts'

/** More members than this are weighed again less often, and so are those of long ago. */
const massMembers = 20_000
const massEveryMs = 10_000
const dayMs = 86_400_000

/** Gives an outage its verdict, and a better one when more is known. */
export interface Weigher {
  /** True: something of it is different now. */
  readonly weigh: (outage: Outage, at: number) => boolean
  /** Whether it is worth it: members are still gathering, or a reading may tell more. */
  readonly isDue: (outage: Outage, at: number) => 'now' | 'later' | 'never'
}

export const createWeigher = (
  ports: MeasurePorts & {
    readonly askChassis: (oltId: string) => void
    readonly monotonic: () => number
  },
): Weigher => {
  const weighedAt = new Map<string, number>()

  /** Cards, ports and uptime as they are since: the OLT is asked at once, but not time and again. */
  const askOlts = (outage: Outage): void => {
    const now = ports.monotonic()
    for (const oltId of outage.parts.keys()) {
      const olt = ports.facts.olt(oltId)
      if (olt === undefined || olt.reachability !== 'reachable' || olt.quiet !== null) continue
      if (isReadSince(olt, ports.notesOf(oltId), outage)) continue
      const notes = ports.notesOf(oltId)
      if (now - notes.askedAt < ports.limits.chassisEveryS * 1000) continue
      notes.askedAt = now
      ports.askChassis(oltId)
    }
  }

  return {
    isDue: (outage, at) => {
      if (at - outage.trace.lastAt > ports.limits.weighS * 1000) return 'never'
      if (2 * outage.down < outage.affected) return 'never'
      const isMass = outage.affected >= massMembers
      return isMass && at - (weighedAt.get(outage.id) ?? 0) < massEveryMs ? 'later' : 'now'
    },
    weigh: (outage, at) => {
      weighedAt.set(outage.id, at)
      for (const [id, time] of weighedAt) if (at - time > dayMs) weighedAt.delete(id)
      const facts = measureOutage(
        {
          parts: outage.parts,
          firstAt: outage.trace.firstAt,
          lastAt: outage.trace.lastAt,
          clocked: outage.trace.clocked,
          seenAt: outage.seenAt,
          walkedAt: outage.walkedAt,
        },
        ports,
      )
      // Its OLTs are gone: what was said stands.
      if (facts.members === 0) return false
      const judgement = judge(facts, ports.limits)
      askOlts(outage)
      const { node } = facts.plant
      const placed = node === null || facts.plant.placed < 0.5 ? null : ports.places.node(node.id)
      outage.node = placed === null ? null : { id: placed.id, name: placed.name, path: placed.path }
      outage.areas = facts.areas.names
      const isNew =
        judgement.verdict !== outage.verdict || judgement.confidence !== outage.confidence
      outage.facts = facts
      outage.evidence = judgement.evidence
      outage.weighed = judgement.weighed
      outage.verdict = judgement.verdict
      outage.confidence = judgement.confidence
      const isFirst = outage.verdictAt === null
      outage.verdictAt ??= at
      if (isNew || isFirst) {
        addEntry(outage.timeline, at, 'verdict', {
          params: { verdict: judgement.verdict, confidence: judgement.confidence },
        })
      }
      return isNew || isFirst
    },
  }
}

const isReadSince = (
  olt: NonNullable<ReturnType<NetworkFacts['olt']>>,
  notes: OltNotes,
  outage: Outage,
): boolean => (olt.ponPortsAt ?? 0) >= outage.trace.lastAt && notes.uptimeAt >= outage.trace.lastAt

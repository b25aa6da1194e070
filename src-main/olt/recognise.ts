import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import { cleanDeviceText } from './family/device-text.ts'
import type { OltFamily } from './family/load-families.ts'
import type { RecognitionRule } from './family/schema.ts'
import { isPonInterface, readInterfaces, type OltInterface } from './interfaces.ts'
import { encodeOid, parseOid } from './snmp/oid.ts'
import { createWalkPace, type WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import { readSystem, type OltSystem } from './system.ts'

export type Recognition =
  | {
      readonly kind: 'family'
      readonly family: OltFamily
      /** "C320 V2.1", as far as the agent tells. */
      readonly model: string
      readonly certainty: 'proven' | 'unproven'
      /** For people: `sysObjectID 1.3.6.1.4.1.3902.1082.1001.320.2.1 → ZTE C320 V2.1`. */
      readonly reason: string
      readonly system: OltSystem
    }
  | {
      readonly kind: 'unknown'
      /** `no`: it has no PON interface and its maker makes no OLTs that we have heard of. */
      readonly isOlt: 'maybe' | 'no'
      readonly system: OltSystem
      /** What IF-MIB shows: the generic view. */
      readonly interfaces: readonly OltInterface[]
      /** The family of last resort: reads what any device says in the standard MIBs. */
      readonly generic: OltFamily | null
    }

/** Enterprise numbers of makers whose OLTs are known to exist (facts/olt.md 1 to 8). */
const oltMakers: ReadonlySet<number> = new Set([
  637, 2011, 3320, 3709, 3902, 4413, 5504, 5875, 6296, 6321, 7800, 8886, 10072, 11606, 12170, 13464,
  17409, 25355, 34592, 35265, 37950, 41112, 50224, 65268,
])

/**
 * Which family an agent belongs to, by what it says of itself; the most specific rule of all
 * families wins. Errors: those of `readSystem` and `walk`.
 */
export const recognise = async (
  session: SnmpSession,
  families: readonly OltFamily[],
  pace: WalkPace = createWalkPace(),
  signal?: AbortSignal,
): Promise<Recognition> => {
  const system = await readSystem(session, signal)
  const candidates = families
    .flatMap((family) => family.recognise.map((rule) => ({ family, rule })))
    .filter(({ rule }) => fits(rule, system))
    .toSorted((left, right) => specificity(right.rule) - specificity(left.rule))

  for (const { family, rule } of candidates) {
    if (!(await holds(session, rule, signal))) continue
    const reason = `${evidence(rule, system)} → ${family.vendor} ${rule.model}`
    return { kind: 'family', family, model: rule.model, certainty: rule.certainty, reason, system }
  }

  const interfaces = await readInterfaces(session, pace, signal)
  const looksLikeOlt = interfaces.some(isPonInterface) || oltMakers.has(enterpriseOf(system))
  const generic = families.find(({ lastResort }) => lastResort === true) ?? null
  return { kind: 'unknown', isOlt: looksLikeOlt ? 'maybe' : 'no', system, interfaces, generic }
}

/** What a rule asks of the OLT beyond its names. */
const holds = async (
  session: SnmpSession,
  { probe, absent = [] }: RecognitionRule,
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  if (typeof probe === 'string' && !(await hasObjectBelow(session, probe, signal))) return false
  if (typeof probe === 'object' && !(await hasText(session, probe, signal))) return false
  for (const oid of absent) {
    if (await hasObjectBelow(session, oid, signal)) return false
  }
  return true
}

const hasText = async (
  session: SnmpSession,
  probe: { readonly oid: string; readonly text: string },
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  const [value] = await session.get([probe.oid], signal)
  if (value?.kind !== 'octets') return false
  const text = cleanDeviceText(value.value, 0, value.value.length)
  return new RegExp(probe.text, 'u').test(text)
}

/** Whether a device that says this of itself might be of the family: what it has is not asked. */
export const couldBe = (family: OltFamily, system: SystemNames): boolean =>
  family.recognise.some((rule) => fits(rule, system))

type SystemNames = Pick<OltSystem, 'sysObjectId' | 'sysDescr'>

const fits = (rule: RecognitionRule, { sysObjectId, sysDescr }: SystemNames): boolean => {
  if (rule.sysObjectId !== undefined && !isBelow(sysObjectId, rule.sysObjectId)) return false
  if (rule.except?.some((relative) => isBelow(sysObjectId, relative)) === true) return false
  if (rule.sysObjectIdTail !== undefined) {
    if (sysObjectId === null || !sysObjectId.endsWith(`.${rule.sysObjectIdTail}`)) return false
  }
  return rule.sysDescr === undefined || new RegExp(rule.sysDescr, 'u').test(sysDescr ?? '')
}

const isBelow = (oid: string | null, prefix: string): boolean =>
  oid !== null && (oid === prefix || oid.startsWith(`${prefix}.`))

const arcCount = (oid: string | undefined): number => oid?.split('.').length ?? 0

/**
 * Arcs of sysObjectID weigh most; what a device says of itself in words comes before what is found
 * in it. What must be absent adds nothing.
 */
const specificity = (rule: RecognitionRule): number =>
  (arcCount(rule.sysObjectId) + arcCount(rule.sysObjectIdTail)) * 4 +
  (rule.sysDescr === undefined ? 0 : 2) +
  (rule.probe === undefined ? 0 : 1)

/** What the rule went by, for people: the name that decided, and the table that told relatives apart. */
const evidence = (rule: RecognitionRule, system: OltSystem): string => {
  const saysMore = rule.sysDescr !== undefined && arcCount(rule.sysObjectId) < 8
  const name =
    rule.sysObjectId === undefined || saysMore
      ? `sysDescr "${(system.sysDescr ?? '').slice(0, 80)}"`
      : `sysObjectID ${system.sysObjectId ?? ''}`
  if (rule.probe === undefined) return name
  return typeof rule.probe === 'string'
    ? `${name}, with objects under ${rule.probe}`
    : `${name}, ${rule.probe.oid} says ${rule.probe.text}`
}

const hasObjectBelow = async (
  session: SnmpSession,
  oid: string,
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  const prefix = encodeOid(parseOid(oid))
  const { buffer, count, spans } = await session
    .getBulk([prefix], 0, 1, { signal })
    .catch((error: unknown) => {
      // It has said who it is, so it was there a moment ago.
      const isSilent = isNocturneError(error) && error.code === 'timeout'
      if (!isSilent) throw error
      throw new NocturneError('olt-no-answer', { host: session.host, port: session.port })
    })
  const [start = 0, end = 0] = spans
  return (
    count > 0 && end - start > prefix.length && buffer.subarray(start, end).indexOf(prefix) === 0
  )
}

const enterpriseOf = ({ sysObjectId }: OltSystem): number => {
  const match = /^1\.3\.6\.1\.4\.1\.(\d+)/u.exec(sysObjectId ?? '')
  return match === null ? Number.NaN : Number(match[1])
}

import { formatPon, ponOf, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { isNocturneError, type ErrorCode, type ErrorParams } from '../../src-shared/errors.ts'
import { openOlt } from './driver.ts'
import type { OltFamily } from './family/load-families.ts'
import type { OltInterface } from './interfaces.ts'
import type { OltProblem } from './onu-readings.ts'
import { recognise } from './recognise.ts'
import { createWalkPace } from './snmp/pace.ts'
import { openSnmpSession, type SnmpSession, type SnmpSessionOptions } from './snmp/session.ts'
import type { OltSystem } from './system.ts'

export type OltTestStep = 'connecting' | 'recognising' | 'reading-ports' | 'counting-onus' | 'done'

export interface OltTestProgress {
  readonly step: OltTestStep
  readonly onus: number
  readonly pdus: number
}

export interface PonCount {
  /** packOnuAddress with onuId 0. */
  readonly pon: number
  /** `0/1/15` */
  readonly address: string
  readonly onus: number
  readonly online: number
}

/** What "test" before "add OLT" found; never throws but for a bug. */
export type OltTestResult =
  | {
      readonly kind: 'recognised'
      readonly family: string
      readonly title: string
      readonly model: string
      readonly certainty: 'proven' | 'unproven'
      readonly reason: string
      readonly system: OltSystem
      readonly onus: number
      readonly online: number
      readonly pons: readonly PonCount[]
      readonly unconfigured: number
      readonly problems: readonly OltProblem[]
    }
  /** An OLT of a family we have no profile for; its interfaces can be watched all the same. */
  | {
      readonly kind: 'unknown-family'
      readonly code: 'olt-unknown-family'
      readonly params: ErrorParams
      readonly system: OltSystem
      readonly interfaces: readonly OltInterface[]
    }
  | {
      readonly kind: 'not-an-olt'
      readonly code: 'olt-not-an-olt'
      readonly params: ErrorParams
      readonly system: OltSystem
    }
  /** `system` is what was known of the host before it failed. */
  | {
      readonly kind: 'failed'
      readonly code: ErrorCode
      readonly params: ErrorParams
      readonly step: OltTestStep
      readonly system: OltSystem | null
    }

export interface TestOltOptions extends SnmpSessionOptions {
  readonly families: readonly OltFamily[]
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: OltTestProgress) => void
  readonly openSession?: (options: SnmpSessionOptions) => Promise<SnmpSession>
}

/** Resolves, connects, recognises and counts the ONUs of a host, and says what came of it. */
export const testOlt = async (options: TestOltOptions): Promise<OltTestResult> => {
  const { families, signal, onProgress } = options
  let step: OltTestStep = 'connecting'
  let system: OltSystem | null = null
  let session: SnmpSession | null = null
  const enter = (next: OltTestStep): void => {
    step = next
    onProgress?.({ step, onus: 0, pdus: 0 })
  }

  try {
    enter('connecting')
    session = await (options.openSession ?? openSnmpSession)(options)
    const pace = createWalkPace()
    enter('recognising')
    const found = await recognise(session, families, pace, signal)
    system = found.system
    if (found.kind === 'unknown') return notKnown(found, options)

    enter('reading-ports')
    const olt = openOlt({ session, family: found.family, pace })
    const { ports, problems } = await olt.readPonPorts(signal)
    enter('counting-onus')
    const readings = await olt.readOnus('status', {
      ...(signal === undefined ? {} : { signal }),
      onProgress: ({ onus, pdus }) => onProgress?.({ step: 'counting-onus', onus, pdus }),
    })
    const unconfigured = await olt.readUnconfigured(signal)
    enter('done')
    const pons = countByPon(
      ports.map(({ packed }) => packed),
      readings.address,
      readings.codes.state,
    )
    return {
      kind: 'recognised',
      family: found.family.family,
      title: found.family.title,
      model: found.model,
      certainty: found.certainty,
      reason: found.reason,
      system,
      onus: readings.count,
      online: pons.reduce((sum, pon) => sum + pon.online, 0),
      pons,
      unconfigured: unconfigured.onus.length,
      problems: [...problems, ...readings.problems, ...unconfigured.problems],
    }
  } catch (error) {
    if (!isNocturneError(error)) throw error
    return { kind: 'failed', code: error.code, params: error.params, step, system }
  } finally {
    session?.close()
  }
}

const notKnown = (
  found: {
    readonly isOlt: 'maybe' | 'no'
    readonly system: OltSystem
    readonly interfaces: readonly OltInterface[]
  },
  { host, port }: TestOltOptions,
): OltTestResult => {
  const { system, interfaces } = found
  const { sysDescr, sysObjectId } = system
  const params = { host, port, sysDescr, sysObjectId }
  return found.isOlt === 'maybe'
    ? { kind: 'unknown-family', code: 'olt-unknown-family', params, system, interfaces }
    : { kind: 'not-an-olt', code: 'olt-not-an-olt', params, system }
}

const online = onuStates.indexOf('online')

const countByPon = (
  known: readonly number[],
  address: Int32Array,
  state: Uint8Array | undefined,
): readonly PonCount[] => {
  const counts = new Map(known.map((pon) => [pon, { onus: 0, online: 0 }]))
  address.forEach((packed, row) => {
    const pon = ponOf(packed)
    const count = counts.get(pon) ?? { onus: 0, online: 0 }
    counts.set(pon, count)
    count.onus++
    if (state?.[row] === online) count.online++
  })
  return [...counts]
    .toSorted(([left], [right]) => left - right)
    .map(([pon, count]) => ({ pon, address: formatPon(unpackOnuAddress(pon)), ...count }))
}

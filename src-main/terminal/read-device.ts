import { isNocturneError, type ErrorCode, type ErrorParams } from '../../src-shared/errors.ts'
import { tryFamily, surveyLines } from '../olt/family-try.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import type { OltInterface } from '../olt/interfaces.ts'
import { recognise } from '../olt/recognise.ts'
import { createWalkPace } from '../olt/snmp/pace.ts'
import type { SnmpSession } from '../olt/snmp/session.ts'
import { surveyOlt, type OltSurvey, type SurveyedTable } from '../olt/survey.ts'
import type { OltSystem } from '../olt/system.ts'
import { surveyJson, withoutAbsent } from './device-json.ts'

/** What `probe` found out about a host; never thrown but for a bug. */
export type DeviceReading =
  | {
      readonly kind: 'recognised'
      readonly family: OltFamily
      readonly model: string
      readonly certainty: 'proven' | 'unproven'
      readonly reason: string
      readonly survey: OltSurvey
    }
  /** Read with the family that was asked for; `reason` is null when that is not its own device. */
  | {
      readonly kind: 'forced'
      readonly family: OltFamily
      readonly reason: string | null
      readonly survey: OltSurvey
    }
  /** An OLT of no known family: what the standard MIBs say of it. */
  | {
      readonly kind: 'unknown-family'
      readonly system: OltSystem
      readonly interfaces: readonly OltInterface[]
      readonly generic: { readonly family: OltFamily; readonly survey: OltSurvey } | null
    }
  | {
      readonly kind: 'not-an-olt'
      readonly system: OltSystem
      readonly interfaces: readonly OltInterface[]
    }
  | {
      readonly kind: 'failed'
      readonly code: ErrorCode
      readonly params: ErrorParams
      readonly step: DeviceStep
      /** What the host had said of itself before it failed. */
      readonly system: OltSystem | null
    }

export type DeviceStep = 'connecting' | 'recognising' | 'reading'

export interface ReadDeviceOptions {
  /** Closing it is the caller's. */
  readonly session: SnmpSession
  readonly families: readonly OltFamily[]
  /** Instead of recognising. */
  readonly family?: OltFamily | undefined
  readonly signal?: AbortSignal | undefined
  readonly onStep?: (step: string) => void
}

/** The family of that name. Errors: an Error whose text names the families there are. */
export const familyNamed = (families: readonly OltFamily[], name: string): OltFamily => {
  const found = families.find(({ family }) => family === name)
  if (found !== undefined) return found
  const names = families.map(({ family }) => family).join(', ')
  throw new Error(`--family: there is no family ${name}; there are ${names}`)
}

export const failedReading = (
  error: unknown,
  step: DeviceStep,
  system: OltSystem | null = null,
): DeviceReading => {
  if (!isNocturneError(error)) throw error
  return { kind: 'failed', code: error.code, params: error.params, step, system }
}

/** Recognises a device and reads all of it, one table after the other. */
export const readDevice = async (options: ReadDeviceOptions): Promise<DeviceReading> => {
  const { session, families, signal, onStep } = options
  const asked = {
    session,
    ...(signal === undefined ? {} : { signal }),
    onTable: ({ table, rows, ms }: SurveyedTable) => onStep?.(`${table}: ${rows} rows, ${ms} ms`),
  }
  let step: DeviceStep = 'recognising'
  let system: OltSystem | null = null
  try {
    onStep?.(step)
    if (options.family !== undefined) {
      const { family } = options
      const { recognised, survey } = await tryFamily({ ...asked, family })
      return { kind: 'forced', family, reason: recognised, survey }
    }
    const pace = createWalkPace()
    const found = await recognise(session, families, pace, signal)
    system = found.system
    step = 'reading'
    if (found.kind === 'family') {
      const { family, model, certainty, reason } = found
      onStep?.(reason)
      const survey = await surveyOlt({ ...asked, pace, family })
      return { kind: 'recognised', family, model, certainty, reason, survey }
    }
    const { interfaces, generic: family } = found
    if (found.isOlt === 'no') return { kind: 'not-an-olt', system, interfaces }
    const generic =
      family === null ? null : { family, survey: await surveyOlt({ ...asked, pace, family }) }
    return { kind: 'unknown-family', system, interfaces, generic }
  } catch (error) {
    return failedReading(error, step, system)
  }
}

const named = ({ family, title }: OltFamily) => ({ family, title })

/** As `--json` prints it: absent fields are absent. */
export const deviceJson = (reading: DeviceReading): unknown => {
  switch (reading.kind) {
    case 'recognised': {
      const { kind, family, model, certainty, reason, survey } = reading
      return withoutAbsent({
        kind,
        ...named(family),
        model,
        certainty,
        reason,
        ...surveyJson(survey),
      })
    }
    case 'forced': {
      const { kind, family, reason, survey } = reading
      return withoutAbsent({ kind, ...named(family), reason, ...surveyJson(survey) })
    }
    case 'unknown-family': {
      const { kind, system, interfaces, generic } = reading
      const survey =
        generic === null ? {} : { ...named(generic.family), ...surveyJson(generic.survey) }
      return withoutAbsent({ kind, code: 'olt-unknown-family', system, interfaces, ...survey })
    }
    case 'not-an-olt':
      return withoutAbsent({ ...reading, code: 'olt-not-an-olt' })
    case 'failed':
      return withoutAbsent(reading)
  }
}

/** For people. */
export const deviceLines = (reading: DeviceReading): readonly string[] => {
  switch (reading.kind) {
    case 'recognised':
      return [
        `${reading.family.title} (${reading.model})`,
        reading.certainty === 'proven' ? reading.reason : `${reading.reason} (not proven)`,
        ...surveyLines(reading.survey),
      ]
    case 'forced':
      return [
        `${reading.family.title}, because it was asked for`,
        reading.reason ?? 'the family does not take this device for its own',
        ...surveyLines(reading.survey),
      ]
    case 'unknown-family':
      return [
        'an OLT of a family that is not known here',
        `sysObjectID ${reading.system.sysObjectId ?? '–'}`,
        `sysDescr    ${reading.system.sysDescr ?? '–'}`,
        `${reading.interfaces.length} interfaces`,
        ...(reading.generic === null ? [] : surveyLines(reading.generic.survey)),
      ]
    case 'not-an-olt':
      return ['answers SNMP, but is no OLT', `sysDescr ${reading.system.sysDescr ?? '–'}`]
    case 'failed':
      return [`${reading.code} ${JSON.stringify(reading.params)} (at: ${reading.step})`]
  }
}

/** 0: recognised, or read as asked; 130: broken off with Ctrl+C; 1: all else. */
export const deviceExitCode = (reading: DeviceReading): number => {
  if (reading.kind === 'recognised' || reading.kind === 'forced') return 0
  return reading.kind === 'failed' && reading.code === 'cancelled' ? 130 : 1
}

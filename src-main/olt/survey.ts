import {
  unpackOnuAddress,
  type OnuAddress,
  type PonAddress,
} from '../../src-shared/domain/onu-address.ts'
import {
  downCauses,
  onuStates,
  type DownCause,
  type OnuState,
} from '../../src-shared/domain/onu-state.ts'
import { openOlt, type OltDriver } from './driver.ts'
import type { OltFamily } from './family/load-families.ts'
import {
  onuFieldsByGroup,
  type NumberField,
  type OnuField,
  type OnuGroup,
  type TextField,
} from './family/onu-fields.ts'
import type { OltProblem, OnuReadings } from './onu-readings.ts'
import type { OltBoard } from './read-boards.ts'
import type { PonPort } from './read-pon-ports.ts'
import type { TableCost } from './read-table.ts'
import type { UnconfiguredOnu } from './read-unconfigured.ts'
import { createWalkPace, type WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import type { OltSystem } from './system.ts'

/** One ONU with everything that was read of it; a field that the OLT gave no value for is absent. */
export type SurveyedOnu = {
  readonly pon: PonAddress
  readonly onuId: number
  readonly state?: OnuState
  readonly lastDownCause?: DownCause
} & Readonly<Partial<Record<NumberField, number>>> &
  Readonly<Partial<Record<TextField, string>>>

/** What one table has cost: how long, how many questions and values, how many asked again. */
export interface SurveyedTable extends TableCost {
  readonly table: 'boards' | 'ponPorts' | 'unconfigured' | `onus.${OnuGroup}`
  readonly ms: number
  readonly retries: number
  readonly rows: number
}

export interface OltSurvey {
  readonly family: string
  readonly system: OltSystem
  readonly boards: readonly OltBoard[]
  readonly ponPorts: readonly PonPort[]
  readonly unconfigured: readonly UnconfiguredOnu[]
  /** By address. */
  readonly onus: readonly SurveyedOnu[]
  readonly notOffered: readonly OnuField[]
  /** `table.field` of what was read through a column whose meaning is not proven. */
  readonly unproven: readonly string[]
  readonly problems: readonly OltProblem[]
  readonly tables: readonly SurveyedTable[]
}

export interface SurveyOptions {
  readonly session: SnmpSession
  readonly family: OltFamily
  readonly pace?: WalkPace
  readonly utcOffsetMinutes?: number
  readonly signal?: AbortSignal
  readonly onTable?: (table: SurveyedTable) => void
  /** False: an agent that says nothing of itself is read all the same (part of a recording). */
  readonly requireSystem?: boolean
}

const silentSystem: OltSystem = { sysName: null, sysDescr: null, sysObjectId: null, upTimeS: null }

const groups = Object.keys(onuFieldsByGroup) as readonly OnuGroup[]

/**
 * Reads an OLT once from end to end: for a probe from the terminal, for trying a family, and for
 * families' tests. Errors: those of `walk` and `get`.
 */
export const surveyOlt = async (options: SurveyOptions): Promise<OltSurvey> => {
  const { session, family, signal } = options
  const olt = openOlt({
    session,
    family,
    pace: options.pace ?? createWalkPace(),
    ...(options.utcOffsetMinutes === undefined
      ? {}
      : { utcOffsetMinutes: options.utcOffsetMinutes }),
  })
  const tables: SurveyedTable[] = []
  const measured = async <Result extends TableCost>(
    table: SurveyedTable['table'],
    read: () => Promise<Result>,
    rowsOf: (result: Result) => number,
  ): Promise<Result> => {
    const startedAt = session.clock.monotonicMs()
    const timeoutsBefore = session.stats.timeouts
    const result = await read()
    const entry: SurveyedTable = {
      table,
      ms: Math.round(session.clock.monotonicMs() - startedAt),
      pdus: result.pdus,
      varbinds: result.varbinds,
      retries: session.stats.timeouts - timeoutsBefore,
      rows: rowsOf(result),
    }
    tables.push(entry)
    options.onTable?.(entry)
    return result
  }

  const system = options.requireSystem === false ? silentSystem : await olt.readSystem(signal)
  const boards = await measured(
    'boards',
    () => olt.readBoards(signal),
    (read) => read.boards.length,
  )
  const ports = await measured(
    'ponPorts',
    () => olt.readPonPorts(signal),
    (read) => read.ports.length,
  )
  const readings = await readAllGroups(olt, measured, signal)
  const unconfigured = await measured(
    'unconfigured',
    () => olt.readUnconfigured(signal),
    (read) => read.onus.length,
  )
  return {
    family: family.family,
    system,
    boards: boards.boards,
    ponPorts: ports.ports,
    unconfigured: unconfigured.onus,
    onus: mergeOnus(readings),
    notOffered: readings.flatMap((reading) => reading.notOffered),
    unproven: [
      ...boards.unproven.map((field) => `boards.${field}`),
      ...ports.unproven.map((field) => `ponPorts.${field}`),
      ...readings.flatMap((reading) => reading.unproven.map((field) => `onus.${field}`)),
      ...unconfigured.unproven.map((field) => `unconfigured.${field}`),
    ],
    problems: [boards, ports, ...readings, unconfigured].flatMap((read) => read.problems),
    tables,
  }
}

type Measured = <Result extends TableCost>(
  table: SurveyedTable['table'],
  read: () => Promise<Result>,
  rowsOf: (result: Result) => number,
) => Promise<Result>

const readAllGroups = async (
  olt: OltDriver,
  measured: Measured,
  signal: AbortSignal | undefined,
): Promise<readonly OnuReadings[]> => {
  const readings: OnuReadings[] = []
  for (const group of groups) {
    readings.push(
      await measured(
        `onus.${group}`,
        () => olt.readOnus(group, signal === undefined ? {} : { signal }),
        (read) => read.count,
      ),
    )
  }
  return readings
}

type Draft = { -readonly [Key in keyof SurveyedOnu]: SurveyedOnu[Key] }

/** One row per ONU of the columns of all groups, by address. */
export const mergeOnus = (readings: readonly OnuReadings[]): readonly SurveyedOnu[] => {
  const drafts = new Map<number, Draft>()
  for (const { address, numbers, codes, texts } of readings) {
    address.forEach((packed, row) => {
      const draft = drafts.get(packed) ?? emptyOnu(unpackOnuAddress(packed))
      drafts.set(packed, draft)
      const state = onuStates[codes.state?.[row] ?? 0]
      if (codes.state !== undefined && state !== undefined) draft.state = state
      const cause = downCauses[codes.lastDownCause?.[row] ?? 1]
      if (cause !== undefined && cause !== 'unknown') draft.lastDownCause = cause
      for (const [field, column] of Object.entries(numbers) as [NumberField, Float64Array][]) {
        const value = column[row]
        if (value !== undefined && !Number.isNaN(value)) draft[field] = value
      }
      for (const [field, column] of Object.entries(texts) as [TextField, (string | null)[]][]) {
        const value = column[row]
        if (value !== undefined && value !== null) draft[field] = value
      }
    })
  }
  return [...drafts].toSorted(([left], [right]) => left - right).map(([, draft]) => draft)
}

const emptyOnu = ({ shelf, slot, port, onuId }: OnuAddress): Draft => ({
  pon: { shelf, slot, port },
  onuId,
})

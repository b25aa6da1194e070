import type { OltScenario, Quirks } from '../scenario-schema.ts'
import type { Cause } from './down-causes.ts'
import type { OnuModel } from './onu-models.ts'
import type { OltConfig } from './olt-config.ts'
import type { OnuTable } from './onu-table.ts'

/** A span in which something is down; `endMs` moves when it is repaired. Epoch ms. */
export interface Interval {
  readonly startMs: number
  endMs: number
  readonly cause: Cause
  /** Of one that was switched off: when it was switched on again; it boots until `endMs`. */
  liftedMs?: number
}

/** A cut of the feeder: every ONU of the PON beyond a distance loses light. */
export interface PonCut extends Interval {
  readonly beyondM: number
}

/** Loss that a bad splitter adds, per ONU between low and high. */
export interface ExtraLoss {
  readonly startMs: number
  endMs: number
  readonly lowDb: number
  readonly highDb: number
}

export interface PonPort {
  readonly shelf: number
  readonly slot: number
  readonly port: number
  readonly split: number
  readonly feederM: number
  readonly launchDbm: number
  /** Its optics have died. */
  readonly laser: { dark: boolean }
  /** Numbers into the list of invented streets. */
  readonly streets: readonly number[]
  readonly cuts: PonCut[]
  readonly extraLosses: ExtraLoss[]
}

/** An ONU that the OLT sees and nobody has configured. */
export interface UnconfiguredOnu {
  readonly pon: number
  readonly vendor: number
  readonly number: number
  readonly model: OnuModel
  readonly seenAtMs: number
  /** Its row in the table, where it was configured before; its body is described there. */
  readonly row: number | null
}

/** Everything a chassis knows; families read it, controls change it, time is always a parameter. */
export interface OltModel {
  readonly name: string
  readonly scenario: OltScenario
  readonly quirks: Quirks
  readonly seed: number
  /** Serials and customer codes count up from here, apart from every other OLT's. */
  readonly serialBase: number
  readonly codeBase: number
  readonly startMs: number
  readonly timeZoneMinutes: number
  readonly pons: readonly PonPort[]
  readonly models: readonly OnuModel[]
  readonly onus: OnuTable
  /** Spans that belong to single ONUs; most have none. */
  readonly ownIntervals: Map<number, Interval[]>
  /** Slots of line cards that the OLT calls faulty. */
  readonly failedSlots: Set<number>
  /** What operators have set; see olt-config.ts. */
  readonly config: OltConfig
  unconfigured: UnconfiguredOnu[]
  bootedAtMs: number
  /** Called after ONUs or unconfigured ONUs have come or gone, so that tables list them anew. */
  onRowsChanged: () => void
}

/**
 * Started so shortly ago that it speaks to nobody yet, by no protocol. An OLT without a CLI answers at
 * once: there a scenario plays the silence itself.
 */
export const isBooting = ({ bootedAtMs, scenario }: OltModel, nowMs: number): boolean => {
  const sinceMs = nowMs - bootedAtMs
  return sinceMs >= 0 && sinceMs < (scenario.cli?.bootS ?? 0) * 1000
}

export const ponName = (pon: PonPort): string => `${pon.shelf}/${pon.slot}/${pon.port}`

export const addInterval = (olt: OltModel, onu: number, interval: Interval): void => {
  const own = olt.ownIntervals.get(onu)
  if (own) own.push(interval)
  else olt.ownIntervals.set(onu, [interval])
  olt.onus.invalidate(onu)
}

/** The numbers of the ONUs that exist, in the order of their making. */
export const presentOnus = (olt: OltModel): number[] => {
  const list: number[] = []
  for (let onu = 0; onu < olt.onus.count; onu++) if (olt.onus.present[onu]) list.push(onu)
  return list
}

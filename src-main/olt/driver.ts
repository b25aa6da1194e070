import type { ColumnChoices } from './column-walk.ts'
import type { OltFamily } from './family/load-families.ts'
import type { OnuGroup } from './family/onu-fields.ts'
import type { DecodeContext } from './family/value-functions.ts'
import { readInterfaces, type OltInterface } from './interfaces.ts'
import type { OnuReadings } from './onu-readings.ts'
import { readOnuPlaces, type OnuPlaces } from './onu-places.ts'
import { createOnuRoster } from './onu-roster.ts'
import { readPonNames, type PonNames } from './pon-names.ts'
import { readBoards, type BoardReadings } from './read-boards.ts'
import { readOnuGroup } from './read-onus.ts'
import { readPonPorts, type PonPortReadings } from './read-pon-ports.ts'
import { readUnconfigured, type UnconfiguredReadings } from './read-unconfigured.ts'
import type { ReadingContext } from './reading-context.ts'
import type { WalkPace } from './snmp/pace.ts'
import type { SnmpSession } from './snmp/session.ts'
import type { WalkProgress } from './snmp/walker.ts'
import { readSystem, type OltSystem } from './system.ts'

export interface OltDriverOptions {
  readonly session: SnmpSession
  readonly family: OltFamily
  readonly pace: WalkPace
  /** Minutes east of UTC of the OLT's clock, for times that do not say; default: as on this machine. */
  readonly utcOffsetMinutes?: number
}

export interface ReadOnusOptions {
  readonly signal?: AbortSignal
  /** Packed address of a PON (onuId 0): read its ONUs only. */
  readonly pon?: number
  readonly onProgress?: (progress: WalkProgress & { readonly onus: number }) => void
}

/**
 * Everything that can be read of an OLT of a known family. Nothing is cached but the names of the
 * PON ports and which alternative columns this OLT offers. Errors of all: those of `walk` and `get`.
 */
export interface OltDriver {
  readonly family: OltFamily
  readonly readSystem: (signal?: AbortSignal) => Promise<OltSystem>
  readonly readBoards: (signal?: AbortSignal) => Promise<BoardReadings>
  readonly readPonPorts: (signal?: AbortSignal) => Promise<PonPortReadings>
  readonly readUnconfigured: (signal?: AbortSignal) => Promise<UnconfiguredReadings>
  readonly readInterfaces: (signal?: AbortSignal) => Promise<readonly OltInterface[]>
  readonly readOnus: (group: OnuGroup, options?: ReadOnusOptions) => Promise<OnuReadings>
}

export const openOlt = (options: OltDriverOptions): OltDriver => {
  const { session, family, pace } = options
  const choices: ColumnChoices = new Map()
  const context: DecodeContext = { utcOffsetMinutes: options.utcOffsetMinutes ?? null }
  const roster = createOnuRoster()
  let names: PonNames | null = null
  let places: OnuPlaces | null = null

  const freshNames = async (signal: AbortSignal | undefined): Promise<PonNames> => {
    const fresh = await readPonNames(session, pace, family, signal)
    // An OLT that is still starting has no names yet: ask again next time.
    names = fresh.ifNameOf.size > 0 ? fresh : null
    return fresh
  }
  const knownNames = async (signal: AbortSignal | undefined): Promise<PonNames> =>
    names ?? freshNames(signal)

  const freshPlaces = async (signal: AbortSignal | undefined): Promise<OnuPlaces | null> => {
    places = await readOnuPlaces(session, pace, family, signal)
    return places
  }
  // What says where ONUs sit changes as they come and go: asked again whenever ONUs are named.
  const areOnusNamed = family.onus.ifName !== undefined

  const readingContext = async (
    signal: AbortSignal | undefined,
    namesNow: Promise<PonNames>,
  ): Promise<ReadingContext> => ({
    session,
    pace,
    family,
    choices,
    context,
    names: await namesNow,
    signal,
  })

  return {
    family,
    readSystem: (signal) => readSystem(session, signal),
    readInterfaces: (signal) => readInterfaces(session, pace, signal),
    readBoards: async (signal) => readBoards(await readingContext(signal, knownNames(signal))),
    readPonPorts: async (signal) => readPonPorts(await readingContext(signal, freshNames(signal))),
    readUnconfigured: async (signal) =>
      readUnconfigured(await readingContext(signal, knownNames(signal))),
    readOnus: async (group, { signal, pon, onProgress } = {}) => {
      const isFresh = group === 'identity' && pon === undefined
      const namesNow = isFresh && areOnusNamed ? freshNames(signal) : knownNames(signal)
      const reading = await readingContext(signal, namesNow)
      return readOnuGroup({
        ...reading,
        places: isFresh || places === null ? await freshPlaces(signal) : places,
        roster,
        group,
        pon,
        onProgress,
      })
    },
  }
}

import { ponOf } from '../../src-shared/domain/onu-address.ts'
import type { ColumnChoices } from './column-walk.ts'
import type { OltFamily } from './family/load-families.ts'
import type { OnuGroup } from './family/onu-fields.ts'
import type { DecodeContext } from './family/value-functions.ts'
import { readInterfaces, type OltInterface } from './interfaces.ts'
import { createOnuReader, type OneOnuReader } from './onu-reader.ts'
import type { OnuReadings } from './onu-readings.ts'
import { readOnuPlaces, type OnuPlaces, type PlacesRead } from './onu-places.ts'
import { createOnuRoster } from './onu-roster.ts'
import { readPonNames, type PonNames } from './pon-names.ts'
import { readBoards, type BoardReadings } from './read-boards.ts'
import { isScoped, readOnuGroup } from './read-onus.ts'
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
  /** A walk that fails after it read something gives that, with `failure` set, and does not throw. */
  readonly keepPartial?: boolean
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
  /**
   * PON ports to read one after the other where the profile asks for that: those that have a name,
   * and those that ONUs were seen at. Null: read all at once, as the tables cannot be cut or the
   * ports are not known.
   */
  readonly ponsToRead: (group: OnuGroup, signal?: AbortSignal) => Promise<readonly number[] | null>
  /** Whether the ONUs of one PON (packed) can be asked for without walking all others. */
  readonly canReadPon: (group: OnuGroup, pon: number) => boolean
  readonly openOnuReader: (packed: number, signal?: AbortSignal) => Promise<OneOnuReader>
}

export const openOlt = (options: OltDriverOptions): OltDriver => {
  const { session, family, pace } = options
  const choices: ColumnChoices = new Map()
  const context: DecodeContext = { utcOffsetMinutes: options.utcOffsetMinutes ?? null }
  const roster = createOnuRoster()
  const ponsSeen = new Set<number>()
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

  const freshPlaces = async (signal: AbortSignal | undefined): Promise<PlacesRead> => {
    const read = await readOnuPlaces(session, pace, family, signal)
    places = read.places
    return read
  }
  const isCut = (known: PonNames, group: OnuGroup, pon: number): boolean =>
    isScoped({ family, names: known, choices }, group, pon)
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
    readOnus: async (group, { signal, pon, onProgress, keepPartial } = {}) => {
      const isFresh = group === 'identity' && pon === undefined
      const namesNow = isFresh && areOnusNamed ? freshNames(signal) : knownNames(signal)
      const reading = await readingContext(signal, namesNow)
      const readings = await readOnuGroup({
        ...reading,
        ...(isFresh || places === null ? await freshPlaces(signal) : { places }),
        roster,
        group,
        pon,
        onProgress,
        keepPartial,
      })
      for (const packed of readings.address) ponsSeen.add(ponOf(packed))
      return readings
    },
    ponsToRead: async (group, signal) => {
      if (family.polling?.perPon !== true) return null
      const known = await knownNames(signal)
      const pons = [...new Set([...known.ifNameOf.keys(), ...ponsSeen])].toSorted((a, b) => a - b)
      // Without the names of its ports an ONU on one of them would never be found.
      const isWhole = known.ifNameOf.size > 0 && pons.every((pon) => isCut(known, group, pon))
      return isWhole ? pons : null
    },
    canReadPon: (group, pon) => names !== null && isCut(names, group, pon),
    openOnuReader: async (packed, signal) =>
      createOnuReader(
        {
          ...(await readingContext(signal, knownNames(signal))),
          places: places ?? (await freshPlaces(signal)).places,
          roster,
        },
        packed,
      ),
  }
}

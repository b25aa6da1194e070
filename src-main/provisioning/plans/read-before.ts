import type { OnuConfig, OnuPlaceOnOlt } from '../../../src-shared/domain/onu-config.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { packOnuAddress, ponOf, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { isNocturneError } from '../../../src-shared/errors.ts'
import type { OltConfigs } from '../../engine/olt-configs.ts'

/** What an OLT said of one place, or why it did not. */
export type Reading =
  | { readonly kind: 'read'; readonly config: OnuConfig | null }
  | { readonly kind: 'not-read'; readonly problem: Problem }

export type Readings = (place: OnuPlaceOnOlt) => Reading

/** With more on one PON port, the port is read as a whole. */
const onusWorthAPon = 8

export const problemOf = (error: unknown): Problem | null =>
  isNocturneError(error) ? { code: error.code, params: { ...error.params } } : null

export const keyOfPlace = ({ oltId, address }: OnuPlaceOnOlt): string =>
  `${oltId} ${packOnuAddress(address)}`

const wayIsLost: ReadonlySet<string> = new Set([
  'cli-no-access',
  'cli-family-cannot',
  'cli-unreachable',
  'cli-login-refused',
  'cli-logins-paused',
  'cli-host-key-changed',
  'cli-legacy-refused',
  'cli-telnet-not-allowed',
  'cli-too-many-sessions',
])

/** The OLT lets nobody in: asking for the next ONU would bring the same, after the same wait. */
const endsTheRest = (reading: Reading): Reading | null =>
  reading.kind === 'not-read' && wayIsLost.has(reading.problem.code) ? reading : null

/**
 * Reads places as their OLTs have them now: OLTs at once, one after the other on each. What an OLT
 * refuses is that place's answer; throws only `cancelled` and bugs.
 */
export const readPlaces = async (
  configs: OltConfigs,
  places: readonly OnuPlaceOnOlt[],
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Readings> => {
  const found = new Map<string, Reading>()
  const byOlt = new Map<string, Map<number, number[]>>()
  for (const { oltId, address } of places) {
    const packed = packOnuAddress(address)
    const pons = byOlt.get(oltId) ?? new Map<number, number[]>()
    byOlt.set(oltId, pons)
    const pon = pons.get(ponOf(packed))
    if (pon === undefined) pons.set(ponOf(packed), [packed])
    else pon.push(packed)
  }
  let done = 0
  const took = (oltId: string, packed: number, reading: Reading): void => {
    found.set(`${oltId} ${packed}`, reading)
    onProgress(++done, places.length)
  }
  const failed = (error: unknown): Reading => {
    if (signal.aborted) throw error
    const problem = problemOf(error)
    if (problem === null) throw error
    return { kind: 'not-read', problem }
  }

  const readOlt = async (oltId: string, pons: ReadonlyMap<number, readonly number[]>) => {
    let lost: Reading | null = null
    for (const [pon, addresses] of pons) {
      if (lost !== null) {
        for (const packed of addresses) took(oltId, packed, lost)
        continue
      }
      if (addresses.length >= onusWorthAPon) {
        try {
          const onus = await configs.of(oltId).readPon(unpackOnuAddress(pon), signal)
          for (const packed of addresses) {
            const config = onus.get(unpackOnuAddress(packed).onuId) ?? null
            took(oltId, packed, { kind: 'read', config })
          }
        } catch (error) {
          const reading = failed(error)
          lost = endsTheRest(reading)
          for (const packed of addresses) took(oltId, packed, reading)
        }
        continue
      }
      for (const packed of addresses) {
        if (lost !== null) {
          took(oltId, packed, lost)
          continue
        }
        try {
          const config = await configs.of(oltId).readOnu(unpackOnuAddress(packed), signal)
          took(oltId, packed, { kind: 'read', config })
        } catch (error) {
          const reading = failed(error)
          lost = endsTheRest(reading)
          took(oltId, packed, reading)
        }
      }
    }
  }
  await Promise.all([...byOlt].map(([oltId, pons]) => readOlt(oltId, pons)))
  return (place) => found.get(keyOfPlace(place)) ?? { kind: 'read', config: null }
}

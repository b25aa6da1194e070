import type { AlarmResource } from '../../../src-shared/contract/alarms-model.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import {
  formatOnu,
  formatPon,
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { assertNever } from '../../../src-shared/errors.ts'

/**
 * Where a resource stands, as numbers: a packed address within its OLT. Of a PON the ONU's part is 0,
 * of a board the port's too; an OLT and the console have none.
 */
export type PlaceKind = AlarmResource['kind']

const none = -1

export const placeOf = (resource: AlarmResource): number => {
  switch (resource.kind) {
    case 'console':
    case 'olt':
      return none
    case 'board':
      return packOnuAddress({ shelf: resource.shelf, slot: resource.slot, port: 0, onuId: 0 })
    case 'pon':
      return packOnuAddress({ ...resource.pon, onuId: 0 })
    case 'onu':
      return packOnuAddress(resource.address)
    default:
      return assertNever(resource)
  }
}

export const oltIdOf = (resource: AlarmResource): string | null =>
  resource.kind === 'console' ? null : resource.oltId

export const resourceAt = (
  kind: PlaceKind,
  oltId: string | null,
  place: number | null,
): AlarmResource => {
  if (kind === 'console' || oltId === null) return { kind: 'console' }
  const { shelf, slot, port, onuId } = unpackOnuAddress(place ?? 0)
  switch (kind) {
    case 'olt':
      return { kind, oltId }
    case 'board':
      return { kind, oltId, shelf, slot }
    case 'pon':
      return { kind, oltId, pon: { shelf, slot, port } }
    case 'onu':
      return { kind, oltId, address: { shelf, slot, port, onuId } }
    default:
      return assertNever(kind)
  }
}

/** What one alarm is the same by: resource, type and qualifier (RFC 8632 section 3.1). */
export const identityOf = (resource: AlarmResource, type: AlarmType, qualifier: string): string =>
  `${resource.kind} ${oltIdOf(resource) ?? ''} ${placeOf(resource)} ${type} ${qualifier}`

/** As a person would type it. */
export const placeText = (resource: AlarmResource): string => {
  switch (resource.kind) {
    case 'console':
    case 'olt':
      return ''
    case 'board':
      return `${resource.shelf}/${resource.slot}`
    case 'pon':
      return formatPon(resource.pon)
    case 'onu':
      return formatOnu(resource.address)
    default:
      return assertNever(resource)
  }
}

/** Ports and ONUs of a board: the low 18 bits of a packed address. */
const belowBoard = (1 << 18) - 1

/** First and last place that lie at or below a resource of an OLT; null: the whole OLT. */
export const placesBelow = (
  resource: Exclude<AlarmResource, { kind: 'console' }>,
): { readonly from: number; readonly to: number } | null => {
  const place = placeOf(resource)
  switch (resource.kind) {
    case 'olt':
      return null
    case 'board':
      return { from: place, to: place | belowBoard }
    case 'pon':
      return { from: place, to: place | 1023 }
    case 'onu':
      return { from: place, to: place }
    default:
      return assertNever(resource)
  }
}

/** A resource is itself, or lies below the other. A board of the same place is no part of a PON. */
export const liesWithin = (resource: AlarmResource, scope: AlarmResource): boolean => {
  if (scope.kind === 'console' || resource.kind === 'console') return scope.kind === resource.kind
  if (resource.oltId !== scope.oltId) return false
  const places = placesBelow(scope)
  if (places === null) return true
  if (rankOf[resource.kind] < rankOf[scope.kind]) return false
  const place = placeOf(resource)
  return place >= places.from && place <= places.to
}

const rankOf: Readonly<Record<PlaceKind, number>> = { console: 0, olt: 1, board: 2, pon: 3, onu: 4 }

/** Kinds that may lie at or below one of this kind. */
export const kindsBelow = (kind: PlaceKind): readonly PlaceKind[] =>
  (['olt', 'board', 'pon', 'onu'] as const).filter((one) => rankOf[one] >= rankOf[kind])

/** The packed PON of an ONU or a PON; null: it stands on none. */
export const ponPlaceOf = (resource: AlarmResource): number | null =>
  resource.kind === 'pon' || resource.kind === 'onu' ? ponOf(placeOf(resource)) : null

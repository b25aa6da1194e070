import type { AlarmResource, MaintenancePlan } from '../../../src-shared/contract/alarms-model.ts'
import { packOnuAddress, ponOf } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import type { PlantLookup } from '../../engine/capability-ports.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { placeOf } from '../book/place.ts'

/** What a window is about, as sets to ask. Parts of the outside plant stand for the ONUs below them. */
export interface CompiledScope {
  readonly olts: ReadonlySet<string>
  readonly pons: ReadonlyMap<string, ReadonlySet<number>>
  readonly onus: ReadonlyMap<string, ReadonlySet<number>>
  readonly plantRevision: number
}

const addTo = (map: Map<string, Set<number>>, oltId: string, place: number): void => {
  const places = map.get(oltId)
  if (places === undefined) map.set(oltId, new Set([place]))
  else places.add(place)
}

export const compileScope = (
  scope: MaintenancePlan['scope'],
  plant: PlantLookup | null,
): CompiledScope => {
  const pons = new Map<string, Set<number>>()
  const onus = new Map<string, Set<number>>()
  for (const { oltId, pon } of scope.pons) addTo(pons, oltId, packOnuAddress({ ...pon, onuId: 0 }))
  for (const { oltId, address } of scope.onus) addTo(onus, oltId, packOnuAddress(address))
  for (const nodeId of scope.nodeIds) {
    for (const { oltId, address } of plant?.onusBelow(nodeId) ?? []) addTo(onus, oltId, address)
  }
  return { olts: new Set(scope.oltIds), pons, onus, plantRevision: plant?.revision() ?? 0 }
}

export const coversOnu = (scope: CompiledScope, oltId: string, address: number): boolean =>
  scope.olts.has(oltId) ||
  scope.pons.get(oltId)?.has(ponOf(address)) === true ||
  scope.onus.get(oltId)?.has(address) === true

export const coversPon = (scope: CompiledScope, oltId: string, pon: number): boolean =>
  scope.olts.has(oltId) || scope.pons.get(oltId)?.has(pon) === true

export const covers = (scope: CompiledScope, resource: AlarmResource): boolean => {
  switch (resource.kind) {
    case 'console':
      return false
    case 'olt':
    case 'board':
      return scope.olts.has(resource.oltId)
    case 'pon':
      return coversPon(scope, resource.oltId, placeOf(resource))
    case 'onu':
      return coversOnu(scope, resource.oltId, placeOf(resource))
  }
}

const offline = onuStates.indexOf('offline')

/** ONUs in scope, those of them that are down, and those that went down at `since` or later. */
export const countScope = (
  scope: CompiledScope,
  facts: Pick<NetworkFacts, 'olt' | 'onus'>,
  since: number,
): { readonly onus: number; readonly down: number; readonly wentDown: number } => {
  let onus = 0
  let down = 0
  let wentDown = 0
  const oltIds = new Set([...scope.olts, ...scope.pons.keys(), ...scope.onus.keys()])
  for (const oltId of oltIds) {
    const olt = facts.olt(oltId)
    if (olt === undefined) continue
    const whole = scope.olts.has(oltId)
    for (let index = 0; index < olt.rows.length; index++) {
      if (!whole && !coversOnu(scope, oltId, olt.addresses[index]!)) continue
      onus++
      const row = olt.rows[index]!
      if (facts.onus.state(row) !== offline) continue
      down++
      if (facts.onus.stateSince(row) >= since) wentDown++
    }
  }
  return { onus, down, wentDown }
}

import type { PlaceColumns, PlaceRow } from './tables.ts'

/**
 * Where ONUs hang, in columns: no object per ONU. A slot stands for an (OLT, address) and is never
 * given to another. Per OLT the slots are kept in order of address.
 */
export interface PlaceTable {
  count: number
  /** Number of the OLT, packed address, number of the node (0: nowhere), port (0: not said). */
  olt: Int32Array
  address: Int32Array
  node: Int32Array
  port: Int16Array
  /** NaN: no coordinates of its own. */
  latitude: Float64Array
  longitude: Float64Array
  readonly streetAddress: string[]
  /** By number of the OLT. */
  readonly ofOlt: OltPlaces[]
}

export interface OltPlaces {
  addresses: Int32Array
  slots: Int32Array
}

const noPlaces: OltPlaces = { addresses: new Int32Array(0), slots: new Int32Array(0) }

export const createPlaceTable = (): PlaceTable => ({
  count: 0,
  olt: new Int32Array(0),
  address: new Int32Array(0),
  node: new Int32Array(0),
  port: new Int16Array(0),
  latitude: new Float64Array(0),
  longitude: new Float64Array(0),
  streetAddress: [],
  ofOlt: [],
})

export const placesOfOlt = (table: PlaceTable, olt: number): OltPlaces =>
  table.ofOlt[olt] ?? noPlaces

/** -1: there is none. */
export const slotOf = (table: PlaceTable, olt: number, address: number): number => {
  const { addresses, slots } = placesOfOlt(table, olt)
  const at = lowerBound(addresses, address)
  return addresses[at] === address ? slots[at]! : -1
}

export const placeAt = (table: PlaceTable, slot: number): PlaceRow => ({
  olt: table.olt[slot]!,
  address: table.address[slot]!,
  node: table.node[slot]! || null,
  port: table.port[slot]! || null,
  streetAddress: table.streetAddress[slot] ?? '',
  latitude: orNull(table.latitude[slot]!),
  longitude: orNull(table.longitude[slot]!),
})

/** Takes what is stored of one OLT; addresses ascending. */
export const loadPlaces = (table: PlaceTable, columns: PlaceColumns): void => {
  const { addresses, nodes, ports, latitudesE7, longitudesE7, streetAddresses, olt } = columns
  reserve(table, addresses.length)
  const first = table.count
  const { address, node, port, latitude, longitude } = table
  for (let index = 0; index < addresses.length; index++) {
    const slot = first + index
    table.olt[slot] = olt
    address[slot] = addresses[index]!
    node[slot] = nodes[index] ?? 0
    port[slot] = ports[index] ?? 0
    latitude[slot] = (latitudesE7[index] ?? Number.NaN) / 1e7
    longitude[slot] = (longitudesE7[index] ?? Number.NaN) / 1e7
    table.streetAddress.push(streetAddresses[index]!)
  }
  table.count = first + addresses.length
  table.ofOlt[olt] = {
    addresses: Int32Array.from(addresses),
    slots: Int32Array.from(addresses, (_, index) => first + index),
  }
}

/** Sets places, new and known ones. */
export const putInTable = (table: PlaceTable, places: readonly PlaceRow[]): void => {
  reserve(table, places.length)
  const fresh = new Map<number, number[]>()
  for (const place of places) {
    let slot = slotOf(table, place.olt, place.address)
    if (slot < 0) {
      slot = table.count++
      table.olt[slot] = place.olt
      table.address[slot] = place.address
      const list = fresh.get(place.olt)
      if (list === undefined) fresh.set(place.olt, [slot])
      else list.push(slot)
    }
    table.node[slot] = place.node ?? 0
    table.port[slot] = place.port ?? 0
    table.latitude[slot] = place.latitude ?? Number.NaN
    table.longitude[slot] = place.longitude ?? Number.NaN
    table.streetAddress[slot] = place.streetAddress
  }
  for (const [olt, slots] of fresh) addSlots(table, olt, slots)
}

const addSlots = (table: PlaceTable, olt: number, fresh: readonly number[]): void => {
  const before = placesOfOlt(table, olt)
  const slots = new Int32Array(before.slots.length + fresh.length)
  slots.set(before.slots)
  slots.set(fresh, before.slots.length)
  const { address } = table
  slots.sort((one, other) => address[one]! - address[other]!)
  table.ofOlt[olt] = { addresses: slots.map((slot) => address[slot]!), slots }
}

const reserve = (table: PlaceTable, more: number): void => {
  const needed = table.count + more
  if (needed <= table.olt.length) return
  const size = Math.max(needed, Math.ceil(table.olt.length * 1.5), 256)
  const grown = <Column extends Int32Array | Int16Array | Float64Array>(
    column: Column,
    next: Column,
  ): Column => {
    next.set(column)
    return next
  }
  table.olt = grown(table.olt, new Int32Array(size))
  table.address = grown(table.address, new Int32Array(size))
  table.node = grown(table.node, new Int32Array(size))
  table.port = grown(table.port, new Int16Array(size))
  table.latitude = grown(table.latitude, new Float64Array(size))
  table.longitude = grown(table.longitude, new Float64Array(size))
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

const lowerBound = (sorted: Int32Array, value: number): number => {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < value) low = middle + 1
    else high = middle
  }
  return low
}

import type { plantNodeKinds } from '../../src-shared/contract/plant.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

export type PlantNodeKind = (typeof plantNodeKinds)[number]

/** A node as it is stored. `number` stands for it in other rows and never changes. */
export interface NodeRow {
  readonly number: number
  readonly id: string
  readonly kind: PlantNodeKind
  readonly name: string
  readonly parent: number | null
  readonly capacity: number | null
  readonly ponOlt: string | null
  /** Packed, onuId 0. */
  readonly pon: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly street: string
  readonly note: string
  readonly version: number
  /** The node whose removal took it; null: it is there. */
  readonly removedWith: number | null
}

export interface PlantOltRow {
  readonly number: number
  readonly oltId: string
  readonly latitude: number | null
  readonly longitude: number | null
  readonly version: number
}

/** Where one ONU hangs. */
export interface PlaceRow {
  /** Number of the OLT in `plant_olt`. */
  readonly olt: number
  /** Packed. */
  readonly address: number
  /** Number of the node; null: nowhere. */
  readonly node: number | null
  readonly port: number | null
  readonly streetAddress: string
  readonly latitude: number | null
  readonly longitude: number | null
}

/** Everything of one OLT's places, in columns of JSON: several times faster than a row each. */
export interface PlaceColumns {
  readonly olt: number
  readonly addresses: readonly number[]
  readonly nodes: readonly (number | null)[]
  readonly ports: readonly (number | null)[]
  readonly streetAddresses: readonly string[]
  /** 1e-7 degrees. */
  readonly latitudesE7: readonly (number | null)[]
  readonly longitudesE7: readonly (number | null)[]
}

const nodeColumns = `number, id, kind, name, parent, capacity, pon_olt AS ponOlt, pon, latitude,
  longitude, street, note, version, removed_with AS removedWith`

const oltColumns = `number, olt_id AS oltId, latitude, longitude, version`

export const createPlantReads = (reader: StoreReader) => {
  const nodes = reader.prepare<[], NodeRow>(`SELECT ${nodeColumns} FROM plant_node ORDER BY number`)
  const olts = reader.prepare<[], PlantOltRow>(
    `SELECT ${oltColumns} FROM plant_olt ORDER BY number`,
  )
  const places = reader.prepare<[number], { json: string }>(
    `SELECT json_array(json_group_array(address), json_group_array(node), json_group_array(port),
      json_group_array(street_address), json_group_array(latitude_e7),
      json_group_array(longitude_e7))
      AS json FROM (SELECT * FROM plant_place WHERE olt = ? ORDER BY address)`,
  )
  const serial = reader.prepare<
    [number, number],
    { serial: string | null; changedAt: number; address: number }
  >(`SELECT serial, changed_at AS changedAt, address FROM plant_place
     WHERE olt = ? AND address = ?`)
  return {
    nodes: () => nodes.all(),
    olts: () => olts.all(),
    placesOf: (olt: number): PlaceColumns => {
      const text = places.get(olt)?.json ?? '[[],[],[],[],[],[]]'
      const [addresses, nodesOf, ports, streetAddresses, latitudesE7, longitudesE7] = JSON.parse(
        text,
      ) as [
        number[],
        (number | null)[],
        (number | null)[],
        string[],
        (number | null)[],
        (number | null)[],
      ]
      return { olt, addresses, nodes: nodesOf, ports, streetAddresses, latitudesE7, longitudesE7 }
    },
    placedAs: (olt: number, address: number) => serial.get(olt, address),
  }
}

export type PlantReads = ReturnType<typeof createPlantReads>

export const insertNode = (tx: Transaction, node: NodeRow, at: number): void => {
  tx.run(
    `INSERT INTO plant_node (number, id, kind, name, parent, capacity, pon_olt, pon, latitude,
      longitude, street, note, version, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    node.number,
    node.id,
    node.kind,
    node.name,
    node.parent,
    node.capacity,
    node.ponOlt,
    node.pon,
    node.latitude,
    node.longitude,
    node.street,
    node.note,
    node.version,
    at,
  )
}

export const replaceNode = (tx: Transaction, node: NodeRow, at: number): void => {
  tx.run(
    `UPDATE plant_node SET kind = ?, name = ?, parent = ?, capacity = ?, pon_olt = ?, pon = ?,
      latitude = ?, longitude = ?, street = ?, note = ?, version = ?, removed_with = ?,
      updated_at = ? WHERE number = ?`,
    node.kind,
    node.name,
    node.parent,
    node.capacity,
    node.ponOlt,
    node.pon,
    node.latitude,
    node.longitude,
    node.street,
    node.note,
    node.version,
    node.removedWith,
    at,
    node.number,
  )
}

export const putPlantOlt = (tx: Transaction, olt: PlantOltRow, at: number): void => {
  tx.run(
    `INSERT INTO plant_olt (number, olt_id, latitude, longitude, version, updated_at)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (number) DO UPDATE SET latitude = excluded.latitude,
        longitude = excluded.longitude, version = excluded.version,
        updated_at = excluded.updated_at`,
    olt.number,
    olt.oltId,
    olt.latitude,
    olt.longitude,
    olt.version,
    at,
  )
}

/**
 * Writes places, new and changed ones. One statement for many rows: as JSON they cost about half of
 * a statement each. `serialOf`: of the ONU that is there now, kept to tell when another one comes.
 */
export const putPlaces = (
  tx: Transaction,
  places: readonly PlaceRow[],
  serialOf: (place: PlaceRow) => string | null,
  at: number,
): void => {
  for (let first = 0; first < places.length; first += rowsPerStatement) {
    const rows = places
      .slice(first, first + rowsPerStatement)
      .map((place) => [
        place.olt,
        place.address,
        place.node,
        place.port,
        place.streetAddress,
        toE7(place.latitude),
        toE7(place.longitude),
        serialOf(place),
      ])
    tx.run(
      `INSERT INTO plant_place (olt, address, node, port, street_address, latitude_e7, longitude_e7,
        serial, changed_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
          value ->> 6, value ->> 7, ? FROM json_each(?) WHERE true
        ON CONFLICT (olt, address) DO UPDATE SET node = excluded.node, port = excluded.port,
          street_address = excluded.street_address, latitude_e7 = excluded.latitude_e7,
          longitude_e7 = excluded.longitude_e7, serial = excluded.serial,
          changed_at = excluded.changed_at`,
      at,
      JSON.stringify(rows),
    )
  }
}

const rowsPerStatement = 500

const toE7 = (degrees: number | null): number | null =>
  degrees === null ? null : Math.round(degrees * 1e7)

/** Takes nodes away (`removedWith` the node whose removal it is) or brings them back (null). */
export const setRemovedWith = (
  tx: Transaction,
  numbers: readonly number[],
  removedWith: number | null,
  at: number,
): void => {
  tx.run(
    `UPDATE plant_node SET removed_with = ?, version = version + 1, updated_at = ?
      WHERE number IN (SELECT value FROM json_each(?))`,
    removedWith,
    at,
    JSON.stringify(numbers),
  )
}

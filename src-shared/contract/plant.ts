import { z } from 'zod'
import { done, instant, line, nothing, onuAddress, taskId, uuid } from './common.ts'
import { command, event, query } from './define.ts'
import { ponAddress } from './history.ts'
import { onuRow } from './network-model.ts'
import { ofIdInPart, ofNode, ofOlt, ofOnu, ofPlace, ofPlacedOnus } from './scope-rules.ts'

/**
 * The outside plant: zones, cabinets, splitters and distribution boxes (ODB) between a PON port and
 * its ONUs, where they stand, and the map that shows them.
 */

const read = 'plant.node.read'
const manage = 'plant.node.manage'

export const plantNodeKinds = ['zone', 'cabinet', 'splitter', 'odb'] as const

const latitude = z.number().min(-90).max(90)
const longitude = z.number().min(-180).max(180)
/** WGS 84, degrees. */
export const coordinates = z.strictObject({ latitude, longitude })

/** Ports of it that feed something: of a 1:8 splitter 8; null: not said, as of a zone. */
const capacity = z.int().min(1).max(1024).nullable()

const nodeFields = {
  kind: z.enum(plantNodeKinds),
  name: line(80),
  /** Null: at the top. */
  parentId: uuid.nullable(),
  capacity: capacity.default(null),
  /** The PON port that feeds it; null: that of what it hangs under. */
  pon: z.strictObject({ oltId: uuid, pon: ponAddress }).nullable().default(null),
  coordinates: coordinates.nullable().default(null),
  street: z.string().trim().max(200).default(''),
  note: z.string().trim().max(2000).default(''),
}

export const plantNode = z.object({
  ...nodeFields,
  id: uuid,
  version: z.int(),
  /** Names from the top, joined by " › ", without its own; empty: it is at the top. */
  path: z.string(),
  /**
   * Nodes right below it, and all ONUs below it. Those switched off by the operator or starting are
   * neither online, down nor unknown; a place whose ONU is gone counts as unknown.
   */
  children: z.int(),
  onus: z.int(),
  online: z.int(),
  down: z.int(),
  unknown: z.int(),
  /** Ports that something hangs on, right below it. */
  used: z.int(),
  /** More hangs on it than it has ports, or on a port that it does not have. */
  exceeded: z.boolean(),
})

export type PlantNode = z.output<typeof plantNode>

export const onuPlace = z.object({
  oltId: uuid,
  address: onuAddress,
  node: z.object({ id: uuid, name: z.string(), path: z.string() }).nullable(),
  nodePort: z.int().min(1).max(1024).nullable(),
  streetAddress: z.string(),
  coordinates: coordinates.nullable(),
  /** Of the ONU that was there when it was placed; null: not known. Another one may be there now. */
  serial: z.string().nullable(),
  changedAt: instant,
})

export type OnuPlace = z.output<typeof onuPlace>

/** What a file holds: nodes of the tree, where ONUs hang, or where OLTs stand. */
const importKind = z.enum(['nodes', 'onus', 'olts'])

export const plantQueries = {
  /** Nodes right below `parentId` (null: at the top), by name; with `search`: all that match. */
  'plant.nodes': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      parentId: uuid.nullable().default(null),
      search: z.string().max(200).default(''),
      onlyExceeded: z.boolean().default(false),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(500),
    }),
    output: z.object({
      nodes: z.array(plantNode),
      total: z.int(),
      /** In the whole plant. */
      all: z.int(),
      /** ONUs that hang nowhere yet. */
      unplaced: z.int(),
      revision: z.int(),
    }),
  }),
  'plant.node': query({
    access: read,
    scope: ofIdInPart('node'),
    input: z.strictObject({ id: uuid }),
    output: z.object({
      node: plantNode,
      /** From the top, without the node itself. */
      path: z.array(z.object({ id: uuid, name: z.string(), kind: z.enum(plantNodeKinds) })),
      /** By port, those without a port last; at most 1000. */
      onus: z.array(
        z.object({ nodePort: z.int().nullable(), streetAddress: z.string(), onu: onuRow }),
      ),
      /** Places whose ONU is on no OLT any more: the place stays until a person decides. */
      gone: z.array(
        z.object({
          oltId: uuid,
          oltName: z.string(),
          address: onuAddress,
          nodePort: z.int().nullable(),
          streetAddress: z.string(),
        }),
      ),
      /** The PON port that feeds it, said at itself or at a node above; null: nowhere said. */
      fedBy: z
        .object({ oltId: uuid, oltName: z.string(), pon: ponAddress, nodeId: uuid })
        .nullable(),
      /** PON ports that feed ONUs below it. */
      pons: z.array(z.object({ oltId: uuid, oltName: z.string(), pon: ponAddress, onus: z.int() })),
    }),
  }),
  /** ONUs that hang nowhere, by OLT and address. Every word must occur in its texts. */
  'plant.unplaced': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      oltId: uuid.nullable().default(null),
      pon: ponAddress.nullable().default(null),
      search: z.string().max(200).default(''),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(1000).default(200),
    }),
    output: z.object({ onus: z.array(onuRow), total: z.int() }),
  }),
  'plant.place': query({
    access: read,
    scope: ofOnu,
    input: z.strictObject({ oltId: uuid, address: onuAddress }),
    output: onuPlace,
  }),
  'plant.oltPlaces': query({
    access: read,
    scope: 'narrowed',
    input: nothing,
    output: z.object({
      olts: z.array(
        z.object({ oltId: uuid, coordinates: coordinates.nullable(), version: z.int() }),
      ),
    }),
  }),
  /**
   * What a file would change. Bytes as they are on the disk: UTF-8, UTF-16 and Windows-1252 are told
   * apart, separators , ; and tab. Nothing is changed; `applyImport` names the import.
   */
  'plant.previewImport': query({
    access: manage,
    input: z.strictObject({
      taskId,
      kind: importKind,
      fileName: z.string().max(255),
      bytes: z.instanceof(Uint8Array),
    }),
    output: z.object({
      importId: uuid,
      encoding: z.string(),
      separator: z.string(),
      columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
      rows: z.int(),
      adds: z.int(),
      changes: z.int(),
      same: z.int(),
      problems: z
        .array(
          z.object({
            line: z.int(),
            column: z.string().nullable(),
            code: z.string(),
            text: z.string(),
          }),
        )
        .max(200),
      problemsTotal: z.int(),
      sample: z
        .array(
          z.object({ line: z.int(), text: z.string(), what: z.enum(['add', 'change', 'same']) }),
        )
        .max(20),
    }),
  }),
  'plant.export': query({
    access: read,
    input: z.strictObject({ kind: importKind }),
    output: z.object({ csv: z.string(), rows: z.int() }),
  }),
  /**
   * What the map shows of a window at a zoom (Web Mercator, 0..22): single things, and clusters of
   * what would lie on one another; columnar. `kinds`: 0 cluster, 1 OLT, 2 node, 3 ONU.
   */
  'plant.map': query({
    access: read,
    scope: 'narrowed',
    input: z.strictObject({
      west: longitude,
      south: latitude,
      east: longitude,
      north: latitude,
      zoom: z.number().min(0).max(24),
      layers: z.array(z.enum(['olts', 'nodes', 'onus'])).default(['olts', 'nodes', 'onus']),
      onlyDown: z.boolean().default(false),
    }),
    output: z.object({
      kinds: z.instanceof(Uint8Array),
      latitudes: z.instanceof(Float64Array),
      longitudes: z.instanceof(Float64Array),
      /** ONUs it stands for, and of them down and unknown. */
      onus: z.instanceof(Int32Array),
      down: z.instanceof(Int32Array),
      unknown: z.instanceof(Int32Array),
      /** Of single things: what it is called, and its place in the console (`olt:<id>` …). */
      labels: z.array(z.string()),
      references: z.array(z.string()),
      /** Everything that has coordinates; null: nothing has. */
      bounds: z
        .object({ west: longitude, south: latitude, east: longitude, north: latitude })
        .nullable(),
      located: z.object({ olts: z.int(), nodes: z.int(), onus: z.int() }),
      revision: z.int(),
    }),
  }),
  /** The PMTiles file beside the workspace; null: none was chosen, the map draws without. */
  'plant.mapFile': query({
    access: read,
    scope: 'nothing',
    input: nothing,
    output: z.object({
      file: z
        .object({ name: z.string(), bytes: z.number(), setAt: z.number(), version: z.int() })
        .nullable(),
    }),
  }),
  /** A part of it. Errors: `not-found`; `conflict` when it was replaced meanwhile. */
  'plant.readMapFile': query({
    access: read,
    scope: 'nothing',
    input: z.strictObject({
      version: z.int(),
      offset: z.int().min(0),
      length: z.int().min(1).max(16_777_216),
    }),
    output: z.object({ bytes: z.instanceof(Uint8Array) }),
  }),
  /** Parts of a new file, in order, kept aside until `plant.setMapFile`. */
  'plant.stageMapFile': query({
    access: manage,
    input: z.strictObject({
      uploadId: uuid,
      offset: z.int().min(0),
      bytes: z.instanceof(Uint8Array),
    }),
    output: done,
  }),
}

export const plantCommands = {
  'plant.addNode': command({
    access: manage,
    scope: ofNode,
    input: z.strictObject(nodeFields),
    output: z.object({ id: uuid }),
  }),
  'plant.changeNode': command({
    access: manage,
    scope: ofNode,
    input: z.strictObject({ id: uuid, baseVersion: z.int(), ...nodeFields }),
    output: z.object({ version: z.int() }),
  }),
  /** With all below it; its ONUs hang nowhere then. */
  'plant.removeNode': command({
    access: manage,
    scope: ofNode,
    input: z.strictObject({ id: uuid, baseVersion: z.int() }),
    output: z.object({ removed: z.int() }),
  }),
  /** Undo of `removeNode`, its ONUs with it. */
  'plant.restoreNode': command({
    access: manage,
    scope: ofNode,
    input: z.strictObject({ id: uuid }),
    output: z.object({ restored: z.int() }),
  }),
  /** Hangs ONUs on a node; null: nowhere. */
  'plant.placeOnus': command({
    access: manage,
    scope: ofPlacedOnus,
    input: z.strictObject({
      onus: z
        .array(z.strictObject({ oltId: uuid, address: onuAddress }))
        .min(1)
        .max(5000),
      nodeId: uuid.nullable(),
    }),
    output: z.object({ placed: z.int() }),
  }),
  'plant.setPlace': command({
    access: manage,
    scope: ofPlace,
    input: z.strictObject({
      oltId: uuid,
      address: onuAddress,
      nodeId: uuid.nullable(),
      nodePort: z.int().min(1).max(1024).nullable(),
      streetAddress: z.string().trim().max(300),
      coordinates: coordinates.nullable(),
    }),
    output: done,
  }),
  'plant.setOltCoordinates': command({
    access: manage,
    scope: ofOlt,
    input: z.strictObject({ oltId: uuid, coordinates: coordinates.nullable() }),
    output: done,
  }),
  'plant.applyImport': command({
    access: manage,
    input: z.strictObject({ importId: uuid }),
    output: z.object({ added: z.int(), changed: z.int() }),
  }),
  /** Takes the staged parts for the map's file; null: the map draws without one. */
  'plant.setMapFile': command({
    access: manage,
    input: z.strictObject({ uploadId: uuid.nullable(), name: z.string().max(255).default('') }),
    output: done,
  }),
}

export const plantEvents = {
  'plant.changed': event({
    access: read,
    scope: 'nothing',
    delivery: 'latest',
    payload: z.object({ revision: z.int() }),
  }),
}

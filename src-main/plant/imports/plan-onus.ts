import { formatOnu, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { PlantIndex } from '../plant-index.ts'
import type { PlaceRow } from '../tables.ts'
import { breathe, rowsPerSlice, type ImportRow, type Pace, type Problems } from './import-rows.ts'
import { createNodeTree, type TreeNode } from './node-tree.ts'
import type { OltNames } from './olt-names.ts'
import { createOnuFinder, type FoundOnu } from './onu-finder.ts'
import { mostSamples, type ImportPlan, type PlannedPlace } from './plan.ts'
import { pointIn } from './plan-nodes.ts'
import { readPath, readPort } from './read-values.ts'

export interface PlanOnusDeps {
  readonly index: PlantIndex
  readonly network: NetworkFacts
  readonly olts: OltNames
  readonly problems: Problems
  readonly pace: Pace
}

interface Planned {
  readonly row: ImportRow
  readonly place: PlannedPlace
  readonly before: PlaceRow | null
}

/** What rows of ONUs add and change. An empty cell leaves what is there. */
export const planOnus = async (
  rows: readonly ImportRow[],
  deps: PlanOnusDeps,
): Promise<ImportPlan> => {
  const { index, network, problems, pace } = deps
  const tree = createNodeTree(index)
  const finder = createOnuFinder(deps)
  const nodes = new Map<string, TreeNode | 'ambiguous' | null>()
  const seen = new Set<string>()
  const planned: Planned[] = []

  const nodeOf = (row: ImportRow): TreeNode | 'refused' | null => {
    const text = row.text('node')
    const path = text === '' ? levelsOf(row) : readPath(text)
    if (path.length === 0) return null
    const key = text === '' ? path.join('\0') : text
    const known = nodes.get(key)
    const found = known === undefined ? tree.find(path, key) : known
    nodes.set(key, found)
    if (found !== null && found !== 'ambiguous') return found
    const field = text === '' ? 'odb' : 'node'
    problems.at(
      row,
      field,
      found === null ? 'node-unknown' : 'node-ambiguous',
      text === '' ? path.join(' › ') : text,
    )
    return 'refused'
  }

  const takeRow = (row: ImportRow): void => {
    const onu = finder.find(row)
    if (onu === null) return
    const key = `${onu.oltId} ${onu.address}`
    if (seen.has(key)) return problems.at(row, null, 'duplicate-row', labelOf(network, onu))
    seen.add(key)
    const node = nodeOf(row)
    if (node === 'refused') return
    const portText = row.text('nodePort')
    const port = portText === '' ? null : readPort(portText)
    if (portText !== '' && port === null) return problems.at(row, 'nodePort', 'port', portText)
    const point = pointIn(row, problems)
    if (point === 'refused') return
    const streetAddress = row.text('streetAddress')
    if (streetAddress.length > 300) {
      return problems.at(row, 'streetAddress', 'too-long', streetAddress)
    }
    const before = index.place(onu.oltId, onu.address)
    const wasAt = nodeThere(index, before)
    const at = node?.number ?? wasAt
    if (at === null && port !== null)
      return problems.at(row, 'nodePort', 'port-without-node', portText)
    planned.push({
      row,
      before,
      place: {
        oltId: onu.oltId,
        address: onu.address,
        node: at,
        port: port ?? (at !== null && at === wasAt ? (before?.port ?? null) : null),
        streetAddress: streetAddress === '' ? (before?.streetAddress ?? '') : streetAddress,
        latitude: point?.latitude ?? before?.latitude ?? null,
        longitude: point?.longitude ?? before?.longitude ?? null,
      },
    })
  }

  for (const [at, row] of rows.entries()) {
    if (at % rowsPerSlice === 0) {
      pace.progress(at, rows.length)
      await breathe(pace)
    }
    takeRow(row)
  }
  await breathe(pace)
  return outcome(dropTakenPorts(planned, deps), index, network)
}

const levelsOf = (row: ImportRow): readonly string[] =>
  (['zone', 'cabinet', 'splitter', 'odb'] as const)
    .map((field) => row.text(field))
    .filter((name) => name !== '')

/** The node it hangs on, if that is there. */
const nodeThere = (index: PlantIndex, place: PlaceRow | null): number | null => {
  const number = place?.node ?? null
  return number !== null && index.nodeAt(number)?.removedWith === null ? number : null
}

const labelOf = (network: NetworkFacts, { oltId, address }: FoundOnu): string =>
  `${network.olt(oltId)?.name ?? ''} ${formatOnu(unpackOnuAddress(address))}`

/** Of two ONUs on one port of a node the second is told, with whose the port is. */
const dropTakenPorts = (
  planned: readonly Planned[],
  { index, network, problems }: PlanOnusDeps,
): readonly Planned[] => {
  const { places } = index
  const moved = new Set(planned.map(({ place }) => `${place.oltId} ${place.address}`))
  const owner = new Map<number, FoundOnu>()
  const keyOf = (node: number, port: number): number => node * 2048 + port
  for (let slot = 0; slot < places.count; slot++) {
    const port = places.port[slot]!
    const node = places.node[slot]!
    if (port === 0 || node === 0) continue
    const oltId = index.oltAt(places.olt[slot]!)?.oltId ?? ''
    const address = places.address[slot]!
    if (!moved.has(`${oltId} ${address}`)) owner.set(keyOf(node, port), { oltId, address })
  }
  return planned.filter(({ row, place }) => {
    if (place.node === null || place.port === null) return true
    const key = keyOf(place.node, place.port)
    const other = owner.get(key)
    if (other === undefined) {
      owner.set(key, place)
      return true
    }
    problems.at(row, 'nodePort', 'port-taken', `${place.port}: ${labelOf(network, other)}`)
    return false
  })
}

const outcome = (
  planned: readonly Planned[],
  index: PlantIndex,
  network: NetworkFacts,
): ImportPlan => {
  const places: PlannedPlace[] = []
  const sample: ImportPlan['sample'] = []
  let adds = 0
  let changes = 0
  for (const { row, place, before } of planned) {
    const what = whatOf(index, place, before)
    if (what !== 'same') places.push(place)
    if (what === 'add') adds++
    if (what === 'change') changes++
    if (sample.length >= mostSamples) continue
    const where = place.node === null ? '' : ` → ${index.pathOf(place.node)}`
    const port = place.port === null ? '' : ` · ${place.port}`
    sample.push({ line: row.line, text: `${labelOf(network, place)}${where}${port}`, what })
  }
  return {
    kind: 'onus',
    revision: index.revision(),
    adds,
    changes,
    same: planned.length - adds - changes,
    sample,
    nodes: [],
    places,
    olts: [],
  }
}

const whatOf = (
  index: PlantIndex,
  place: PlannedPlace,
  before: PlaceRow | null,
): 'add' | 'change' | 'same' => {
  const wasAt = nodeThere(index, before)
  const same =
    place.node === wasAt &&
    place.port === (wasAt === null ? null : (before?.port ?? null)) &&
    place.streetAddress === (before?.streetAddress ?? '') &&
    isNear(place.latitude, before?.latitude ?? null) &&
    isNear(place.longitude, before?.longitude ?? null)
  if (same) return 'same'
  return before === null ? 'add' : 'change'
}

/** Coordinates are kept to 1e-7 degrees. */
const isNear = (one: number | null, other: number | null): boolean =>
  one === other || (one !== null && other !== null && Math.abs(one - other) < 1e-7)

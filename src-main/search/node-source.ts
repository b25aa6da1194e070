import type { PlantLookup } from '../engine/capability-ports.ts'
import { highlight } from './highlight.ts'
import { typosBelow, type SearchSource } from './search-source.ts'
import type { Slices } from './slices.ts'
import { createTextIndex, noAddress } from './text-index.ts'
import type { SearchWithin } from './within.ts'

/** Nodes of the outside plant by name, street and path. */
export interface NodeSource extends SearchSource {
  /** The plant has changed. */
  readonly refresh: () => void
}

const nodesAtOnce = 32

export const createNodeSource = (
  plant: PlantLookup,
  slices: Slices,
  within: SearchWithin,
): NodeSource => {
  let index = createTextIndex()
  const ids: string[] = []
  const records = new Map<string, number>()

  function* putNodes(): Generator<void> {
    if (index.waste() > 0.5) index = createTextIndex()
    const there = new Set(plant.nodeIds?.() ?? [])
    for (const [id, record] of records) if (!there.has(id)) index.remove(record)
    let count = 0
    for (const id of there) {
      const node = plant.node(id)
      if (node === null) continue
      const record = records.get(id) ?? ids.length
      records.set(id, record)
      ids[record] = id
      // The path ends with the name, which has a weight of its own.
      const above = node.path.slice(0, Math.max(0, node.path.length - node.name.length))
      index.put(record, 0, noAddress, [node.name, node.street, above])
      if (++count % nodesAtOnce === 0) yield
    }
  }

  return {
    scope: 'nodes',
    permission: 'plant.node.read',
    ids: false,
    refresh: () => slices.add('nodes', putNodes),
    find: ({ query, limit, context }) => {
      const isWithin = within.nodes(context.reach)
      const { hits, total } = index.find(query, {
        limit,
        typosBelow,
        within: isWithin === undefined ? undefined : (record) => isWithin(ids[record]!),
      })
      return {
        total,
        hits: hits.flatMap(({ record, cost, typo }) => {
          const node = plant.node(ids[record]!)
          if (node === null) return []
          const { id, kind, name, path, street } = node
          const matches = highlight(query, [
            { field: 'name', text: name },
            { field: 'street', text: street },
            { field: 'path', text: path },
          ])
          const hit = {
            kind: 'node' as const,
            nodeKind: kind,
            id,
            name,
            path,
            street,
            matches,
            typo,
          }
          return [{ cost, hit }]
        }),
      }
    },
  }
}

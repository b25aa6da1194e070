import type { Output } from '../../../src-shared/contract/index.ts'

type Detail = Output<'plant.node'>
export type HungOnu = Detail['onus'][number]
export type GoneOnu = Detail['gone'][number]

/** One port of a node. */
export type PortCell =
  | { readonly port: number; readonly kind: 'free' }
  | {
      readonly port: number
      readonly kind: 'onu'
      readonly hung: HungOnu
      readonly beyond: boolean
    }
  | {
      readonly port: number
      readonly kind: 'gone'
      readonly gone: GoneOnu
      readonly beyond: boolean
    }

/** All ports that the node has, and those beyond that something hangs on all the same. */
export const portCells = ({ node, onus, gone }: Detail): readonly PortCell[] => {
  const byPort = new Map<number, PortCell>()
  const capacity = node.capacity ?? 0
  for (const hung of onus) {
    if (hung.nodePort === null) continue
    const port = hung.nodePort
    byPort.set(port, { port, kind: 'onu', hung, beyond: node.capacity !== null && port > capacity })
  }
  for (const one of gone) {
    if (one.nodePort === null) continue
    const port = one.nodePort
    byPort.set(port, {
      port,
      kind: 'gone',
      gone: one,
      beyond: node.capacity !== null && port > capacity,
    })
  }
  const cells: PortCell[] = []
  for (let port = 1; port <= capacity; port++) {
    cells.push(byPort.get(port) ?? { port, kind: 'free' })
  }
  const beyond = [...byPort.values()].filter(({ port }) => port > capacity)
  return [...cells, ...beyond.toSorted((one, other) => one.port - other.port)]
}

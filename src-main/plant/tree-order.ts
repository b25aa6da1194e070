import type { PlaceTable } from './place-table.ts'
import type { NodeRow } from './tables.ts'

/**
 * The tree laid out in one line: a node's subtree is a span of `numbers`, and the ONUs at or below
 * it are a span of `slots`. Made anew when nodes or places change: a few ms for 100,000 ONUs.
 */
export interface TreeOrder {
  /** Numbers of the nodes that are there, parents before what hangs below them. */
  readonly numbers: Int32Array
  /** By number of the node: its position in `numbers`, and where its subtree ends; -1: not there. */
  readonly enter: Int32Array
  readonly leave: Int32Array
  /** By position: where the ONUs of that node begin in `slots`; one more than there are nodes. */
  readonly starts: Int32Array
  readonly slots: Int32Array
  /** By number: nodes right below it, in order of their making. `0`: those at the top. */
  readonly children: readonly (readonly number[] | undefined)[]
}

export const orderTree = (
  nodes: readonly (NodeRow | undefined)[],
  places: PlaceTable,
): TreeOrder => {
  const children: number[][] = []
  let count = 0
  for (const node of nodes) {
    if (node === undefined || node.removedWith !== null) continue
    const parent = node.parent ?? 0
    const list = children[parent]
    if (list === undefined) children[parent] = [node.number]
    else list.push(node.number)
    count++
  }
  const numbers = new Int32Array(count)
  const enter = new Int32Array(nodes.length).fill(-1)
  const leave = new Int32Array(nodes.length).fill(-1)
  let position = 0
  // A stack instead of a call per level: a bad file could make a tree of any depth.
  const stack = (children[0] ?? []).toReversed()
  const open: number[] = []
  while (stack.length > 0) {
    const number = stack.pop()!
    if (number < 0) {
      leave[open.pop()!] = position
      continue
    }
    enter[number] = position
    numbers[position++] = number
    open.push(number)
    stack.push(-1)
    const below = children[number]
    if (below !== undefined) for (let n = below.length - 1; n >= 0; n--) stack.push(below[n]!)
  }
  return { numbers, enter, leave, children, ...orderSlots(places, enter, count) }
}

/** Counting sort of the slots by the position of their node. */
const orderSlots = (
  places: PlaceTable,
  enter: Int32Array,
  count: number,
): Pick<TreeOrder, 'starts' | 'slots'> => {
  const starts = new Int32Array(count + 1)
  const { node } = places
  for (let slot = 0; slot < places.count; slot++) {
    const at = enter[node[slot]!] ?? -1
    if (at >= 0) starts[at + 1]!++
  }
  for (let at = 0; at < count; at++) starts[at + 1]! += starts[at]!
  const slots = new Int32Array(starts[count]!)
  const next = starts.slice(0, count)
  for (let slot = 0; slot < places.count; slot++) {
    const at = enter[node[slot]!] ?? -1
    if (at >= 0) slots[next[at]!++] = slot
  }
  return { starts, slots }
}

/** Slots of the ONUs at or below a node. */
export const slotsBelow = (order: TreeOrder, number: number): Int32Array => {
  const from = order.enter[number] ?? -1
  if (from < 0) return order.slots.subarray(0, 0)
  return order.slots.subarray(order.starts[from]!, order.starts[order.leave[number]!]!)
}

/** Slots of the ONUs that hang on the node itself. */
export const slotsAt = (order: TreeOrder, number: number): Int32Array => {
  const at = order.enter[number] ?? -1
  if (at < 0) return order.slots.subarray(0, 0)
  return order.slots.subarray(order.starts[at]!, order.starts[at + 1]!)
}

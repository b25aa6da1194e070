import { ponOf } from '../../../src-shared/domain/onu-address.ts'

/**
 * Where each ONU's cell lies in a heat strip. Pure: the canvas, the pointer and the arrow keys all
 * ask this. Lengths are CSS pixels.
 */

export interface PonGroup {
  /** Packed address of the PON (its ONU part is 0). */
  readonly pon: number
  /** Position of its first ONU in the strip's columns; its ONUs follow one another. */
  readonly first: number
  readonly count: number
}

/** ONUs come ordered by address, so that one PON is one run. */
export const groupByPon = (addresses: Int32Array): readonly PonGroup[] => {
  const groups: PonGroup[] = []
  let first = 0
  for (let i = 1; i <= addresses.length; i++) {
    const pon = ponOf(addresses[first] ?? 0)
    if (i < addresses.length && ponOf(addresses[i] ?? 0) === pon) continue
    if (i > first) groups.push({ pon, first, count: i - first })
    first = i
  }
  return groups
}

export interface StripBlock extends PonGroup {
  readonly x: number
  readonly y: number
  readonly columns: number
  readonly rows: number
}

export interface StripLayout {
  readonly kind: 'flow' | 'rows'
  readonly cellWidth: number
  readonly cellHeight: number
  readonly width: number
  readonly height: number
  readonly blocks: readonly StripBlock[]
  /** Cell within its block, column and row, for each ONU. */
  readonly columnOf: Int32Array
  readonly rowOf: Int32Array
  readonly blockOf: Int32Array
}

const columnsNeeded = (groups: readonly PonGroup[], rows: number): number =>
  groups.reduce((sum, group) => sum + Math.ceil(group.count / rows), 0)

/**
 * The dashboard's strip: the PONs side by side in one line, each a block that fills downwards and
 * then to the right, with the largest square cell at which all of them fit.
 */
export const layoutFlow = (
  groups: readonly PonGroup[],
  box: { readonly width: number; readonly height: number },
  limits: { readonly minCell: number; readonly maxCell: number } = { minCell: 2, maxCell: 14 },
): StripLayout => {
  let cell = Math.min(limits.maxCell, Math.floor(box.height))
  let gap = 2
  for (; cell > limits.minCell; cell--) {
    gap = cell >= 6 ? 4 : 2
    const rows = Math.max(1, Math.floor(box.height / cell))
    if (columnsNeeded(groups, rows) * cell + (groups.length - 1) * gap <= box.width) break
  }
  cell = Math.max(cell, 1)
  const rows = Math.max(1, Math.floor(box.height / cell))
  // Even the smallest cell may not fit: then the gaps go, and cells become narrower than a pixel.
  const columns = columnsNeeded(groups, rows)
  if (columns * cell + (groups.length - 1) * gap > box.width)
    gap = columns + groups.length < box.width ? 1 : 0
  const room = box.width - Math.max(0, groups.length - 1) * gap
  const widest = room / Math.max(1, columns)
  // What is left of the width goes to the cells: a little wider than high reads as well as square.
  const cellWidth =
    widest < cell ? widest : Math.max(cell, Math.min(Math.floor(widest), Math.floor(cell * 1.5)))

  const blocks: StripBlock[] = []
  let x = 0
  let tallest = 0
  for (const group of groups) {
    const blockColumns = Math.ceil(group.count / rows)
    const blockRows = Math.min(rows, group.count)
    blocks.push({ ...group, x, y: 0, columns: blockColumns, rows: blockRows })
    x += blockColumns * cellWidth + gap
    tallest = Math.max(tallest, blockRows)
  }
  const count = groups.reduce((sum, group) => sum + group.count, 0)
  const columnOf = new Int32Array(count)
  const rowOf = new Int32Array(count)
  const blockOf = new Int32Array(count)
  blocks.forEach((block, position) => {
    for (let i = 0; i < block.count; i++) {
      columnOf[block.first + i] = Math.floor(i / rows)
      rowOf[block.first + i] = i % rows
      blockOf[block.first + i] = position
    }
  })
  return {
    kind: 'flow',
    cellWidth,
    cellHeight: cell,
    width: Math.max(0, x - gap),
    height: tallest * cell,
    blocks,
    columnOf,
    rowOf,
    blockOf,
  }
}

/**
 * The OLT page's strip: a row for each PON, a column for each ONU number, so that free numbers show
 * as gaps and the same number stands in the same column everywhere.
 */
export const layoutRows = (
  groups: readonly PonGroup[],
  addresses: Int32Array,
  box: { readonly width: number; readonly rowHeight: number; readonly rowGap: number },
  limits: { readonly minCell: number; readonly maxCell: number } = { minCell: 3, maxCell: 26 },
): StripLayout => {
  let lowest = 1023
  let highest = 0
  for (const packed of addresses) {
    const onuId = packed & 1023
    if (onuId < lowest) lowest = onuId
    if (onuId > highest) highest = onuId
  }
  const columns = addresses.length === 0 ? 0 : highest - lowest + 1
  const cellWidth = Math.min(
    limits.maxCell,
    Math.max(limits.minCell, Math.floor(box.width / Math.max(1, columns))),
  )
  const columnOf = new Int32Array(addresses.length)
  const rowOf = new Int32Array(addresses.length)
  const blockOf = new Int32Array(addresses.length)
  const blocks = groups.map((group, position): StripBlock => {
    for (let i = group.first; i < group.first + group.count; i++) {
      columnOf[i] = ((addresses[i] ?? 0) & 1023) - lowest
      blockOf[i] = position
    }
    return { ...group, x: 0, y: position * (box.rowHeight + box.rowGap), columns, rows: 1 }
  })
  return {
    kind: 'rows',
    cellWidth,
    cellHeight: box.rowHeight,
    width: columns * cellWidth,
    height: Math.max(0, groups.length * (box.rowHeight + box.rowGap) - box.rowGap),
    blocks,
    columnOf,
    rowOf,
    blockOf,
  }
}

export interface CellBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const cellBox = (layout: StripLayout, onu: number): CellBox | undefined => {
  const block = layout.blocks[layout.blockOf[onu] ?? -1]
  if (block === undefined || onu < 0 || onu >= layout.blockOf.length) return undefined
  return {
    x: block.x + (layout.columnOf[onu] ?? 0) * layout.cellWidth,
    y: block.y + (layout.rowOf[onu] ?? 0) * layout.cellHeight,
    width: layout.cellWidth,
    height: layout.cellHeight,
  }
}

export type StripHit =
  | { readonly kind: 'onu'; readonly onu: number; readonly block: number }
  | { readonly kind: 'pon'; readonly block: number }
  | { readonly kind: 'none' }

/** What lies at a point: an ONU, a PON's own ground (a free number, a block's rest), or nothing. */
export const hitStrip = (layout: StripLayout, x: number, y: number): StripHit => {
  for (let position = 0; position < layout.blocks.length; position++) {
    const block = layout.blocks[position]
    if (block === undefined) continue
    const column = Math.floor((x - block.x) / layout.cellWidth)
    const row = Math.floor((y - block.y) / layout.cellHeight)
    if (column < 0 || column >= block.columns || row < 0 || row >= Math.max(1, block.rows)) continue
    for (let onu = block.first; onu < block.first + block.count; onu++) {
      if (layout.columnOf[onu] === column && layout.rowOf[onu] === row) {
        return { kind: 'onu', onu, block: position }
      }
    }
    return { kind: 'pon', block: position }
  }
  return { kind: 'none' }
}

export type StripMove =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'pon-next'
  | 'pon-previous'

const nearest = (layout: StripLayout, block: StripBlock, column: number): number => {
  let best = block.first
  let distance = Infinity
  for (let onu = block.first; onu < block.first + block.count; onu++) {
    const away = Math.abs((layout.columnOf[onu] ?? 0) - column)
    if (away < distance) {
      best = onu
      distance = away
    }
  }
  return best
}

/** Where an arrow key leads from an ONU; at an edge it stays. */
export const moveInStrip = (layout: StripLayout, onu: number, move: StripMove): number => {
  const last = layout.blockOf.length - 1
  if (last < 0) return -1
  if (onu < 0 || onu > last) return 0
  const position = layout.blockOf[onu] ?? 0
  const block = layout.blocks[position]
  if (block === undefined) return 0
  const clamp = (value: number): number => Math.max(0, Math.min(last, value))
  const inOtherBlock = (step: number): number => {
    const other = layout.blocks[position + step]
    return other === undefined ? onu : nearest(layout, other, layout.columnOf[onu] ?? 0)
  }
  switch (move) {
    case 'first':
      return 0
    case 'last':
      return last
    case 'pon-next':
      return layout.blocks[position + 1]?.first ?? onu
    case 'pon-previous':
      return layout.blocks[position - 1]?.first ?? onu
    case 'left':
      return layout.kind === 'rows' ? clamp(onu - 1) : clamp(onu - block.rows)
    case 'right':
      return layout.kind === 'rows' ? clamp(onu + 1) : clamp(onu + block.rows)
    case 'up':
      return layout.kind === 'rows' ? inOtherBlock(-1) : clamp(onu - 1)
    case 'down':
      return layout.kind === 'rows' ? inOtherBlock(1) : clamp(onu + 1)
  }
}

import type { StripLayout } from './strip-layout.ts'
import { cellBox } from './strip-layout.ts'
import { stripCellOf, stripLetters, type StripCell, type StripData } from './strip-cells.ts'

/** Colours of a strip in the theme at hand. */
export interface StripPalette {
  readonly steps: readonly string[]
  readonly free: string
  /** Stands for a hollow cell where there is no room for a border. */
  readonly tinyUnknown: string
  readonly fills: Readonly<Record<Exclude<StripCell['kind'], 'step'>, string>>
  readonly inks: Readonly<Record<Exclude<StripCell['kind'], 'step'>, string>>
  readonly font: string
}

/** Below this a letter cannot be read and a pattern stands in its place. */
const letterFromPx = 9

const paintMark = (
  context: CanvasRenderingContext2D,
  cell: Exclude<StripCell, { kind: 'step' }>,
  x: number,
  y: number,
  width: number,
  height: number,
  palette: StripPalette,
): void => {
  const ink = palette.inks[cell.kind]
  context.fillStyle = ink
  context.strokeStyle = ink
  if (stripLetters[cell.kind] !== '' && width >= letterFromPx && height >= letterFromPx) {
    context.fillText(stripLetters[cell.kind], x + width / 2, y + height / 2 + 0.5)
    return
  }
  if (width < 3 || height < 3) return
  if (cell.kind === 'none') return
  context.lineWidth = 1
  context.beginPath()
  switch (cell.kind) {
    case 'offline-optical':
    case 'invalid':
      context.moveTo(x + 0.5, y + height - 0.5)
      context.lineTo(x + width - 0.5, y + 0.5)
      break
    case 'offline-power':
      context.rect(x + width / 2 - 0.5, y + height / 2 - 0.5, 1, 1)
      break
    case 'offline-other':
    case 'auth-failed':
      context.moveTo(x + 0.5, y + height / 2)
      context.lineTo(x + width - 0.5, y + height / 2)
      break
    case 'too-strong':
    case 'starting':
      context.moveTo(x + width / 2, y + 0.5)
      context.lineTo(x + width / 2, y + height - 0.5)
      break
    case 'unknown':
    case 'disabled':
      context.rect(x + 0.5, y + 0.5, width - 1, height - 1)
      break
  }
  context.stroke()
}

/** Paints the whole strip; 2,048 cells take about a millisecond. */
export const paintStrip = (
  context: CanvasRenderingContext2D,
  layout: StripLayout,
  strip: StripData,
  palette: StripPalette,
): void => {
  const { cellWidth, cellHeight } = layout
  const gap = Math.min(cellWidth, cellHeight) >= 4 ? 1 : 0
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.font = `600 ${Math.min(10, Math.max(8, Math.floor(Math.min(cellWidth, cellHeight)) - 2))}px ${palette.font}`
  if (layout.kind === 'rows') {
    context.fillStyle = palette.free
    for (const block of layout.blocks) {
      for (let column = 0; column < block.columns; column++) {
        const x = block.x + column * cellWidth + cellWidth / 2 - 0.5
        context.fillRect(Math.round(x), block.y + Math.round(cellHeight / 2), 1, 1)
      }
    }
  }
  for (let onu = 0; onu < strip.rows.length; onu++) {
    const box = cellBox(layout, onu)
    if (box === undefined) continue
    const width = Math.max(box.width - gap, Math.min(box.width, 1))
    const height = box.height - gap
    const cell = stripCellOf(strip, onu)
    if (cell.kind === 'step') {
      context.fillStyle = palette.steps[cell.step] ?? palette.free
      context.fillRect(box.x, box.y, width, height)
      continue
    }
    // A hollow cell this small would vanish.
    const hollow = cell.kind === 'unknown' && Math.min(width, height) < 4
    context.fillStyle = hollow ? palette.tinyUnknown : palette.fills[cell.kind]
    context.fillRect(box.x, box.y, width, height)
    if (hollow) continue
    paintMark(context, cell, box.x, box.y, width, height, palette)
  }
}

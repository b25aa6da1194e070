import { readTokens } from '../charts/theme-colour.ts'
import type { RibbonBlock, RibbonState } from './ribbon.ts'

/** CSS pixels. */
export const ribbonHeight = 14

const tokens = {
  online: '--nc-chart-online',
  power: '--nc-chart-offline-power',
  optical: '--nc-chart-offline-optical',
  other: '--nc-chart-offline-other',
  unknown: '--nc-chart-unknown',
  disabled: '--nc-chart-disabled',
  starting: '--nc-warning',
  refused: '--nc-indeterminate',
  surface: '--nc-surface',
  line: '--nc-line',
} as const

type Colours = Readonly<Record<keyof typeof tokens, string>>

/**
 * Colour and form both: online is low, what is off is full and striped its own way (optical to the
 * right, power to the left, other upright), unknown is dotted, not read is an empty line.
 */
interface Look {
  readonly colour: keyof Colours
  readonly top: number
  readonly pattern: 'plain' | 'right' | 'left' | 'upright' | 'dots' | 'empty'
}

const looks: Readonly<Record<RibbonState, Look>> = {
  online: { colour: 'online', top: 6, pattern: 'plain' },
  'offline-optical': { colour: 'optical', top: 0, pattern: 'right' },
  'offline-power': { colour: 'power', top: 0, pattern: 'left' },
  'offline-other': { colour: 'other', top: 0, pattern: 'upright' },
  'auth-failed': { colour: 'refused', top: 0, pattern: 'upright' },
  starting: { colour: 'starting', top: 3, pattern: 'plain' },
  disabled: { colour: 'disabled', top: 3, pattern: 'plain' },
  unknown: { colour: 'unknown', top: 3, pattern: 'dots' },
  unread: { colour: 'line', top: 12, pattern: 'empty' },
}

const tile = (look: Look, colours: Colours, scale: number): CanvasPattern | string => {
  const colour = colours[look.colour]
  if (look.pattern === 'plain' || look.pattern === 'empty') return colour
  const size = 6
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = Math.round(size * scale)
  const context = canvas.getContext('2d')
  if (context === null) return colour
  context.scale(canvas.width / size, canvas.height / size)
  if (look.pattern === 'dots') {
    context.fillStyle = colour
    for (const [x, y] of [
      [0, 0],
      [3, 3],
    ] as const) {
      context.fillRect(x, y, 2, 2)
    }
  } else {
    context.fillStyle = colour
    context.fillRect(0, 0, size, size)
    context.strokeStyle = colours.surface
    context.globalAlpha = 0.55
    context.lineWidth = 1.2
    context.beginPath()
    if (look.pattern === 'upright') {
      context.moveTo(3, 0)
      context.lineTo(3, size)
    } else {
      const flip = look.pattern === 'left' ? (x: number) => size - x : (x: number) => x
      for (const shift of [-size, 0, size]) {
        context.moveTo(flip(shift), size)
        context.lineTo(flip(shift + size), 0)
      }
    }
    context.stroke()
  }
  return context.createPattern(canvas, 'repeat') ?? colour
}

export const paintRibbon = (
  canvas: HTMLCanvasElement,
  blocks: readonly RibbonBlock[],
  width: number,
): void => {
  const scale = window.devicePixelRatio
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(ribbonHeight * scale)
  canvas.style.width = `${width}px`
  canvas.style.height = `${ribbonHeight}px`
  const context = canvas.getContext('2d')
  if (context === null) return
  const colours = readTokens(tokens)
  const tiles = new Map<RibbonState, CanvasPattern | string>()
  for (const { x, width: across, state } of blocks) {
    const look = looks[state]
    const style = tiles.get(state) ?? tile(look, colours, scale)
    tiles.set(state, style)
    context.fillStyle = style
    const left = Math.round(x * scale)
    const right = Math.round((x + across) * scale)
    const top = Math.round(look.top * scale)
    context.fillRect(left, top, right - left, canvas.height - top)
  }
}

import uPlot from 'uplot'
import type { SeriesPoints } from './series-points.ts'

/** What is drawn on a plot beside its lines: events, limits, counters that began anew. */

export interface PlotLine {
  readonly points: SeriesPoints
  /** The one that is laid over: another colour and dashes. */
  readonly over: boolean
}

export interface PlotLimit {
  readonly value: number
  /** In the picture when the values come so near. */
  readonly reach: number
  readonly label: string
}

export const drawEvents = (self: uPlot, events: readonly number[], colour: string): void => {
  const { left, top, width, height } = self.bbox
  const { ctx } = self
  ctx.save()
  ctx.strokeStyle = colour
  ctx.globalAlpha = 0.4
  ctx.lineWidth = uPlot.pxRatio
  ctx.setLineDash([2 * uPlot.pxRatio, 3 * uPlot.pxRatio])
  ctx.beginPath()
  for (const at of events) {
    const x = Math.round(self.valToPos(at, 'x', true)) + 0.5
    if (x < left || x > left + width) continue
    ctx.moveTo(x, top)
    ctx.lineTo(x, top + height)
  }
  ctx.stroke()
  ctx.restore()
}

export const drawLimits = (
  self: uPlot,
  limits: readonly PlotLimit[],
  colour: { readonly limit: string; readonly font: string },
): void => {
  const { left, top, width, height } = self.bbox
  const { ctx } = self
  ctx.save()
  ctx.strokeStyle = colour.limit
  ctx.fillStyle = colour.limit
  ctx.lineWidth = uPlot.pxRatio
  ctx.font = `${10 * uPlot.pxRatio}px ${colour.font}`
  ctx.textAlign = 'right'
  for (const { value, label } of limits) {
    const y = Math.round(self.valToPos(value, 'y', true)) + 0.5
    if (y < top || y > top + height) continue
    ctx.globalAlpha = 0.85
    ctx.beginPath()
    ctx.moveTo(left, y)
    ctx.lineTo(left + width, y)
    ctx.stroke()
    ctx.globalAlpha = 1
    const below = y - top < 14 * uPlot.pxRatio
    ctx.textBaseline = below ? 'top' : 'bottom'
    ctx.fillText(label, left + width - 4 * uPlot.pxRatio, y + (below ? 2 : -2) * uPlot.pxRatio)
  }
  ctx.restore()
}

/** A small wedge at the foot where a counter began anew. */
export const drawResets = (
  self: uPlot,
  lines: readonly PlotLine[],
  colour: { readonly reset: string },
): void => {
  const { left, top, width, height } = self.bbox
  const { ctx } = self
  const size = 4 * uPlot.pxRatio
  ctx.save()
  ctx.fillStyle = colour.reset
  for (const { points } of lines) {
    for (const at of points.resets) {
      const x = self.valToPos(at, 'x', true)
      if (x < left || x > left + width) continue
      ctx.beginPath()
      ctx.moveTo(x - size, top + height)
      ctx.lineTo(x + size, top + height)
      ctx.lineTo(x, top + height - size * 1.6)
      ctx.closePath()
      ctx.fill()
    }
  }
  ctx.restore()
}

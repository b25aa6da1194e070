import { readTokens } from '../charts/theme-colour.ts'

/** The canvases of a stack and the words beside them as one picture in the clipboard. */

const tokens = {
  surface: '--nc-surface',
  text: '--nc-text',
  soft: '--nc-text-soft',
  line: '--nc-chart-line',
  over: '--nc-chart-line-2',
  font: '--nc-font',
} as const

/** Texts that are drawn beside the canvases. */
const words = [
  '.nc-chart__name',
  '.nc-ribbon__title',
  '.nc-tick',
  '.nc-time-axis .nc-row-name',
  '.nc-readout__name',
  '.nc-readout dd > *',
  '.nc-ribbon .nc-readouts > .nc-soft',
].join(',')

/** CSS pixels. */
const edge = 12
const headHeight = 26
const axisHeight = 22

/** Rejects where the browser has no canvas or refuses the clipboard. */
export const copyPicture = async (stack: HTMLElement, title: string): Promise<void> => {
  const blob = paint(stack, title).then(
    (canvas) =>
      new Promise<Blob>((resolve, reject) => {
        canvas.toBlob((made) => (made === null ? reject(new Error('no picture')) : resolve(made)))
      }),
  )
  // As a promise: the permission is asked for while the click still counts as the person's.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
}

const paint = async (stack: HTMLElement, title: string): Promise<HTMLCanvasElement> => {
  await document.fonts.ready
  const scale = Math.max(1, window.devicePixelRatio)
  const frame = stack.getBoundingClientRect()
  const axis = stack.querySelector('.nc-time-axis')
  const pictures = [...stack.querySelectorAll('canvas')].filter(
    (each) => each.getBoundingClientRect().width > 0,
  )
  // Folded charts are left out: the axis stands below the last that is open.
  const floor = Math.max(
    0,
    ...pictures.map((each) => each.getBoundingClientRect().bottom - frame.top),
  )
  const place = (element: Element) => {
    const rect = element.getBoundingClientRect()
    const onAxis = axis !== null && axis.contains(element)
    const top = onAxis ? floor + rect.top - axis.getBoundingClientRect().top : rect.top - frame.top
    return { x: rect.left - frame.left + edge, y: top + headHeight, top, onAxis, rect }
  }
  const size = { width: frame.width + 2 * edge, height: headHeight + floor + axisHeight + edge }
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(size.width * scale)
  canvas.height = Math.round(size.height * scale)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  const colour = readTokens(tokens)
  context.scale(scale, scale)
  context.fillStyle = colour.surface
  context.fillRect(0, 0, size.width, size.height)
  context.textBaseline = 'middle'
  context.fillStyle = colour.text
  context.font = `600 13px ${colour.font}`
  context.fillText(title, edge, headHeight / 2)
  for (const picture of pictures) {
    const { x, y, rect } = place(picture)
    context.drawImage(picture, x, y, rect.width, rect.height)
  }
  for (const word of stack.querySelectorAll<HTMLElement>(words)) {
    const { x, y, top, onAxis, rect } = place(word)
    const text = word.innerText.replaceAll(/\s+/g, ' ').trim()
    if (text === '' || (!onAxis && top > floor)) continue
    const strong = word.matches('strong, .nc-chart__name, .nc-ribbon__title')
    context.fillStyle = strong ? colour.text : colour.soft
    context.font = `${word.matches('strong') ? 600 : 400} 11px ${colour.font}`
    context.fillText(text, x, y + rect.height / 2)
  }
  context.lineWidth = 2
  for (const mark of stack.querySelectorAll('.nc-line-mark')) {
    const { x, y, rect } = place(mark)
    const over = mark.hasAttribute('data-over')
    context.strokeStyle = over ? colour.over : colour.line
    context.setLineDash(over ? [5, 3] : [])
    context.beginPath()
    context.moveTo(x, y + rect.height / 2)
    context.lineTo(x + rect.width, y + rect.height / 2)
    context.stroke()
  }
  return canvas
}

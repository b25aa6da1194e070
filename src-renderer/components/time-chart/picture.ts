import { readTokens } from '../charts/theme-colour.ts'

/** The canvases of a stack and the words beside them as one picture in the clipboard. */

const tokens = {
  surface: '--nc-surface',
  text: '--nc-text',
  soft: '--nc-text-soft',
  font: '--nc-font',
} as const

/** Texts that are drawn beside the canvases, by selector. */
const wordSelectors = [
  '.nc-chart__name',
  '.nc-ribbon__title',
  '.nc-tick',
  '.nc-row-name',
  '.nc-readouts',
]

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
  const head = 28
  const frame = stack.getBoundingClientRect()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(frame.width * scale)
  canvas.height = Math.round((frame.height + head) * scale)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  const colour = readTokens(tokens)
  context.scale(scale, scale)
  context.fillStyle = colour.surface
  context.fillRect(0, 0, frame.width, frame.height + head)
  context.fillStyle = colour.text
  context.font = `600 13px ${colour.font}`
  context.textBaseline = 'middle'
  context.fillText(title, 8, head / 2)
  const at = (element: Element) => {
    const rect = element.getBoundingClientRect()
    return { x: rect.left - frame.left, y: rect.top - frame.top + head, rect }
  }
  for (const part of stack.querySelectorAll('canvas')) {
    const { x, y, rect } = at(part)
    if (rect.width > 0) context.drawImage(part, x, y, rect.width, rect.height)
  }
  context.font = `11px ${colour.font}`
  for (const word of stack.querySelectorAll(wordSelectors.join(','))) {
    const { x, y, rect } = at(word)
    const text = word instanceof HTMLElement ? word.innerText.replaceAll(/\s+/g, ' ').trim() : ''
    context.fillStyle = word.matches('.nc-chart__name') ? colour.text : colour.soft
    if (text !== '') context.fillText(text, x, y + rect.height / 2)
  }
  return canvas
}

import { deflateSync, inflateSync } from 'node:zlib'

/**
 * What was typed and answered in one terminal, as it is kept: secrets masked, capped. Beginning and
 * end are kept of what is too long: the end says how it was left.
 */
export interface Transcript {
  /** What the OLT said. */
  readonly heard: (text: string) => void
  /** One line of ours behind its prompt, masked already. */
  readonly typed: (prompt: string, shown: string) => void
  /** Lines that were sent. */
  readonly lines: () => number
  /** The lines that were sent, masked, the first so many. */
  readonly sent: () => readonly string[]
  readonly text: () => string
}

const mostCharacters = 1_000_000
const keepHead = 100_000
const mostSent = 200
const sentLength = 200

export const createTranscript = (mask: (text: string) => string): Transcript => {
  let head = ''
  let tail = ''
  let left = 0
  let count = 0
  let open = ''
  const sent: string[] = []

  const keep = (masked: string): void => {
    if (tail === '' && left === 0 && head.length + masked.length <= keepHead) {
      head += masked
      return
    }
    tail += masked
    const tooMuch = head.length + tail.length - mostCharacters
    if (tooMuch <= 0) return
    // Whole lines go, and more than needed, so that not every piece moves the rest.
    const from = tail.indexOf('\n', tooMuch + mostCharacters / 10) + 1
    const cut = from === 0 ? tail.length : from
    left += cut
    tail = tail.slice(cut)
  }

  /** SECURITY: masks see whole lines, however the text came in pieces. */
  const add = (text: string): void => {
    open += text
    const end = open.lastIndexOf('\n') + 1
    if (end === 0 && open.length < 10_000) return
    const cut = end === 0 ? open.length : end
    keep(mask(open.slice(0, cut)))
    open = open.slice(cut)
  }

  return {
    heard: add,
    typed: (prompt, shown) => {
      if (open !== '') add('\n')
      keep(`${prompt}${shown}\n`)
      count++
      if (sent.length < mostSent) sent.push(shown.slice(0, sentLength))
    },
    lines: () => count,
    sent: () => sent,
    text: () => {
      const gap = left === 0 ? '' : `\n[… ${left} …]\n`
      return `${head}${gap}${tail}${mask(open)}`
    },
  }
}

export const deflateText = (text: string): Buffer => deflateSync(Buffer.from(text, 'utf8'))

/** What is kept is our own, but a store may be damaged: never more than it can have been. */
export const inflateText = (deflated: Uint8Array, maxBytes = 64_000_000): string =>
  inflateSync(deflated, { maxOutputLength: maxBytes }).toString('utf8')

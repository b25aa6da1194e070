import { longestMatched } from './pattern-schema.ts'

/**
 * What a terminal would show of the octets of a CLI, as lines. Cursor moves within a line are
 * played (ECMA-48: CUF, CUB, CHA, CUP's column, EL; BS, CR, HT), everything else that is not text
 * is dropped. Linear in the octets, and bounded: see `overflow`.
 */
export interface TerminalText {
  /** Forgets all text, takes up to `maxCharacters` more. */
  readonly start: (maxCharacters: number) => void
  readonly write: (octets: Uint8Array) => void
  /** Lines that are over, trailing blanks cut. */
  readonly lines: () => readonly string[]
  /** The line that is not over yet; null: longer than any prompt or question that is known. */
  readonly open: () => string | null
  /**
   * We answer what stands in the open line from `from` on: it goes away, and with it the way the OLT
   * wipes it, and the echo of our answer. `shown`: what the echo would be.
   */
  readonly answered: (from: number, shown: string) => void
  readonly overflow: () => 'too-much' | 'line-too-long' | null
}

const longestLine = 65_536
const blank = 32
const farthestMove = 1_000

type Escape = 'none' | 'esc' | 'csi' | 'string' | 'string-esc' | 'one-more'

export const createTerminalText = (): TerminalText => {
  // fatal: false: wrong octets become U+FFFD
  let decoder = new TextDecoder('utf-8')
  let cells = new Uint16Array(256)
  let length = 0
  let column = 0
  /** Columns at the left that a wiped question left behind. */
  let base = 0
  let wiping = false
  let echo: string | null = null
  let escape: Escape = 'none'
  let parameters = ''
  let lines: string[] = []
  let room = 0
  let octetsLeft = 0
  let overflow: 'too-much' | 'line-too-long' | null = null

  const isOver = (): boolean => overflow !== null

  const reach = (end: number): boolean => {
    if (end <= length) return true
    if (end > longestLine) {
      overflow = 'line-too-long'
      return false
    }
    room -= end - length
    if (room < 0) {
      overflow = 'too-much'
      return false
    }
    if (end > cells.length) {
      const more = new Uint16Array(Math.max(end, cells.length * 2))
      more.set(cells)
      cells = more
    }
    cells.fill(blank, length, end)
    length = end
    return true
  }

  const textFrom = (start: number): string => {
    let end = length
    while (end > start && cells[end - 1] === blank) end--
    // in pieces: the arguments of a call are limited
    let text = ''
    for (let at = start; at < end; at += 8_192) {
      text += String.fromCharCode(...cells.subarray(at, Math.min(end, at + 8_192)))
    }
    return text.isWellFormed() ? text : text.toWellFormed()
  }

  const isBlankBefore = (end: number): boolean => {
    for (let at = 0; at < Math.min(end, length); at++) if (cells[at] !== blank) return false
    return true
  }

  const shownStart = (): number => (base > 0 && isBlankBefore(base) ? base : 0)

  const endLine = (): void => {
    const text = textFrom(shownStart())
    const ours = echo !== null && (text.trim() === echo || /^\*+$/.test(text.trim()))
    const dropped = wiping || ours
    if (!dropped) {
      lines.push(text)
      // a line end costs too: ten million empty lines are no answer
      room--
      if (room < 0) overflow = 'too-much'
    }
    length = 0
    column = 0
    base = 0
    wiping = false
    if (!dropped || ours) echo = null
  }

  const moveTo = (to: number): void => {
    column = Math.max(0, Math.min(to, longestLine))
    if (wiping) base = column
  }

  const put = (code: number): void => {
    if (!reach(column + 1)) return
    cells[column] = code
    column++
    if (code !== blank) wiping = false
  }

  const control = (final: number): void => {
    const numbers = parameters.split(';').map((part) => Number.parseInt(part, 10))
    const first = numbers[0]
    const count = Math.min(
      farthestMove,
      Math.max(1, first === undefined || Number.isNaN(first) ? 1 : first),
    )
    switch (String.fromCharCode(final)) {
      case 'C':
        if (reach(column + count)) column += count
        return
      case 'D':
        moveTo(column - count)
        return
      case 'G':
        reach(count - 1)
        moveTo(count - 1)
        return
      case 'H':
      case 'f': {
        const second = numbers[1]
        const to =
          second === undefined || Number.isNaN(second) ? 0 : Math.min(farthestMove, second - 1)
        reach(to)
        moveTo(to)
        return
      }
      case 'K': {
        const mode = Number.isNaN(first ?? Number.NaN) ? 0 : first
        if (mode === 0) cells.fill(blank, Math.min(column, length), length)
        else if (mode === 1) cells.fill(blank, 0, Math.min(column + 1, length))
        else if (mode === 2) cells.fill(blank, 0, length)
        return
      }
      default:
    }
  }

  const escaped = (code: number): void => {
    switch (escape) {
      case 'esc':
        parameters = ''
        if (code === 0x5b) escape = 'csi'
        else if (code === 0x5d || code === 0x50 || code === 0x58 || code === 0x5e || code === 0x5f)
          escape = 'string'
        else if (code >= 0x20 && code <= 0x2f) escape = 'one-more'
        else escape = 'none'
        return
      case 'csi':
        if (code >= 0x40 && code <= 0x7e) {
          escape = 'none'
          control(code)
        } else if (code < 0x20 || code > 0x7e) {
          // broken off: the octet counts for itself
          escape = 'none'
          plain(code)
        } else if (parameters.length < 16) parameters += String.fromCharCode(code)
        return
      case 'string':
        if (code === 0x07 || code === 0x0a) escape = 'none'
        else if (code === 0x1b) escape = 'string-esc'
        return
      case 'string-esc':
        escape = code === 0x5c ? 'none' : 'string'
        return
      case 'one-more':
        escape = 'none'
        return
      case 'none':
    }
  }

  const plain = (code: number): void => {
    if (code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0)) put(code)
    else if (code === 0x0a) endLine()
    else if (code === 0x0d) moveTo(0)
    else if (code === 0x08) moveTo(column - 1)
    else if (code === 0x1b) escape = 'esc'
    else if (code === 0x09) {
      const to = column + 8 - (column % 8)
      if (reach(to)) column = to
    }
  }

  return {
    start(maxCharacters) {
      decoder = new TextDecoder('utf-8')
      length = 0
      column = 0
      base = 0
      wiping = false
      echo = null
      escape = 'none'
      lines = []
      room = maxCharacters
      // escapes and wiped pagers need octets without leaving characters
      octetsLeft = maxCharacters * 8 + 65_536
      overflow = null
    },
    write(octets) {
      if (overflow !== null) return
      octetsLeft -= octets.length
      if (octetsLeft < 0) {
        overflow = 'too-much'
        return
      }
      const text = decoder.decode(octets, { stream: true })
      for (let at = 0; at < text.length; at++) {
        if (isOver()) return
        const code = text.charCodeAt(at)
        if (escape === 'none') plain(code)
        else escaped(code)
      }
    },
    lines: () => lines,
    open() {
      const start = shownStart()
      return length - start > longestMatched ? null : textFrom(start)
    },
    answered(from, shown) {
      const start = shownStart() + from
      cells.fill(blank, Math.min(start, length), length)
      echo = shown.trim() === '' ? null : shown.trim()
      if (!isBlankBefore(start)) return
      wiping = true
      base = column
    },
    overflow: () => overflow,
  }
}

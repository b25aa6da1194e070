import { createHash } from 'node:crypto'
import { nextTurn } from './next-turn.ts'

/** How a family's texts are read: by the olt-cli capability. */
export interface FamilyText {
  /** Secrets masked, line by line. */
  readonly mask: (text: string) => string
  /** Without what differs at each reading; lines that hold nothing else go. */
  readonly steady: (text: string) => string
}

/** Of a family that nobody knows any more nothing can be masked: nothing is shown. */
export const strangeText: FamilyText = {
  mask: (text) => text.replaceAll(/[^\n]+/gu, '••••'),
  steady: (text) => text,
}

/** A configuration as lines that can be compared: `keys[i]` stands for line `numbers[i]` (from 1). */
export interface ComparableText {
  readonly lines: readonly string[]
  readonly keys: readonly string[]
  readonly numbers: Int32Array
}

/** So many lines at a stretch, then others have their turn. */
const stretch = 4_000

export const comparable = async (
  text: string,
  { steady }: FamilyText,
  turn: () => Promise<void> = nextTurn,
): Promise<ComparableText> => {
  const lines = text.split('\n')
  const keys: string[] = []
  const numbers: number[] = []
  for (let index = 0; index < lines.length; index++) {
    const key = steady(lines[index]!)
    if (key !== '') {
      keys.push(key)
      numbers.push(index + 1)
    }
    if (index % stretch === stretch - 1) await turn()
  }
  return { lines, keys, numbers: Int32Array.from(numbers) }
}

export const sha256 = (text: string): string =>
  createHash('sha256').update(text, 'utf8').digest('hex')

/** Two readings of the same configuration have the same one. */
export const steadyHash = ({ keys }: ComparableText): string => {
  const hash = createHash('sha256')
  for (const key of keys) hash.update(key, 'utf8').update('\n')
  return hash.digest('hex')
}

/** As it is kept: \n line ends, no control characters but tabs, one line end at the end. */
export const tidyText = (text: string): string =>
  `${text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .replace(/^\n+/u, '')
    .trimEnd()}\n`

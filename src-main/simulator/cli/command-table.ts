import { type CliWord, cliWords } from './cli-words.ts'

/**
 * A command in one line of words: `ont add <port:int> [options...]`.
 *  word          a keyword; may be typed shorter, as long as it is the only one that fits
 *  <name>        any word
 *  <name:int>    digits
 *  <name:fsp>    0/1/3
 *  [name...]     whatever follows, also nothing
 */
export interface CliCommand<Context> {
  readonly line: string
  /** Views it is taken in; absent: all. */
  readonly views?: readonly string[]
  readonly run: (context: Context, args: CliArgs) => Promise<void> | void
}

export interface CliArgs {
  /** The word of a parameter; empty if there is none. */
  readonly text: (name: string) => string
  readonly number: (name: string) => number
  /** Of `[name...]`. */
  readonly rest: readonly CliWord[]
  /** The whole line as it was typed. */
  readonly typed: string
}

export type CliMatch<Context> =
  | { readonly kind: 'found'; readonly command: CliCommand<Context>; readonly args: CliArgs }
  | {
      readonly kind: 'unknown' | 'wrong' | 'incomplete' | 'ambiguous'
      /** Of the word it went wrong at, in the line. */
      readonly at: number
    }

type Part =
  | { readonly kind: 'key'; readonly word: string }
  | { readonly kind: 'value'; readonly name: string; readonly type: string }
  | { readonly kind: 'rest'; readonly name: string }

interface Prepared<Context> {
  readonly command: CliCommand<Context>
  readonly parts: readonly Part[]
}

const fits: Readonly<Record<string, RegExp>> = {
  int: /^\d{1,9}$/,
  fsp: /^\d+\/\d+\/\d+$/,
  any: /^[\s\S]+$/,
}

const partOf = (word: string): Part => {
  const value = /^<(\w+)(?::(\w+))?>$/.exec(word)
  if (value) return { kind: 'value', name: value[1] ?? '', type: value[2] ?? 'any' }
  const rest = /^\[(\w+)\.\.\.\]$/.exec(word)
  return rest ? { kind: 'rest', name: rest[1] ?? '' } : { kind: 'key', word }
}

export interface CommandTable<Context> {
  readonly match: (view: string, line: string) => CliMatch<Context>
  /** Keywords that may come next: for `?`. */
  readonly next: (view: string, line: string) => readonly string[]
}

export const commandTable = <Context>(
  commands: readonly CliCommand<Context>[],
): CommandTable<Context> => {
  const prepared = commands.map((command): Prepared<Context> => ({
    command,
    parts: command.line.split(' ').map(partOf),
  }))
  const inView = (view: string) =>
    prepared.filter(({ command: { views } }) => views === undefined || views.includes(view))

  /** Of the commands left, those that the n-th word fits. */
  const narrow = (
    left: readonly Prepared<Context>[],
    n: number,
    word: CliWord,
  ): readonly Prepared<Context>[] | 'ambiguous' => {
    const keyword = (one: Prepared<Context>): string | null => {
      const part = one.parts[n]
      return part?.kind === 'key' ? part.word : null
    }
    const typed = word.text.toLowerCase()
    const keys = word.quoted ? [] : left.filter((one) => keyword(one)?.startsWith(typed))
    const exact = keys.filter((one) => keyword(one) === typed)
    const others = left.filter((one) => {
      const part = one.parts[n]
      if (part?.kind === 'value') return (fits[part.type] ?? fits['any'])?.test(word.text)
      return part === undefined && one.parts.at(-1)?.kind === 'rest' ? true : part?.kind === 'rest'
    })
    if (exact.length > 0) return exact
    if (new Set(keys.map(keyword)).size > 1) return 'ambiguous'
    return keys.length > 0 ? keys : others
  }

  const argsOf = (parts: readonly Part[], words: readonly CliWord[], typed: string): CliArgs => {
    const values = new Map<string, string>()
    let rest: readonly CliWord[] = []
    for (const [n, part] of parts.entries()) {
      if (part.kind === 'value') values.set(part.name, words[n]?.text ?? '')
      if (part.kind === 'rest') rest = words.slice(n)
    }
    const text = (name: string): string => values.get(name) ?? ''
    return { text, number: (name) => Number(text(name)), rest, typed }
  }

  return {
    match: (view, line) => {
      const words = cliWords(line)
      let left: readonly Prepared<Context>[] = inView(view)
      for (const [n, word] of words.entries()) {
        const kept = narrow(left, n, word)
        if (kept === 'ambiguous') return { kind: 'ambiguous', at: word.at }
        if (kept.length === 0) return { kind: n === 0 ? 'unknown' : 'wrong', at: word.at }
        left = kept
      }
      const whole = left.find(({ parts }) => {
        const part = parts[words.length]
        return part === undefined || part.kind === 'rest'
      })
      if (whole === undefined) return { kind: 'incomplete', at: line.length }
      return {
        kind: 'found',
        command: whole.command,
        args: argsOf(whole.parts, words, line),
      }
    },
    next: (view, line) => {
      const words = cliWords(line)
      const open = line.endsWith(' ') || line === '' ? '' : (words.at(-1)?.text ?? '')
      const done = open === '' ? words : words.slice(0, -1)
      let left: readonly Prepared<Context>[] = inView(view)
      for (const [n, word] of done.entries()) {
        const kept = narrow(left, n, word)
        if (kept === 'ambiguous') return []
        left = kept
      }
      const words2 = left.flatMap(({ parts }) => {
        const part = parts[done.length]
        if (part === undefined) return ['<cr>']
        if (part.kind === 'key') return part.word.startsWith(open) ? [part.word] : []
        return [part.kind === 'value' ? `<${part.name}>` : '<cr>']
      })
      return [...new Set(words2)].toSorted()
    },
  }
}

/** One word of a line that was typed. */
export interface CliWord {
  readonly text: string
  /** Where it begins in the line, for the mark under it. */
  readonly at: number
  readonly quoted: boolean
}

/** Words between blanks; `"two words"` is one. */
export const cliWords = (line: string): readonly CliWord[] =>
  [...line.matchAll(/"([^"]*)"?|\S+/g)].map((match) => ({
    text: match[1] ?? match[0],
    at: match.index,
    quoted: match[1] !== undefined,
  }))

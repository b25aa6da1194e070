/** Where the cursor goes when a prompt and a line are drawn over what was drawn of them before. */

export interface DrawnLine {
  readonly sequence: string
  /** Rows between the first one of the prompt and the cursor. */
  readonly cursorRow: number
}

const up = (rows: number): string => (rows > 0 ? `\u001b[${rows}A` : '')
const right = (columns: number): string => (columns > 0 ? `\u001b[${columns}C` : '')

/** Takes away what was drawn: the cursor stands where the prompt began. */
export const eraseLine = (cursorRow: number): string => `${up(cursorRow)}\r\u001b[J`

export const drawLine = (
  drawn: {
    readonly prompt: string
    readonly text: string
    readonly cursor: number
    readonly columns: number
  },
  cursorRowBefore: number,
): DrawnLine => {
  const { prompt, text, cursor, columns } = drawn
  const length = prompt.length + text.length
  const target = prompt.length + cursor
  const endRow = Math.floor(length / columns)
  const cursorRow = Math.floor(target / columns)
  return {
    // A line that fills its row leaves the cursor in the last column: a break makes the place sure.
    sequence: `${eraseLine(cursorRowBefore)}\u001b[36m${prompt}\u001b[39m${text}${
      length > 0 && length % columns === 0 ? '\r\n' : ''
    }${up(endRow - cursorRow)}\r${right(target % columns)}`,
    cursorRow,
  }
}

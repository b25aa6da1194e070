/** What stands on a paper, whatever its size: texts, in the order in which they are read. */

export interface PaperColumn {
  readonly head: string
  /** Of the width, against the other columns. */
  readonly share: number
  readonly right: boolean
}

export interface PaperRow {
  readonly cells: readonly string[]
  /** In small type below the first cell. */
  readonly small: readonly string[]
}

export interface PaperTable {
  readonly columns: readonly PaperColumn[]
  readonly rows: readonly PaperRow[]
}

export interface PaperCode {
  readonly text: string
  readonly caption: string
}

export interface PaperModel {
  readonly title: string
  readonly number: string
  /** ms; stands in the file as the moment it was made: of the document, not of the machine. */
  readonly at: number
  readonly seller: { readonly name: string; readonly lines: readonly string[] }
  readonly buyer: {
    readonly head: string
    readonly name: string
    readonly lines: readonly string[]
  }
  readonly facts: readonly (readonly [label: string, value: string])[]
  /** Whole sentences that must be read: what is corrected, that it is void. */
  readonly notices: readonly string[]
  readonly table: PaperTable
  readonly sums: readonly {
    readonly label: string
    readonly value: string
    readonly strong: boolean
  }[]
  readonly taxes: PaperTable | null
  readonly notes: readonly { readonly head: string; readonly lines: readonly string[] }[]
  readonly codes: readonly PaperCode[]
  /** `Page {{page}} of {{pages}}`. */
  readonly page: string
}

/** Goes up with whatever changes the bytes of a paper that was handed out before. */
export const paperTemplate = 1

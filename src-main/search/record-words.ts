import { createPostings, type Postings } from './postings.ts'
import { wider } from './typed-arrays.ts'

/**
 * Which words stand in which records. What is put is a slip with a number of its own, never changed:
 * a record that changes gets a new slip and the old one is void, until the whole is made anew.
 */
export interface RecordWords {
  /** Numbers of slips are below it. */
  readonly top: () => number
  /** Of slips: the record of each, -1 where it is void. */
  readonly recordOf: () => Int32Array
  readonly addressOf: () => Int32Array
  /** slip << 3 | field, by word. */
  readonly postings: Postings
  /** Words of a slip, in the order of its texts. */
  readonly entriesOf: (slip: number) => { readonly from: number; readonly to: number }
  readonly wordAt: (entry: number) => number
  readonly fieldAt: (entry: number) => number

  /** Of a record; -1: it has none. */
  readonly slipOf: (record: number) => number
  readonly groupOf: (record: number) => number
  readonly put: (record: number, group: number, address: number, words: Words) => void
  readonly remove: (record: number) => void
  readonly count: () => number
  /** Records are below it. */
  readonly recordTop: () => number
  /** Share of the slips that are void, 0..1. */
  readonly waste: () => number
  readonly bytes: () => number
}

/** Words of a record and the field of each, in the order of its texts. */
export interface Words {
  readonly words: readonly number[]
  readonly fields: readonly number[]
}

const none = -1

export const createRecordWords = (): RecordWords => {
  const postings = createPostings()
  let wordOf = new Int32Array(1_024)
  let fieldOf = new Uint8Array(1_024)
  let entries = 0
  // By slip.
  let starts = new Int32Array(257)
  let records = new Int32Array(256)
  let addresses = new Int32Array(256)
  let slips = 0
  // By record.
  let slipOf = new Int32Array(256).fill(none)
  let groups = new Int32Array(256).fill(none)
  let recordTop = 0
  let count = 0

  const isSame = (slip: number, { words, fields }: Words): boolean => {
    const start = starts[slip]!
    if (starts[slip + 1]! - start !== words.length) return false
    for (let index = 0; index < words.length; index++) {
      if (wordOf[start + index] !== words[index]) return false
      if (fieldOf[start + index] !== fields[index]) return false
    }
    return true
  }

  const reserve = (record: number, more: number): void => {
    if (record >= slipOf.length) {
      const capacity = Math.max(record + 1, slipOf.length * 2)
      slipOf = wider(slipOf, new Int32Array(capacity).fill(none))
      groups = wider(groups, new Int32Array(capacity).fill(none))
    }
    if (slips === records.length) {
      const capacity = Math.ceil(slips * 1.5)
      starts = wider(starts, new Int32Array(capacity + 1))
      records = wider(records, new Int32Array(capacity))
      addresses = wider(addresses, new Int32Array(capacity))
    }
    if (entries + more > wordOf.length) {
      const capacity = Math.max(entries + more, Math.ceil(wordOf.length * 1.4))
      wordOf = wider(wordOf, new Int32Array(capacity))
      fieldOf = wider(fieldOf, new Uint8Array(capacity))
    }
  }

  const remove = (record: number): void => {
    const slip = slipOf[record] ?? none
    if (slip === none) return
    records[slip] = none
    slipOf[record] = none
    groups[record] = none
    count--
  }

  return {
    top: () => slips,
    recordOf: () => records,
    addressOf: () => addresses,
    postings,
    entriesOf: (slip) => ({ from: starts[slip]!, to: starts[slip + 1]! }),
    wordAt: (entry) => wordOf[entry]!,
    fieldAt: (entry) => fieldOf[entry]!,
    slipOf: (record) => slipOf[record] ?? none,
    groupOf: (record) => groups[record] ?? none,
    put: (record, group, address, added) => {
      reserve(record, added.words.length)
      const known = slipOf[record]!
      groups[record] = group
      if (known !== none && addresses[known] === address && isSame(known, added)) return
      remove(record)
      const slip = slips++
      for (const [index, word] of added.words.entries()) {
        const field = added.fields[index]!
        wordOf[entries] = word
        fieldOf[entries++] = field
        postings.add(word, (slip << 3) | field)
      }
      starts[slip + 1] = entries
      records[slip] = record
      addresses[slip] = address
      slipOf[record] = slip
      groups[record] = group
      recordTop = Math.max(recordTop, record + 1)
      count++
    },
    remove,
    count: () => count,
    recordTop: () => recordTop,
    waste: () => (slips === 0 ? 0 : 1 - count / slips),
    bytes: () =>
      [wordOf, fieldOf, starts, records, addresses, slipOf, groups].reduce(
        (sum, { byteLength }) => sum + byteLength,
        postings.bytes(),
      ),
  }
}

import { eachWord, foldText, wordsOf } from '../../src-shared/domain/fold-text.ts'
import { createFinder, type Found, type FindOptions } from './find-records.ts'
import type { SearchQuery } from './query-terms.ts'
import { createRecordWords } from './record-words.ts'
import { fromHex, hasVendor } from './serial-forms.ts'
import { createWordList } from './word-list.ts'

/**
 * Which records hold the words that were typed. A record is a number (small, used again when it is
 * free), some texts in order of weight, and perhaps an address. Everything lies in typed arrays.
 */
export interface TextIndex {
  /** Replaces what the record had. Texts weigh by their place in `texts` (0..7). */
  readonly put: (record: number, group: number, address: number, texts: Texts) => void
  readonly remove: (record: number) => void
  readonly find: (query: SearchQuery, options: FindOptions) => Found
  /** -1: not there. */
  readonly groupOf: (record: number) => number
  readonly addressOf: (record: number) => number
  /** Takes out every record of which this is true. */
  readonly removeWhere: (gone: (group: number) => boolean) => void
  /** Share of what it holds that nothing points to any more, 0..1. */
  readonly waste: () => number
  readonly stats: () => { readonly records: number; readonly words: number; readonly bytes: number }
}

export type Texts = readonly (string | null)[]

export interface TextIndexOptions {
  /** The text that is a serial number. */
  readonly serialField?: number
  /** Addresses are those of ONUs (default) or of PON ports. */
  readonly addresses?: 'onu' | 'pon'
}

export const noAddress = -1

export const createTextIndex = (options: TextIndexOptions = {}): TextIndex => {
  const list = createWordList()
  const records = createRecordWords()
  const finder = createFinder(list, records, options.addresses === 'pon')
  const words: number[] = []
  const fields: number[] = []

  const note = (folded: string, start: number, end: number, field: number): void => {
    words.push(list.add(folded, start, end))
    fields.push(field)
  }

  const noteSerial = (serial: string, field: number): void => {
    for (const form of [serial, fromHex(serial)]) {
      if (form === null || form === '') continue
      note(form, 0, form.length, field)
      if (hasVendor(form)) list.markVendor(words.at(-1)!)
    }
  }

  const take = (texts: Texts): void => {
    words.length = 0
    fields.length = 0
    for (const [field, text] of texts.entries()) {
      if (text === null || text === '') continue
      const folded = foldText(text)
      if (field === options.serialField) noteSerial(wordsOf(folded).join(''), field)
      else eachWord(folded, (start, end) => note(folded, start, end, field))
    }
  }

  return {
    put: (record, group, address, texts) => {
      take(texts)
      records.put(record, group, address, { words, fields })
    },
    remove: records.remove,
    find: finder.find,
    groupOf: records.groupOf,
    addressOf: (record) => records.addressOf()[records.slipOf(record)] ?? noAddress,
    removeWhere: (gone) => {
      for (let record = 0; record < records.recordTop(); record++) {
        const group = records.groupOf(record)
        if (group !== -1 && gone(group)) records.remove(record)
      }
    },
    waste: records.waste,
    stats: () => ({
      records: records.count(),
      words: list.size(),
      bytes: list.bytes() + records.bytes() + finder.bytes(),
    }),
  }
}

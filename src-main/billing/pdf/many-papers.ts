import { NocturneError, isNocturneError } from '../../../src-shared/errors.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { MadePaper, PaperDesk, PaperWish } from './paper-desk.ts'
import { openPaperFolder, type WrittenPart } from './paper-files.ts'
import type { Slices } from './slices.ts'

/** Many papers into one folder; their hashes are kept before the folder gets its name. */

export interface ManyPapers {
  readonly folder: WrittenPart
  readonly files: number
  /** Numbers of those that are not as they were handed out first: they are left out. */
  readonly differ: readonly string[]
}

/** So many hashes are kept in one transaction. */
const batch = 100

export const writeManyPapers = async (
  documentIds: readonly string[],
  wish: PaperWish,
  deps: {
    readonly desk: PaperDesk
    readonly slices: Slices
    readonly signal: AbortSignal
    readonly exportsFolder: string
    readonly folderName: string
    readonly now: () => number
    readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
    readonly progress: (done: number, total: number) => void
  },
): Promise<ManyPapers> => {
  const { desk, signal } = deps
  const folder = await openPaperFolder(deps.exportsFolder, deps.folderName)
  const differ: string[] = []
  let files = 0
  let fresh: MadePaper[] = []
  const keep = (): void => {
    if (fresh.length === 0) return
    const made = fresh
    fresh = []
    deps.write('billing.papersKept', { papers: made.length }, (tx) => {
      for (const one of made) desk.keep(tx, one, deps.now())
    })
  }
  try {
    for (const [index, id] of documentIds.entries()) {
      if (signal.aborted) throw new NocturneError('cancelled')
      const made = await madeOf(desk, id, wish, deps.slices)
      if (made !== null) {
        const state = desk.state(made)
        if (state === 'differs') differ.push(made.number)
        else {
          if (state === 'new') fresh.push(made)
          await folder.put(made.fileName, made.bytes)
          files += 1
        }
      }
      if (fresh.length >= batch) keep()
      deps.progress(index + 1, documentIds.length)
      const pause = deps.slices.pause()
      if (pause !== null) await pause
    }
    if (files === 0 && differ.length === 0) throw new NocturneError('nothing-to-print')
    keep()
  } catch (error) {
    await folder.drop()
    throw error
  }
  return { folder, files, differ }
}

/** Null: a draft, which is handed to nobody. */
const madeOf = async (
  desk: PaperDesk,
  id: string,
  wish: PaperWish,
  slices: Slices,
): Promise<MadePaper | null> => {
  try {
    return await desk.document(id, wish, slices)
  } catch (error) {
    if (isNocturneError(error) && error.code === 'document-not-issued') return null
    throw error
  }
}

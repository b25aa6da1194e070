import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { AuditFilter } from '../../src-shared/contract/audit.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import type { Checkpoint } from '../store/audit-checkpoint.ts'
import type { Store } from '../store/open-store.ts'
import { secureWorkspaceFolder } from '../store/workspace-files.ts'
import { signForAudit } from '../store/write-path.ts'
import { chainColumns, hexOf, type ChainRow } from './chain-rows.ts'
import { checkpointsOf, signersOf } from './checkpoints.ts'
import { csvHead, csvLine } from './csv.ts'
import { openDetails, type DetailReader } from './details.ts'
import { headLine, isWhole, rowLine, signedText } from './export-lines.ts'
import { createFindRows } from './find-rows.ts'
import { createRowViews } from './row-views.ts'

export interface AuditExportOptions {
  readonly store: Store
  readonly auditDetailKey: Uint8Array
  /** Made, for its owner alone, with the first export. */
  readonly folder: string
  readonly clock: Pick<Clock, 'now'>
}

const pageRows = 500

const selectNumbered = `SELECT ${chainColumns} FROM audit
  WHERE audit.seq IN (SELECT value FROM json_each(?)) ORDER BY audit.seq`

/** Refusals of the file system that a person can do something about. */
const codes: Readonly<Record<string, 'disk-full' | 'permission-denied'>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'permission-denied',
  EPERM: 'permission-denied',
  EROFS: 'permission-denied',
}

const asRefusal = (error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? codes[String(error.code)] : undefined
  return code === undefined ? error : new NocturneError(code, {}, { cause: error })
}

const stampOf = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/u, 'Z')
    .replaceAll(/[-:]/gu, '')

interface Written {
  readonly rows: number
  readonly fingerprint: string | null
}

type Progress = (done: number, total: number) => void

/** The oldest row first, in pages. Nothing is left of a file that was not finished. */
export const createAuditExport = (options: AuditExportOptions): CommandHandlers<'audit.export'> => {
  const { store, clock, folder } = options
  const { reader } = store
  const find = createFindRows(reader)
  const view = createRowViews(reader)
  const numbered = reader.prepare<[string], ChainRow>(selectNumbered)

  /** The numbers of the rows, the oldest first. */
  const numbersOf = async (filter: AuditFilter, signal: AbortSignal): Promise<number[]> => {
    const numbers: number[] = []
    for (let before: number | null = null; ;) {
      const found = await find(filter, { before, limit: pageRows }, signal)
      for (const { seq } of found.rows) numbers.push(seq)
      if (found.next === null) return numbers.toReversed()
      before = found.next
    }
  }

  const eachPage = async (
    filter: AuditFilter,
    signal: AbortSignal,
    onProgress: Progress,
    take: (rows: readonly ChainRow[]) => Promise<void>,
  ): Promise<number> => {
    const numbers = await numbersOf(filter, signal)
    for (let start = 0; start < numbers.length; start += pageRows) {
      onProgress(start, numbers.length)
      await setImmediate()
      if (signal.aborted) throw new NocturneError('cancelled')
      await take(numbered.all(JSON.stringify(numbers.slice(start, start + pageRows))))
    }
    onProgress(numbers.length, numbers.length)
    return numbers.length
  }

  const writeCsv = async (
    file: FileHandle,
    details: DetailReader,
    filter: AuditFilter,
    signal: AbortSignal,
    onProgress: Progress,
  ): Promise<Written> => {
    await file.write(`\ufeff${csvHead}\r\n`)
    const rows = await eachPage(filter, signal, onProgress, async (found) => {
      const shown = view(found)
      const lines = found.map((row, index) => csvLine(shown[index]!, row, details.of(row)))
      await file.write(lines.map((line) => `${line}\r\n`).join(''))
    })
    return { rows, fingerprint: null }
  }

  const writeSigned = async (
    file: FileHandle,
    details: DetailReader,
    filter: AuditFilter,
    signal: AbortSignal,
    onProgress: Progress,
  ): Promise<Written> => {
    const at = clock.now()
    // Nothing signed yet: then there is no row either, and the key is made now.
    const signer =
      signersOf(reader).at(-1) ?? signForAudit(store, 'nocturne-audit-export-1', '', at)
    const { fingerprint, publicKey } = signer
    const sum = createHash('sha256')
    const put = async (text: string): Promise<void> => {
      sum.update(text)
      await file.write(text)
    }
    let lastHash: string | null = null
    let first = 0
    let last = 0
    await put(
      `${headLine({ exportedAt: at, publicKey, fingerprint, whole: isWhole(filter), filter })}\n`,
    )
    const rows = await eachPage(filter, signal, onProgress, async (found) => {
      const end = found.at(-1)
      if (end === undefined) return
      if (first === 0) first = found[0]?.seq ?? 0
      last = end.seq
      lastHash = hexOf(end.hash)
      await put(found.map((row) => `${rowLine(row, details.of(row))}\n`).join(''))
    })
    const among: readonly Checkpoint[] = checkpointsOf(reader).filter(
      ({ seq }) => seq >= first && seq <= last,
    )
    const foot = { rows, lastHash, checkpoints: among, sha256: sum.digest('hex') }
    const { signature } = signForAudit(store, 'nocturne-audit-export-1', signedText(foot), at)
    await file.write(`${JSON.stringify({ ...foot, signature })}\n`)
    return { rows, fingerprint }
  }

  return {
    'audit.export': async ({ format, filter, taskId }, { signal, progress }) => {
      const at = clock.now()
      const fileName = `audit-${stampOf(at)}-${at.toString(36)}.${format === 'csv' ? 'csv' : 'jsonl'}`
      const to = join(folder, fileName)
      const part = `${to}.part`
      const details = openDetails(reader, options.auditDetailKey)
      try {
        secureWorkspaceFolder(folder)
        // SECURITY: for its owner alone, and never over a file that is there.
        if (existsSync(to)) throw new NocturneError('conflict', { what: 'export-exists' })
        const file = await open(part, 'wx', 0o600)
        let written: Written
        try {
          const write = format === 'csv' ? writeCsv : writeSigned
          written = await write(file, details, filter, signal, (done, total) =>
            progress(taskId, 'rows', done, total),
          )
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(part, to)
        return { apply: () => ({ folder, fileName, ...written }) }
      } catch (error) {
        await rm(part, { force: true })
        throw asRefusal(error)
      } finally {
        details.stop()
      }
    },
  }
}

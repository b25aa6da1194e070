import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../engine/handlers.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/**
 * The map's tiles: one PMTiles file (version 3) in the workspace's folder. It is public data, comes
 * from outside and may be many gigabytes: it is not encrypted, and a backup does not hold it
 * (docs/security.md).
 */

export type MapFileQuery = 'plant.mapFile' | 'plant.readMapFile' | 'plant.stageMapFile'

const settingKey = 'plant.mapFile'

const storedFile = z.object({
  /** As the person's own file was called. */
  name: z.string(),
  bytes: z.number(),
  setAt: z.number(),
  version: z.int(),
  present: z.boolean(),
})

type StoredFile = z.output<typeof storedFile>

const mostPartBytes = 16_777_216
/** Magic and version (PMTiles version 3 specification, section 3). */
const magic = Buffer.from([0x50, 0x4d, 0x54, 0x69, 0x6c, 0x65, 0x73, 3])
const headerBytes = 127

export const createMapFile = (deps: {
  readonly workspaceDir: string
  readonly reader: StoreReader
  readonly now: () => number
  readonly changed: () => void
}): {
  readonly queries: QueryHandlers<MapFileQuery>
  readonly commands: CommandHandlers<'plant.setMapFile'>
} => {
  const folder = join(deps.workspaceDir, 'map')
  const select = deps.reader.prepare<[string], { value: string }>(
    `SELECT value FROM setting WHERE key = ?`,
  )
  const current = (): StoredFile | null => {
    const row = select.get(settingKey)
    const parsed = row === undefined ? null : storedFile.safeParse(JSON.parse(row.value))
    return parsed?.success === true ? parsed.data : null
  }
  const pathOf = (version: number): string => join(folder, `map-${version}.pmtiles`)
  // SECURITY: an upload's name is a UUID that the contract checked: no path comes in from outside.
  const partOf = (uploadId: string): string => join(folder, `${uploadId}.part`)

  /** Everything but the file that counts: parts of before, files that were replaced. */
  const tidy = (keep: readonly string[]): void => {
    if (!existsSync(folder)) return
    for (const name of readdirSync(folder)) {
      if (!keep.includes(join(folder, name))) rmSync(join(folder, name), { force: true })
    }
  }
  const present = (): StoredFile | null => {
    const file = current()
    return file?.present === true && existsSync(pathOf(file.version)) ? file : null
  }

  const kept = present()
  tidy(kept === null ? [] : [pathOf(kept.version)])

  const stage = (uploadId: string, offset: number, bytes: Uint8Array): void => {
    if (bytes.length > mostPartBytes) {
      throw new NocturneError('invalid-input', { field: 'bytes', rule: 'too_big' })
    }
    const path = partOf(uploadId)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (offset === 0) {
      // One file is being taken at a time: what another one left behind goes.
      const file = present()
      tidy(file === null ? [] : [pathOf(file.version)])
    } else if (!existsSync(path) || statSync(path).size !== offset) {
      throw new NocturneError('conflict', { what: 'map-upload' })
    }
    const handle = openSync(path, offset === 0 ? 'w' : 'a', 0o600)
    try {
      for (let written = 0; written < bytes.length;) {
        written += writeSync(handle, bytes, written)
      }
    } catch (error) {
      rmSync(path, { force: true })
      throw asDiskError(error)
    } finally {
      closeSync(handle)
    }
  }

  /** Errors: `not-found`, `map-file-unreadable`; whatever is wrong, nothing is left. */
  const checked = (path: string): number => {
    if (!existsSync(path)) throw new NocturneError('not-found', { what: 'map-upload' })
    const handle = openSync(path, 'r+')
    try {
      const start = Buffer.alloc(headerBytes)
      const read = readSync(handle, start, 0, headerBytes, 0)
      const size = statSync(path).size
      if (read < headerBytes || !start.subarray(0, magic.length).equals(magic)) {
        throw new NocturneError('map-file-unreadable')
      }
      if (!sectionsFit(start, size)) throw new NocturneError('map-file-unreadable')
      fsyncSync(handle)
      return size
    } catch (error) {
      rmSync(path, { force: true })
      throw asDiskError(error)
    } finally {
      closeSync(handle)
    }
  }

  const put = (tx: Transaction, file: StoredFile): void => {
    const { name, bytes, version, present: isThere } = file
    tx.run(
      `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
      settingKey,
      JSON.stringify(file),
      file.setAt,
    )
    tx.change({
      entity: 'setting',
      entityId: settingKey,
      kind: 'updated',
      version,
      data: { name, bytes, present: isThere },
    })
  }

  return {
    queries: {
      'plant.mapFile': () => {
        const file = present()
        if (file === null) return { file: null }
        const { name, bytes, setAt, version } = file
        return { file: { name, bytes, setAt, version } }
      },
      'plant.readMapFile': async ({ version, offset, length }) => {
        const file = present()
        if (file === null) throw new NocturneError('not-found', { what: 'map-file' })
        if (file.version !== version) throw new NocturneError('conflict', { what: 'map-file' })
        return { bytes: await readRange(pathOf(version), offset, length) }
      },
      'plant.stageMapFile': ({ uploadId, offset, bytes }) => {
        stage(uploadId, offset, bytes)
        return {}
      },
    },
    commands: {
      'plant.setMapFile': ({ uploadId, name }) => {
        const before = current()
        const version = (before?.version ?? 0) + 1
        const bytes = uploadId === null ? 0 : checked(partOf(uploadId))
        const file = { name, bytes, setAt: deps.now(), version, present: uploadId !== null }
        return {
          apply: (tx) => {
            // The new file lies whole beside the old one before the store names it.
            if (uploadId !== null) renameSync(partOf(uploadId), pathOf(version))
            put(tx, file)
            return {}
          },
          after: () => {
            tidy(uploadId === null ? [] : [pathOf(version)])
            deps.changed()
          },
        }
      },
    },
  }
}

/** Root directory, metadata, leaves and tiles lie inside the file (offset and length, 64 bits each). */
const sectionsFit = (header: Buffer, size: number): boolean =>
  [8, 24, 40, 56].every((at) => {
    const end = header.readBigUInt64LE(at) + header.readBigUInt64LE(at + 8)
    return end <= BigInt(size)
  }) && header.readBigUInt64LE(16) > 0n

const readRange = async (
  path: string,
  offset: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> => {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
    let read = 0
    while (read < bytes.length) {
      const { bytesRead } = await handle.read(bytes, read, bytes.length - read, offset + read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    return bytes.subarray(0, read)
  } finally {
    await handle.close()
  }
}

const asDiskError = (error: unknown): unknown => {
  const code = (error as { code?: unknown } | null)?.code
  return code === 'ENOSPC' || code === 'EDQUOT' ? new NocturneError('disk-full') : error
}

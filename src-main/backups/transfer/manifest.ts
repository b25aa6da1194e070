import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { transferAct } from '../../../src-shared/contract/transfer.ts'
import { parseHoursFile, parseReadingsFile } from '../../history/file-names.ts'
import { backupContents } from '../contents.ts'

/** What is in a transfer file, and in which order. */

const storeName = 'store.db'
/** Folders of a workspace that go with it; logs, backups, exports and what is cached do not. */
const folders = ['history', 'olt-families', 'map'] as const
const deepest = 6
const mostFiles = 100_000

const part = /^[^/\\\p{Cc}]{1,255}$/u

/**
 * SECURITY: a name in the file becomes a path below the new workspace and nowhere else: the store, or
 * something below one of the folders, and no step upwards.
 */
export const isCarried = (path: string): boolean => {
  if (path === storeName) return true
  const [folder = '', ...rest] = path.split('/')
  return (
    folders.some((one) => one === folder) &&
    rest.length > 0 &&
    rest.length <= deepest &&
    rest.every((one) => part.test(one) && one !== '.' && one !== '..')
  )
}

export const manifest = z.strictObject({
  format: z.literal(1),
  createdAt: z.int().nonnegative(),
  act: transferAct,
  workspaceId: z.uuid(),
  name: z.string().max(200),
  appVersion: z.string().max(100),
  /** Of the store's layout. */
  schemaVersion: z.int().nonnegative(),
  contents: backupContents,
  files: z
    .array(
      z.strictObject({
        path: z.string().refine(isCarried, 'no file of a workspace'),
        bytes: z.int().nonnegative(),
      }),
    )
    .min(1)
    .max(mostFiles),
})

export type Manifest = z.output<typeof manifest>
export type CarriedFile = Manifest['files'][number]

/** More than the longest list of files takes. */
export const longestManifest = 64 * 1_048_576

/** Only says whether it is ours at all: the rest may be newer than what we know. */
export const anyManifest = z.looseObject({ format: z.int(), schemaVersion: z.int() })

/** The files of a workspace that is closed, the store first. */
export const filesOf = (dir: string): readonly CarriedFile[] => {
  const found: CarriedFile[] = [{ path: storeName, bytes: lstatSync(join(dir, storeName)).size }]
  const look = (path: string, depth: number): void => {
    if (depth > deepest || !existsSync(join(dir, path))) return
    for (const each of readdirSync(join(dir, path), { withFileTypes: true })) {
      const inside = `${path}/${each.name}`
      if (each.isDirectory()) look(inside, depth + 1)
      // No link is followed out of the workspace; an index of a log is made anew.
      else if (each.isFile() && isCarried(inside) && !isLeft(inside)) {
        found.push({ path: inside, bytes: lstatSync(join(dir, inside)).size })
      }
    }
  }
  for (const folder of folders) look(folder, 0)
  return found
}

/** SQLite's own index of a log, and a map that is still being taken in. */
const isLeft = (path: string): boolean =>
  (path.startsWith('history/') && path.endsWith('-shm')) ||
  (path.startsWith('map/') && path.endsWith('.part'))

const dayMs = 86_400_000

/** What is told of the files. */
export const carriedFacts = (files: readonly CarriedFile[]) => {
  const bytesIn = (folder: string): number =>
    files
      .filter(({ path }) => path.startsWith(`${folder}/`))
      .reduce((sum, { bytes }) => sum + bytes, 0)
  const periods = files.flatMap(({ path }) => {
    const name = path.startsWith('history/') ? path.slice('history/'.length) : ''
    return parseReadingsFile(name) ?? parseHoursFile(name) ?? []
  })
  const readings = periods.filter(({ name }) => name.startsWith('metrics-'))
  const from = Math.min(...(readings.length > 0 ? readings : periods).map((one) => one.from))
  const to = Math.max(...(readings.length > 0 ? readings : periods).map((one) => one.to))
  const families = new Set(
    files.flatMap(({ path }) => {
      const [folder, family, file] = path.split('/')
      return folder === 'olt-families' && file !== undefined && family !== undefined ? [family] : []
    }),
  )
  return {
    history: periods.length === 0 ? null : { from, to, days: Math.round((to - from) / dayMs) },
    historyBytes: bytesIn('history'),
    mapBytes: bytesIn('map'),
    families: families.size,
  }
}

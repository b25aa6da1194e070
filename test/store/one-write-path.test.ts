import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))

const importersOf = (pattern: RegExp): string[] =>
  [...sources('src-main'), ...sources('src-shared')].filter((file) =>
    pattern.test(readFileSync(join(root, file), 'utf8')),
  )

test('only the store opens SQLite files, and the history its own', () => {
  const importers = importersOf(/['"]better-sqlite3/u)
  expect(importers).toContain('src-main/store/connection.ts')
  expect(importers.filter((file) => !file.startsWith('src-main/store/'))).toEqual([
    'src-main/history/history-errors.ts',
    'src-main/history/history-file.ts',
  ])
})

test('the writing connection is handed to the write path and the backup alone', () => {
  expect(importersOf(/['"][^'"]*\/(?:writer-access|connection)\.ts['"]/u).toSorted()).toEqual([
    'src-main/store/audit-append.ts',
    'src-main/store/audit-checkpoint-file.ts',
    'src-main/store/audit-checkpoint.ts',
    'src-main/store/audit-detail.ts',
    'src-main/store/backup.ts',
    'src-main/store/migrate.ts',
    'src-main/store/open-store.ts',
    'src-main/store/read-handle.ts',
    'src-main/store/rotate-store.ts',
    'src-main/store/write-path.ts',
    'src-main/store/write-transaction.ts',
    'src-main/store/writer-access.ts',
  ])
})

test('audit rows are appended by the write path alone', () => {
  const appenders = importersOf(/\bappendAudit\b/u)
  expect(appenders).toEqual(['src-main/store/audit-append.ts', 'src-main/store/write-path.ts'])
})

import { statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readKeyFile, writeKeyFile, type KeyFile } from '../../src-main/vault/key-file.ts'
import { errorOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'

const fileOf = (keychain: string): KeyFile => ({
  format: 1,
  workspaceId: '01930000-0000-7000-8000-000000000001',
  backend: 'os-keychain',
  keychain,
  keyMark: 'AAAA',
})

test('a disk that takes only a part of a key file leaves the one before it whole', (context) => {
  const disk = mountSmallDisk(1)
  if (!disk.mounted) return context.skip(disk.why)
  const before = fileOf('before')
  writeKeyFile(disk.path, before, 'create')
  const { bavail, bsize } = statfsSync(disk.path)
  // One page is left: what follows is larger, and the system takes its beginning without a word.
  writeFileSync(join(disk.path, 'filler'), Buffer.alloc((bavail - 1) * bsize))
  const next = fileOf('x'.repeat(2 * bsize))
  expect(errorOf(() => writeKeyFile(disk.path, next, 'replace')).code).toBe('disk-full')
  expect(readKeyFile(disk.path)).toEqual(before)
  return undefined
})

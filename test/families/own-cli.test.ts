import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  fingerprintOf,
  isRefused,
  readFamilyFolder,
} from '../../src-main/olt/family/user-families.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

const known = join(import.meta.dirname, '../../assets/olt-families/huawei-smartax-gpon')

/** An own family made of one that comes with the console, under another name. */
const ownFamily = (): { readonly root: string; readonly folder: string } => {
  const root = temporaryFolder()
  const folder = join(root, 'mine')
  mkdirSync(folder)
  for (const file of ['profile.yaml', 'cli.yaml']) {
    const text = readFileSync(join(known, file), 'utf8')
    writeFileSync(join(folder, file), text.replaceAll('huawei-smartax-gpon', 'mine'))
  }
  return { root, folder }
}

describe('an own family with a cli.yaml', () => {
  it('is another one when what it sends has changed: trust goes with it', () => {
    const { root, folder } = ownFamily()
    const first = readFamilyFolder(folder)
    if (isRefused(first)) throw new Error(first.issues[0]?.message)
    expect(first.cli?.family).toBe('mine')
    const files = ['profile.yaml', 'cli.yaml'].map((file) => readFileSync(join(folder, file)))
    const hash = createHash('sha256').update(Buffer.concat(files)).digest('hex')
    expect(first.contentHash).toBe(hash)
    const seen = fingerprintOf(root)
    const cli = join(folder, 'cli.yaml')
    writeFileSync(cli, `${readFileSync(cli, 'utf8')}# one more line\n`)
    expect(fingerprintOf(root)).not.toBe(seen)
    const second = readFamilyFolder(folder, new Set(), [first])
    if (isRefused(second)) throw new Error('refused')
    expect(second.contentHash).not.toBe(first.contentHash)
    expect(second).not.toBe(first)
  })

  it('is refused with the place when its cli.yaml is wrong, speaks for another, or lies elsewhere', () => {
    const { folder } = ownFamily()
    const cli = join(folder, 'cli.yaml')
    const text = readFileSync(cli, 'utf8')
    const refusal = () => {
      const found = readFamilyFolder(folder)
      if (!isRefused(found)) throw new Error('taken')
      return found
    }
    writeFileSync(cli, text.replace('schema: 1', 'schema: 7'))
    expect(refusal()).toMatchObject({ file: cli, issues: [{ path: 'schema' }] })
    writeFileSync(cli, text.replace('family: mine', 'family: other'))
    expect(refusal().issues[0]?.message).toContain('other')
    const elsewhere = join(temporaryFolder(), 'cli.yaml')
    cpSync(cli, elsewhere)
    if (process.platform !== 'win32') {
      const other = join(temporaryFolder(), 'mine')
      mkdirSync(other)
      cpSync(join(folder, 'profile.yaml'), join(other, 'profile.yaml'))
      symlinkSync(elsewhere, join(other, 'cli.yaml'))
      const found = readFamilyFolder(other)
      expect(isRefused(found) && found.issues[0]?.message).toContain('leads out')
    }
  })
})

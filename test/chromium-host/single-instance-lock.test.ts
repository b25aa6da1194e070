import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { takeSingleInstanceLock } from './single-instance-lock.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-lock-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const lock = (): string => join(folder, 'stand-in-instance.lock')

it('a folder that a living process holds is refused', () => {
  writeFileSync(lock(), String(process.ppid))
  expect(takeSingleInstanceLock(folder, () => undefined)).toBe(false)
})

it('a folder whose holder has died is taken over', () => {
  writeFileSync(lock(), '2147483646')
  expect(takeSingleInstanceLock(folder, () => undefined)).toBe(true)
})

it('a second process tells the first one its arguments', async () => {
  const called = Promise.withResolvers<string[]>()
  expect(takeSingleInstanceLock(folder, called.resolve)).toBe(true)
  const call = { argv: ['nocturne', '--demo'], workingDirectory: '/' }
  writeFileSync(join(folder, 'stand-in-instance-call-1'), JSON.stringify(call))
  expect(await called.promise).toEqual(['nocturne', '--demo'])
})

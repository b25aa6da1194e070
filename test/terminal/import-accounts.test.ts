import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  importAccounts,
  importAccountsLines,
} from '../../src-main/terminal/import-accounts-command.ts'
import type { TerminalSession } from '../../src-main/terminal/session.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The engine's own part stands in test/access/import-accounts.test.ts. */
const session = (asked: unknown[]): TerminalSession => ({
  query: ((name: string, input: object) => {
    asked.push([name, input])
    return Promise.resolve({
      importId: 'the import',
      encoding: 'UTF-8',
      separator: ';',
      rows: 3,
      adds: 2,
      problems: [{ line: 4, code: 'hash-cost' }],
      problemsTotal: 1,
    })
  }) as unknown as TerminalSession['query'],
  command: ((name: string, input: object) => {
    asked.push([name, input])
    return Promise.resolve({ added: 2 })
  }) as unknown as TerminalSession['command'],
  stop: () => Promise.resolve(),
})

it('accounts of a file are looked at, then added, and lines that are left out named by number', async () => {
  const file = join(temporaryFolder(), 'people.csv')
  writeFileSync(file, 'name;login;role;hash\nx;x;support;$2b$99$secret')
  const asked: unknown[] = []
  const looked = await importAccounts(session(asked), file, true)
  expect(asked).toHaveLength(1)
  expect(importAccountsLines(looked)).toEqual([
    '3 lines, UTF-8, separator ";"',
    'line 4: hash-cost, left out',
    'would add 2 accounts',
  ])
  const done = await importAccounts(session(asked), file, false)
  expect(asked.at(-1)).toEqual(['access.importAccounts', { importId: 'the import' }])
  expect(importAccountsLines(done).at(-1)).toBe('added 2 accounts')
  expect(importAccountsLines(done).join()).not.toContain('secret')
})

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

/** Words that may stand in one file only (docs/security.md rows 6, 15 and 17), or in none. */

const root = join(import.meta.dirname, '..', '..')
const sources = execFileSync('git', ['ls-files', 'src-*'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.tsx?$/.test(path))

const filesWith = (word: RegExp): string[] =>
  sources.filter((path) => word.test(readFileSync(join(root, path), 'utf8')))

it.each([
  [/\bwebSecurity\b/, ['src-main/shell/window.ts']],
  [/\.openExternal\(/, ['src-main/shell/open-external.ts']],
  [/\bipcMain\.handle\(/, ['src-main/shell/ipc.ts']],
  [/\bdangerouslySetInnerHTML\b|\.innerHTML\b/, []],
  [/\bnew Function\(|\beval\(/, []],
  [/@ts-(?:ignore|expect-error)|as any\b/, []],
])('%s stands where it belongs and nowhere else', (word, allowed) => {
  expect(filesWith(word).filter((path) => !allowed.includes(path))).toEqual([])
})

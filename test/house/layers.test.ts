import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** `npm run lint` fails when a layer is broken: each rule is shown a break of it. */

const root = join(import.meta.dirname, '..', '..')
let folder: string

const breaks: Readonly<Record<string, readonly [path: string, source: string]>> = {
  'electron-only-in-shell': [
    'src-main/engine/a.ts',
    `import { app } from 'electron'\nexport { app }\n`,
  ],
  'shared-imports-itself-and-zod': ['src-shared/b.ts', `export * from '../src-main/engine/a.ts'\n`],
  'renderer-knows-no-main': ['src-renderer/c.ts', `export * from '../src-main/engine/a.ts'\n`],
  'main-knows-no-renderer': ['src-main/engine/d.ts', `export * from '../../src-renderer/c.ts'\n`],
  'shell-through-the-engine-host': ['src-main/shell/e.ts', `export * from '../engine/a.ts'\n`],
  'foundations-stand-alone': ['src-main/olt/f.ts', `export * from '../store/g.ts'\n`],
  'simulator-shares-no-decoding': ['src-main/simulator/h.ts', `export * from '../olt/f.ts'\n`],
  'capabilities-meet-through-the-contract': [
    'src-main/access/i.ts',
    `export * from '../network/j.ts'\n`,
  ],
}

const cruise = () => {
  const result = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'json',
      'src-shared',
      'src-main',
      'src-renderer',
    ],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  const report = JSON.parse(result.stdout) as {
    summary: { violations: { rule: { name: string } }[] }
  }
  return new Set(report.summary.violations.map((violation) => violation.rule.name))
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nocturne-layers-'))
  const put = (path: string, source: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), source)
  }
  cpSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'))
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  put('src-main/store/g.ts', 'export const g = 1\n')
  put('src-main/network/j.ts', 'export const j = 1\n')
  for (const [path, source] of Object.values(breaks)) put(path, source)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('every layer rule refuses a break of it', { timeout: 60_000 }, () => {
  const broken = cruise()
  for (const rule of Object.keys(breaks)) expect([...broken], rule).toContain(rule)
})

it('no file of the product is over 400 lines, and none is a drawer for leftovers', () => {
  const files = execFileSync('git', ['ls-files', 'src-*', 'test'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((path) => /\.tsx?$/.test(path))
  const counts = execFileSync('wc', ['-l', ...files], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+) (.+)$/.exec(line))
    .filter((match) => match !== null && match[2] !== 'total')
  const long = counts.filter((match) => Number(match?.[1]) > 400).map((match) => match?.[2])
  expect(long).toEqual([])
  expect(files.filter((path) => /\/(utils?|helpers?|misc)\.tsx?$/.test(path))).toEqual([])
})

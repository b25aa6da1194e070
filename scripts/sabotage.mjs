// Takes the guards of router, store and vault away, one after the other, in a copy of the source,
// and shows that a test fails each time: node_modules/.bin/node scripts/sabotage.mjs [name…]
// Slow (a run of tests per guard), so it is no part of `npm test`; docs/security.md tells when it
// was last run. It never writes into the working tree.
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guards } from '../test/hardening/guards.ts'

const root = join(import.meta.dirname, '..')
const longestRunMs = 180_000

/** What the tests need; a copy, so that nothing that is done to it reaches the working tree. */
const copied = [
  'src-main',
  'src-shared',
  'test',
  'assets',
  'package.json',
  'tsconfig.base.json',
  'vitest.config.ts',
]

const copyTree = () => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-sabotage-'))
  for (const name of copied) {
    cpSync(join(root, name), join(folder, name), { recursive: true, mode: 2 })
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir')
  return folder
}

const runTests = (folder, tests) =>
  spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...tests.map((name) => `test/${name}`)],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: longestRunMs,
      killSignal: 'SIGKILL',
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    },
  )

/** found: a test failed; survived: none did; gone: the guard's text is not there as it was. */
const trial = (folder, guard) => {
  const path = join(folder, guard.file)
  const text = readFileSync(path, 'utf8')
  if (text.split(guard.text).length !== 2) return 'gone'
  const tests = guard.tests.filter((name) => existsSync(join(folder, 'test', name)))
  if (tests.length !== guard.tests.length) return 'gone'
  writeFileSync(
    path,
    text.replace(guard.text, () => guard.instead),
  )
  try {
    const ran = runTests(folder, tests)
    if (ran.status === 0) return 'survived'
    // A run that did not come to failing tests shows nothing.
    return /\bTests\b.*\bfailed\b/u.test(ran.stdout) ? 'found' : 'not run'
  } finally {
    writeFileSync(path, text)
  }
}

const names = process.argv.slice(2)
const unknown = names.filter((name) => !guards.some((guard) => guard.name === name))
if (unknown.length > 0) {
  process.stderr.write(`no such guard: ${unknown.join(', ')}\n`)
  process.exit(2)
}
const wanted = names.length === 0 ? guards : guards.filter(({ name }) => names.includes(name))
const folder = copyTree()
let bad = 0
try {
  for (const guard of wanted) {
    const result = trial(folder, guard)
    if (result !== 'found') bad += 1
    process.stdout.write(`${result.padEnd(9)} ${guard.name}\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(
  `${wanted.length - bad} of ${wanted.length} guards are missed by a test when they are gone\n`,
)
process.exit(bad === 0 ? 0 : 1)

// `npm test`: static checks, unit and integration tests (vitest), e2e tests (Playwright) — and one
// last line that counts them all: `N passed, N failed, N skipped`. Options: --only
// static|unit|e2e; anything behind `--` goes to the test runner.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { build, root } from './setup.mjs'

const results = join(root, 'test-results')

/** `gives`: to others that wait for a processor, so many steps of niceness. */
const runNode = (node, args, { quiet = false, gives = 0 } = {}) =>
  new Promise((resolve) => {
    const child = spawn(node, args, {
      cwd: root,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: {
        ...process.env,
        NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
        FORCE_COLOR: '0',
        // What every process of a run would compile anew: a test that starts an engine starts many.
        NODE_COMPILE_CACHE: join(results, 'compile-cache'),
      },
    })
    // What it starts inherits it.
    if (gives > 0 && child.pid !== undefined) setPriority(child.pid, gives)
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => resolve({ code: 1, text: error.message }))
    child.on('exit', (code) => resolve({ code: code ?? 1, text: Buffer.concat(output).toString() }))
  })

const inModules = (path) => join(root, 'node_modules', path)

/** One checker: each further one works out again what the types of the others are. */
const types = (project) => [
  `types: ${project}`,
  [inModules('typescript/bin/tsc'), '-p', project, '--checkers', '1'],
]

const staticChecks = [
  [
    'lint',
    [inModules('oxlint/bin/oxlint'), '--deny-warnings', '--report-unused-disable-directives'],
  ],
  [
    'layers',
    [
      inModules('dependency-cruiser/bin/dependency-cruiser.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      '--output-type',
      'err',
      'src-shared',
      'src-main',
      'src-renderer',
    ],
  ],
  types('src-shared'),
  types('src-main'),
  types('src-renderer'),
  types('test'),
  ['format', [inModules('oxfmt/bin/oxfmt'), '--check', '.']],
  ['unused code', [inModules('knip/bin/knip.js')]],
]

/** Two at a time, the longest first; told in the order above. */
const runStatic = async (node) => {
  const count = { passed: 0, failed: 0, skipped: 0 }
  const longestFirst = ['types: test', 'types: src-renderer', 'types: src-main', 'unused code']
  const rank = ([name]) => longestFirst.indexOf(name) + 1 || longestFirst.length + 1
  const waiting = staticChecks.toSorted((one, other) => rank(one) - rank(other))
  const outcomes = new Map()
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, args] = next
      outcomes.set(name, await runNode(node, args, { quiet: true }))
    }
  }
  await Promise.all([lane(), lane()])
  for (const [name] of staticChecks) {
    const { code, text } = outcomes.get(name)
    if (code === 0) {
      count.passed++
      console.log(`ok    ${name}`)
    } else {
      count.failed++
      console.log(`FAIL  ${name}\n${text}`)
    }
  }
  return count
}

const readJson = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null)

const runVitest = async (node, args, { gives = 0 } = {}) => {
  const report = join(results, 'vitest.json')
  const { code } = await runNode(
    node,
    [
      inModules('vitest/vitest.mjs'),
      'run',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { gives },
  )
  const json = readJson(report)
  if (json === null) return { passed: 0, failed: 1, skipped: 0 }
  const suitesBroken = code !== 0 && json.numFailedTests === 0 ? 1 : 0
  return {
    passed: json.numPassedTests,
    failed: json.numFailedTests + suitesBroken,
    skipped: json.numPendingTests + json.numTodoTests,
  }
}

/** `quiet`: what it says is printed once it is done. */
const runPlaywright = async (node, args, { quiet = false } = {}) => {
  const report = join(results, 'playwright.json')
  process.env.PLAYWRIGHT_JSON_OUTPUT_NAME = report
  const { code, text } = await runNode(
    node,
    [inModules('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...args],
    { quiet },
  )
  if (quiet) console.log(`\n${text}`)
  const json = readJson(report)
  if (json === null) return { passed: 0, failed: 1, skipped: 0 }
  const { expected, unexpected, flaky, skipped } = json.stats
  if (flaky > 0) console.log(`FLAKY ${flaky}: passed at the second attempt only (marked above)`)
  const broken = code !== 0 && unexpected === 0 ? 1 : 0
  return { passed: expected + flaky, failed: unexpected + broken, skipped }
}

export const runTests = async ({ node, args }) => {
  const onlyAt = args.indexOf('--only')
  const only = onlyAt === -1 ? null : args[onlyAt + 1]
  const rest = args.filter(
    (_, index) => onlyAt === -1 || (index !== onlyAt && index !== onlyAt + 1),
  )
  rmSync(results, { recursive: true, force: true })
  mkdirSync(results, { recursive: true })
  const wanted = (part) => only === null || only === part
  const total = { passed: 0, failed: 0, skipped: 0 }
  const add = (count) => {
    for (const key of Object.keys(total)) total[key] += count[key]
  }
  if (wanted('static')) add(await runStatic(node))
  if (wanted('unit') || wanted('e2e')) build()
  if (wanted('unit') && wanted('e2e')) {
    // Beside each other: consoles in e2e mostly wait (for polling, for what a person would see), and
    // get a processor first when they do not.
    const both = [runVitest(node, rest, { gives: 5 }), runPlaywright(node, rest, { quiet: true })]
    for (const count of await Promise.all(both)) add(count)
  } else if (wanted('unit')) add(await runVitest(node, rest))
  else if (wanted('e2e')) add(await runPlaywright(node, rest))
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

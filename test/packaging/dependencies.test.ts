import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dependencyTable, licenceTexts, shippedPackages } from '../../scripts/packages.mjs'

/** docs/security.md row 35: few packages, exact versions, known licences, known scripts. */

const root = join(import.meta.dirname, '..', '..')
const read = <Value>(path: string): Value =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Value

interface Locked {
  readonly license?: string
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
  readonly integrity?: string
}
const locked = Object.entries(
  read<{ packages: Record<string, Locked> }>('package-lock.json').packages,
)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), ...entry }))
const runtime = locked.filter((entry) => entry.dev !== true && entry.devOptional !== true)

describe('the packages of the product', () => {
  it('are pinned exactly', () => {
    const { dependencies, devDependencies, optionalDependencies } =
      read<
        Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>
      >('package.json')
    for (const versions of [dependencies, devDependencies, optionalDependencies]) {
      for (const [name, version] of Object.entries(versions)) {
        expect(version, name).toMatch(/^(npm:@?[\w./-]+@)?\d+\.\d+\.\d+$/)
      }
    }
  })

  it('are few: at most 55 at run time, platform variants aside', () => {
    // Fourteen of them came with pdfkit, which writes the hand-over; five with ssh2; seven with
    // sign-in: one-time codes, old hashes, and the list of passwords that everybody tries.
    expect(runtime.filter((entry) => entry.optional !== true).length).toBeLessThanOrEqual(55)
  })

  it('carry licences that allow shipping them', () => {
    const allowed = new Set([
      'MIT',
      'ISC',
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      '0BSD',
      'BlueOak-1.0.0',
      'Unlicense',
    ])
    // Named in its LICENSE file and not in its package.json.
    const byFile: Readonly<Record<string, string>> = { 'png-js': 'MIT' }
    /** The old way of saying it, which the lockfile leaves out. */
    const oldWay = (name: string): string | undefined =>
      read<{ licenses?: readonly { readonly type: string }[] }>(`node_modules/${name}/package.json`)
        .licenses?.[0]?.type
    expect(
      runtime
        .filter(({ name, license }) => !allowed.has(license ?? byFile[name] ?? oldWay(name) ?? ''))
        .map(({ name }) => name),
    ).toEqual([])
    for (const [name, license] of Object.entries(byFile)) {
      expect(readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8')).toContain(license)
    }
  })

  it('want to run no script at install but those we know and do not run', () => {
    const scripts = locked.filter(({ hasInstallScript }) => hasInstallScript === true)
    expect(scripts.map(({ name }) => name).toSorted()).toEqual([
      '@github/keytar',
      '@swc/core',
      'cpu-features',
      'electron-winstaller',
      // Builds what makes it faster; without it ssh2 computes in plain JavaScript and node:crypto.
      'ssh2',
    ])
  })

  it('and none of them brings it up to date by itself', () => {
    // docs/security.md row 34: there is no updater, and nothing that would ask for one.
    expect(runtime.map(({ name }) => name).filter((name) => /updat/i.test(name))).toEqual([])
    const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
    expect(config).toMatch(/^publish: null$/m)
  })

  it('are hashed in the lockfile, every one', () => {
    expect(
      locked.filter(({ integrity }) => integrity === undefined).map(({ name }) => name),
    ).toEqual([])
  })
})

/** A table of docs/dependencies.md, by the name in its first column. */
const tableUnder = (text: string, heading: string): Map<string, readonly string[]> => {
  const part = text.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? ''
  const rows = part
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .map((line) =>
      line
        .slice(2, -2)
        .split(' | ')
        .map((cell) => cell.trim()),
    )
  return new Map(rows.slice(1).map((row) => [row[0] ?? '', row]))
}

const toDo =
  'look at what is new in it (its changes, its licence, its scripts), then run ' +
  '`node_modules/.bin/node scripts/dependencies.mjs` and commit docs/dependencies.md and assets/licences/third-party.txt'

describe('docs/dependencies.md', () => {
  const committed = readFileSync(join(root, 'docs', 'dependencies.md'), 'utf8')
  const now = dependencyTable(root)
  const headings = [...now.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? '')

  it('is what the packages are: version, licence, script and who needs it', () => {
    const sizeAt = 3
    expect(headings).toHaveLength(4)
    for (const heading of headings) {
      const known = tableUnder(committed, heading)
      const found = tableUnder(now, heading)
      expect(found.size, heading).toBeGreaterThan(1)
      const told = [...found].flatMap(([name, row]) => {
        const before = known.get(name)
        if (before === undefined) return [`${name} is new under "${heading}": ${toDo}`]
        return row.flatMap((cell, column) =>
          column === sizeAt || before[column] === cell
            ? []
            : [
                `${name} says ${cell || 'nothing'}, the list ${before[column] || 'nothing'}: ${toDo}`,
              ],
        )
      })
      const gone = [...known.keys()].filter((name) => !found.has(name))
      expect([...told, ...gone.map((name) => `${name} is gone: ${toDo}`)]).toEqual([])
    }
  })

  it('knows how large each is: none has grown by more than a fifth', () => {
    for (const heading of ['Installed with the app', 'Bundled into the pages']) {
      const known = tableUnder(committed, heading)
      for (const [name, row] of tableUnder(now, heading)) {
        const [was, is] = [Number(known.get(name)?.[3]), Number(row[3])]
        expect(was, name).toBeGreaterThan(0)
        // A kibibyte or two is rounding.
        expect(is, `${name} has grown from ${was} to ${is} KiB: ${toDo}`).toBeLessThanOrEqual(
          Math.max(was * 1.2, was + 4),
        )
      }
    }
  })

  it('lists install scripts that nobody runs', () => {
    expect(readFileSync(join(root, 'scripts', 'setup.mjs'), 'utf8')).toContain(
      "['ci', '--ignore-scripts',",
    )
    const listed = [
      ...[...tableUnder(committed, 'Installed with the app')]
        .filter(([, row]) => row[4] === 'has one')
        .map(([name]) => name),
      ...tableUnder(committed, 'For development, with an install script').keys(),
    ]
    const real = locked.filter(({ hasInstallScript }) => hasInstallScript === true)
    expect(listed).toHaveLength(real.length)
  })
})

describe('the licences that are shipped', () => {
  const text = readFileSync(join(root, 'assets', 'licences', 'third-party.txt'), 'utf8')

  it('are those of every package in the app, word for word', () => {
    expect(licenceTexts(root) === text, toDo).toBe(true)
    const { runtime, bundled } = shippedPackages(root)
    for (const { name, version } of [...runtime, ...bundled]) {
      expect(text, name).toContain(`${name} ${version} (`)
    }
  })

  it('allow shipping it', () => {
    const allowed =
      /^(?:MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|Unlicense|OFL-1\.1|CC0-1\.0|Zlib|BlueOak-1\.0\.0)$/
    const { runtime, bundled } = shippedPackages(root)
    for (const { name, licence } of [...runtime, ...bundled]) {
      const parts = licence.replace(/[()]/g, '').split(/ (?:AND|OR) /)
      for (const part of parts) expect(part, name).toMatch(allowed)
    }
  })
})

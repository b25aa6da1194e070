import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

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

  it('are few: at most 54 at run time, platform variants aside', () => {
    // Fourteen of them came with pdfkit, which writes the hand-over; five with ssh2; seven with
    // sign-in: one-time codes, old hashes, and the list of passwords that everybody tries.
    expect(runtime.filter((entry) => entry.optional !== true).length).toBeLessThanOrEqual(54)
  })

  it('carry licences that allow shipping them', () => {
    const allowed = new Set([
      'MIT',
      'ISC',
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      '0BSD',
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

  it('are hashed in the lockfile, every one', () => {
    expect(
      locked.filter(({ integrity }) => integrity === undefined).map(({ name }) => name),
    ).toEqual([])
  })
})

it('the package holds no Node binary, no sources and no tests', () => {
  const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8')
  expect(config).toContain("'!node_modules/node-{linux,win,darwin}-*/**'")
  expect(config).toMatch(/asar: true/)
  for (const target of ['nsis', 'dmg', 'AppImage', 'deb']) expect(config).toContain(`- ${target}`)
  expect(config).not.toMatch(/^ {2}- (src|test|scripts|docs)/m)
})

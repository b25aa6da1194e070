import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'

/**
 * The app as electron-builder packs it, from the built `out/`, with its own settings and hooks. All
 * that is not real is Electron's distribution: an empty folder with a stand-in for the binary that
 * has the fuse wire in it. In a folder of its own: the hooks put files into node_modules.
 */

const root = join(import.meta.dirname, '..', '..')
const require = createRequire(import.meta.url)

interface Asar {
  readonly listPackage: (archive: string, options: { isPack: boolean }) => string[]
  readonly extractAll: (archive: string, folder: string) => void
}
const builder = createRequire(require.resolve('electron-builder'))
const asar = createRequire(builder.resolve('app-builder-lib'))('@electron/asar') as Asar

/** What @electron/fuses looks for in a binary: this text, the version, how many, and each. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

const electronStandIn = (folder: string): void => {
  const fuses = Object.values(FuseV1Options).filter((value) => typeof value === 'number').length
  mkdirSync(join(folder, 'locales'), { recursive: true })
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([
      Buffer.alloc(64),
      Buffer.from(fuseSentinel),
      // Electron's own defaults are of no matter here: all are the other way round than wanted.
      Buffer.from([1, fuses, ...Buffer.from('1'.repeat(fuses))]),
      Buffer.alloc(64),
    ]),
    { mode: 0o755 },
  )
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'version']) {
    writeFileSync(join(folder, name), '-')
  }
  writeFileSync(join(folder, 'locales', 'en-US.pak'), '-')
}

/** Names only where the disk allows it: a package is not copied to be looked at. */
const borrow = (from: string, to: string): void => {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) borrow(source, target)
    else if (entry.isFile()) {
      try {
        linkSync(source, target)
      } catch {
        copyFileSync(source, target)
      }
    }
  }
}

const stage = (folder: string): void => {
  for (const name of ['package.json', 'package-lock.json', 'electron-builder.yml', 'LICENSE']) {
    copyFileSync(join(root, name), join(folder, name))
  }
  for (const name of ['out', 'assets', 'scripts']) borrow(join(root, name), join(folder, name))
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>
  }
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    if (path === '' || dev === true || devOptional === true) continue
    if (path.includes('/node_modules/') || !existsSync(join(root, path))) continue
    borrow(join(root, path), join(folder, path))
  }
  // What must not get in: packages for development (one of them the hooks need), a source map, keys.
  mkdirSync(join(folder, 'node_modules', '@electron'), { recursive: true })
  symlinkSync(
    join(root, 'node_modules', '@electron', 'fuses'),
    join(folder, 'node_modules', '@electron', 'fuses'),
  )
  borrow(join(root, 'node_modules', 'uqr'), join(folder, 'node_modules', 'uqr'))
  writeFileSync(join(folder, 'out', 'main', 'main.js.map'), '{}')
  writeFileSync(join(folder, '.env'), 'A=1')
}

export interface PackedApp {
  /** Of the archive, with `/`, files alone. */
  readonly files: readonly string[]
  /** Its content, taken out of the archive. */
  readonly contents: string
  /** Of the folder that is installed: all but the archive. */
  readonly beside: readonly string[]
  /** Electron's binary, renamed. */
  readonly binary: string
  readonly archive: string
  readonly folder: string
  readonly remove: () => void
}

export const packApp = (): PackedApp => {
  if (!existsSync(join(root, 'out', 'main', 'main.js'))) {
    throw new Error('nothing is built: node scripts/run.mjs build')
  }
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-packed-'))
  const project = join(folder, 'project')
  mkdirSync(project)
  stage(project)
  electronStandIn(join(folder, 'electron'))
  const ran = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/electron-builder/cli.js'),
      '--projectDir',
      project,
      '--config',
      'electron-builder.yml',
      '--linux',
      'dir',
      '--x64',
      '--publish',
      'never',
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'release')}`,
    ],
    { cwd: project, encoding: 'utf8', timeout: 240_000, maxBuffer: 64 * 1024 * 1024 },
  )
  const installed = join(folder, 'release', 'linux-unpacked')
  const archive = join(installed, 'resources', 'app.asar')
  if (ran.status !== 0 || !existsSync(archive)) {
    throw new Error(`electron-builder: ${ran.stdout.slice(-2000)}${ran.stderr.slice(-2000)}`)
  }
  const contents = join(folder, 'contents')
  asar.extractAll(archive, contents)
  const filesOf = (place: string): string[] =>
    readdirSync(place, { withFileTypes: true, recursive: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name).slice(place.length + 1))
      .map((path) => path.replaceAll('\\', '/'))
      .toSorted()
  return {
    files: filesOf(contents),
    contents,
    beside: filesOf(installed).filter((path) => path !== 'resources/app.asar'),
    binary: join(installed, 'nocturne'),
    archive,
    folder: project,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

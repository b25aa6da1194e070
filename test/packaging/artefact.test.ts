import { spawnSync } from 'node:child_process'
import { openSync, readFileSync, readSync, closeSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { extname, join } from 'node:path'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedPackages } from '../../scripts/packages.mjs'
import { packApp, type PackedApp } from './packed-app.ts'

/**
 * The packaged artefact (docs/security.md rows 19, 35 and 36): what electron-builder puts into it
 * for Linux, from this very build. Not looked at: the installers around it, macOS, Windows.
 */

const root = join(import.meta.dirname, '..', '..')
let app: PackedApp

beforeAll(() => {
  app = packApp()
}, 300_000)
afterAll(() => app?.remove())

const inModules = (): string[] => app.files.filter((path) => path.startsWith('node_modules/'))
const textOf = (path: string): string => readFileSync(join(app.contents, path), 'utf8')
const packageOf = (path: string): string =>
  /^((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ??
  path

/** Installed under another name than their own. */
const aliases = new Map([
  ['node_modules/better-sqlite3', 'better-sqlite3'],
  ['node_modules/keytar', 'keytar'],
])

/** Their parts that only a build would need; nothing is built at install. */
const leftOut = ['buildcheck', 'cpu-features', 'nan', 'node-addon-api']

describe('the packaged app', () => {
  it('holds the bundles and the packages of the product, and no other file', () => {
    const rest = app.files.filter(
      (path) =>
        !path.startsWith('node_modules/') &&
        path !== 'package.json' &&
        !/^out\/main\/(?:chunks\/)?[\w-]+\.js$/.test(path) &&
        !/^out\/preload\/(?:confirm-)?preload\.cjs$/.test(path) &&
        !/^out\/renderer\/(?:index|confirm)\.html$/.test(path) &&
        !/^out\/renderer\/assets\/[\w.~-]+\.(?:js|css|woff2?|png|svg)$/.test(path),
    )
    expect(rest).toEqual([])
    for (const needed of [
      'main/main.js',
      'main/engine-worker.js',
      'main/store-worker.js',
      'main/history-worker.js',
      'main/plant-worker.js',
      'preload/preload.cjs',
      'preload/confirm-preload.cjs',
      'renderer/index.html',
      'renderer/confirm.html',
    ]) {
      expect(app.files).toContain(`out/${needed}`)
    }
    // By name and version: which of two versions lies on top is the packer's own affair.
    const wanted = shippedPackages(root)
      .runtime.filter(({ name }) => !leftOut.includes(name))
      .map(({ name, version }) => `${name} ${version}`)
    const packed = new Set(inModules().map(packageOf))
    const described = [...packed].map((path) => {
      const { name, version } = JSON.parse(textOf(`${path}/package.json`)) as Record<string, string>
      return `${aliases.get(path) ?? name} ${version}`
    })
    const { version: argon2 } = JSON.parse(
      textOf('node_modules/@node-rs/argon2/package.json'),
    ) as Record<string, string>
    expect(described.toSorted()).toEqual(
      [...wanted, `@node-rs/argon2-linux-x64-gnu ${argon2}`].toSorted(),
    )
  })

  it('holds of the packages what runs, what it reads and its licence', () => {
    const kinds = /\.(?:js|cjs|mjs|json|node|afm|icc|trie)$|\/LICEN[CS]E(?:\.(?:txt|MIT))?$/
    expect(inModules().filter((path) => !kinds.test(path))).toEqual([])
  })

  it('holds no source, no source map, no test, no fixture, no key and no environment', () => {
    const never =
      /\.(?:tsx?|mts|cts|map|snmprec|pcap|pem|key|p12|pfx|crt|env|log|tsbuildinfo)$|(?:^|\/)(?:\.|tests?\/|__tests__\/|fixtures\/|benchmarks?\/|id_rsa)|\.(?:test|spec|bench)\./
    expect(app.files.filter((path) => never.test(path))).toEqual([])
    expect(app.files.filter((path) => /^(?:src-|test|scripts|docs|assets)/.test(path))).toEqual([])
    const texts = app.files.filter((path) => /\.(?:js|cjs|mjs|json|html|css)$/.test(path))
    expect(texts.length).toBeGreaterThan(500)
    for (const path of texts) {
      const text = textOf(path)
      expect(text, path).not.toMatch(/-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[\w+/=\s]{60}/)
      expect(text, path).not.toContain('sourceMappingURL=data:')
      // Where it was built is nobody's business.
      for (const place of [root, app.folder, homedir()]) {
        if (place.length > 5) expect(text.includes(place), `${path}: ${place}`).toBe(false)
      }
      if (!path.startsWith('out/')) continue
      expect(text, path).not.toMatch(/__e2e|remote-debugging-port|chromium-host|sourceMappingURL/)
    }
  })

  it('holds one native addon of each kind, for this machine', () => {
    const addons = app.files.filter((path) => extname(path) === '.node')
    expect(addons).toEqual([
      `node_modules/@node-rs/argon2-linux-x64-gnu/argon2.linux-x64-gnu.node`,
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/keytar/build/Release/keytar.node',
    ])
    for (const path of addons) {
      // ELF, 64 bits, little-endian, x86-64: the head of the file says so.
      const head = Buffer.alloc(20)
      const file = openSync(join(app.contents, path), 'r')
      readSync(file, head, 0, 20, 0)
      closeSync(file)
      expect(head.subarray(0, 6), path).toEqual(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1]))
      expect(head.readUInt16LE(18), path).toBe(62)
      // Addons are loaded from the disk, so they lie beside the archive.
      expect(app.beside).toContain(`resources/app.asar.unpacked/${path}`)
    }
  })

  it('loads every package that it imports, from what was packed', () => {
    const { dependencies } = JSON.parse(textOf('package.json')) as {
      dependencies: Record<string, string>
    }
    const names = Object.keys(dependencies)
    expect(names.length).toBeGreaterThan(10)
    const ran = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `for (const name of ${JSON.stringify(names)}) await import(name)\nconsole.log('loaded')`,
      ],
      { cwd: app.contents, encoding: 'utf8', timeout: 60_000 },
    )
    expect(ran.stdout, ran.stderr).toBe('loaded\n')
  })

  it('tells of itself what is needed and nothing of its making', () => {
    const told = JSON.parse(textOf('package.json')) as Record<string, unknown>
    expect(told).not.toHaveProperty('devDependencies')
    expect(told).not.toHaveProperty('scripts')
    expect(told).toMatchObject({ name: 'nocturne', main: 'out/main/main.js' })
  })

  it('has beside the archive its data, its addons and licences, and nothing else', () => {
    const own = app.beside.filter((path) => path.startsWith('resources/'))
    const known =
      /^resources\/(?:app\.asar\.unpacked\/node_modules\/(?:better-sqlite3|keytar|@node-rs\/argon2-linux-x64-gnu)\/.*|assets\/icons\/[\w-]+\.(?:png|svg)|assets\/scenarios\/[\w-]+\.yaml|assets\/olt-families\/[\w-]+\/(?:profile\.yaml|cli\.yaml|README\.md|expected\/[\w-]+\.yaml|captures\/from-facts\.snmprec)|licences\/(?:LICENSE|third-party\.txt))$/
    expect(own.filter((path) => !known.test(path))).toEqual([])
    for (const path of [
      'resources/licences/LICENSE',
      'resources/licences/third-party.txt',
      'LICENSE.electron.txt',
      'LICENSES.chromium.html',
    ]) {
      expect(app.beside).toContain(path)
    }
    expect(readFileSync(join(app.archive, '..', 'licences', 'third-party.txt'), 'utf8')).toBe(
      readFileSync(join(root, 'assets/licences/third-party.txt'), 'utf8'),
    )
  })

  it('is no larger than 40 MB without Electron', () => {
    const folder = join(app.archive, '..', '..')
    const bytes = [...app.beside, 'resources/app.asar']
      .map((path) => statSync(join(folder, path)).size)
      .reduce((sum, size) => sum + size, 0)
    expect(bytes).toBeLessThan(40 * 1024 * 1024)
    expect(statSync(app.archive).size).toBeGreaterThan(5 * 1024 * 1024)
  })

  it('has every fuse set as docs/security.md says, in the wire of the binary itself', async () => {
    const wire = (await getCurrentFuseWire(app.binary)) as unknown as Record<string, unknown>
    const set = Object.fromEntries(
      Object.entries(FuseV1Options)
        .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
        .map(([name, index]) => [name, wire[index]]),
    )
    const { ENABLE: on, DISABLE: off } = FuseState
    // Exactly these: a fuse that Electron adds is a decision to be made, and stops here.
    expect(set).toEqual({
      RunAsNode: off,
      EnableCookieEncryption: on,
      EnableNodeOptionsEnvironmentVariable: off,
      EnableNodeCliInspectArguments: off,
      EnableEmbeddedAsarIntegrityValidation: off,
      OnlyLoadAppFromAsar: on,
      LoadBrowserProcessSpecificV8Snapshot: off,
      GrantFileProtocolExtraPrivileges: off,
      WasmTrapHandlers: on,
    })
  })
})

it('a package is not made where a native binary for it is missing', async () => {
  const beforePack = createRequire(import.meta.url)('../../scripts/before-pack.cjs') as {
    (context: { electronPlatformName: string; arch: number }): Promise<void>
    readonly nativeFor: (platform: string, arch: string) => { readonly needed: readonly string[] }
  }
  const { nativeFor } = beforePack
  expect(nativeFor('win32', 'x64').needed).toEqual([
    join('better-sqlite3', 'prebuilds', 'win32-x64.node'),
    join('@node-rs', 'argon2-win32-x64-msvc'),
  ])
  expect(nativeFor('darwin', 'arm64').needed[1]).toBe(join('@node-rs', 'argon2-darwin-arm64'))
  const elsewhere = process.platform === 'win32' ? 'darwin' : 'win32'
  await expect(beforePack({ electronPlatformName: elsewhere, arch: 1 })).rejects.toThrow(
    /argon2-.* is not there/,
  )
})

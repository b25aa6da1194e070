import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  createSealer,
  makeHead,
  openPieces,
  pieceBytes,
  pieceKey,
  readHead,
} from '../../src-main/backups/transfer/sealed-file.ts'
import { isCarried } from '../../src-main/backups/transfer/manifest.ts'
import { lockWorkspace } from '../../src-main/store/workspace-lock.ts'
import { unwrapFileKey } from '../../src-main/vault/transfer-envelope.ts'
import { makeKeys } from '../../src-main/vault/workspace-keys.ts'
import { makeRecoveryKey } from '../../src-main/vault/recovery-key.ts'
import { proveHere } from '../support/backups-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { mountSmallDisk } from '../support/small-disk.ts'
import { idOf, temporaryFolder } from '../support/store-workspace.ts'
import { makeClosedWorkspace, openedFile, packInto } from '../support/transfer-bench.ts'

const sealedPiece = pieceBytes + 16

/** The file's head, and its pieces as they lie in it. */
const piecesOf = (path: string): { head: Buffer; pieces: Buffer[] } => {
  const bytes = readFileSync(path)
  const start = readHead(path)?.bytes.length ?? 0
  const pieces: Buffer[] = []
  for (let at = start; at < bytes.length; at += sealedPiece) {
    pieces.push(bytes.subarray(at, at + sealedPiece))
  }
  return { head: bytes.subarray(0, start), pieces }
}

/** What comes of opening and unpacking these bytes. */
const codeOf = async (bytes: Uint8Array, typed: string): Promise<string> => {
  const folder = temporaryFolder()
  const path = join(folder, 'changed.transfer')
  writeFileSync(path, bytes)
  try {
    const opened = await openedFile(path, typed)
    await opened.unpack(join(folder, 'there'), proveHere, undefined)
    return 'taken'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

describe('a transfer file', () => {
  test('holds store, history, own families and map, and nothing that is not to travel', async () => {
    const workspace = makeClosedWorkspace()
    const before = readFileSync(join(workspace.dir, 'store.db'))
    const { to, typed } = await packInto(workspace)
    expect(readdirSync(dirname(to))).toEqual(['one.transfer'])
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600)
    const opened = await openedFile(to, typed)
    expect(opened.view).toMatchObject({
      createdAt: 1_800_000_000_000,
      workspaceId: idOf(1),
      transfer: {
        act: 'move',
        name: 'Rumah',
        appVersion: '1.2.3',
        families: 1,
        mapBytes: workspace.map.length,
        history: { days: 7 },
      },
    })
    expect(opened.keys.storeKey.equals(workspace.keys.storeKey)).toBe(true)
    const there = join(temporaryFolder(), 'there')
    await opened.unpack(there, proveHere, undefined)
    expect(readdirSync(there).toSorted()).toEqual(['history', 'map', 'olt-families', 'store.db'])
    expect(readFileSync(join(there, 'store.db')).equals(before)).toBe(true)
    expect(readFileSync(join(there, 'map', 'map-1.pmtiles')).equals(workspace.map)).toBe(true)
    expect(readdirSync(join(there, 'history')).toSorted()).toEqual(
      readdirSync(join(workspace.dir, 'history')).toSorted(),
    )
    // Nothing of it stands in the clear: no name, no key, no profile.
    const bytes = readFileSync(to)
    for (const word of ['Rumah', 'my-olt', 'store.db', 'SQLite', '1.2.3']) {
      expect(bytes.includes(word)).toBe(false)
    }
    expect(bytes.includes(workspace.keys.storeKey)).toBe(false)
  })

  test('that was cut, lengthened, put in another order or together from two opens nowhere', async () => {
    const workspace = makeClosedWorkspace()
    const { to, typed } = await packInto(workspace)
    const { head, pieces } = piecesOf(to)
    expect(pieces.length).toBeGreaterThan(3)
    const other = piecesOf((await packInto(workspace)).to)
    const [a = Buffer.alloc(0), b = a, ...rest] = pieces
    const last = rest.at(-1) ?? a
    const all = { head, pieces }
    const changed = (where: number): Buffer => {
      const bytes = Buffer.concat([all.head, ...pieces])
      bytes[where] = (bytes[where] ?? 0) ^ 1
      return bytes
    }
    const length = head.length + pieces.reduce((sum, piece) => sum + piece.length, 0)
    const cases: Readonly<Record<string, Uint8Array>> = {
      'the last piece is gone': Buffer.concat([head, ...pieces.slice(0, -1)]),
      'a byte is gone': Buffer.concat([head, ...pieces]).subarray(0, -1),
      'a byte follows': Buffer.concat([head, ...pieces, Buffer.from('x')]),
      'a piece follows': Buffer.concat([head, ...pieces, last]),
      'two pieces have changed places': Buffer.concat([head, b, a, ...rest]),
      'a piece comes twice': Buffer.concat([head, a, a, ...rest]),
      'a piece is left out': Buffer.concat([head, a, ...rest]),
      'a piece is another file’s': Buffer.concat([head, a, other.pieces[1] ?? a, ...rest]),
      'all pieces are another file’s': Buffer.concat([head, ...other.pieces]),
      'the first piece was changed': changed(head.length + 100),
      'the last byte was changed': changed(length - 1),
      'one in the middle was changed': changed(Math.floor(length / 2)),
    }
    const found = await Promise.all(
      Object.entries(cases).map(async ([what, bytes]) => [what, await codeOf(bytes, typed)]),
    )
    expect(found.filter(([, code]) => code !== 'transfer-damaged')).toEqual([])
    expect(await codeOf(Buffer.concat([head, ...pieces]), typed)).toBe('taken')
  })

  test('whose head was changed, or is another one’s, does not open', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const { to, typed } = await packInto(workspace)
    const { header } = readHead(to) ?? { header: null }
    if (header === null) throw new Error('no head')
    const { pieces } = piecesOf(to)
    const withHead = (next: object): Buffer =>
      Buffer.concat([makeHead({ ...header, ...next } as never).bytes, ...pieces])
    expect(await codeOf(withHead({ id: idOf(9) }), typed)).toBe('wrong-passphrase')
    expect(await codeOf(withHead({ more: 1 }), typed)).toBe('transfer-damaged')
    // The same words in another order mean the same, and are not what was written.
    const turned = { way: header.way, id: header.id, format: header.format }
    expect(await codeOf(Buffer.concat([makeHead(turned).bytes, ...pieces]), typed)).toBe(
      'transfer-damaged',
    )
    expect(await codeOf(withHead({ way: { ...header.way, wrapped: 'AAAA' } }), typed)).toBe(
      'wrong-passphrase',
    )
    const newer = readFileSync(to)
    newer.write('9', 'NOCTURNE-TRANSFER-'.length)
    expect(await codeOf(newer, typed)).toBe('store-from-newer-version')
    expect(await codeOf(readFileSync(to), makeRecoveryKey().text)).toBe('wrong-passphrase')
    expect(await codeOf(readFileSync(to), 'no key at all')).toBe('wrong-passphrase')
  })

  test('of a newer version is told as that, and nothing of it is tried', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const { to, typed } = await packInto(workspace)
    const { manifest } = await openedFile(to, typed)
    const head = readHead(to)
    if (head === null) throw new Error('no head')
    const key = pieceKey(await unwrapFileKey(head.header.way, head.header.id, typed), head)
    const withManifest = async (told: object): Promise<Buffer> => {
      const written: Buffer[] = [head.bytes]
      const sealer = createSealer(key, async (bytes) => void written.push(Buffer.from(bytes)))
      const text = Buffer.from(JSON.stringify(told))
      const length = Buffer.alloc(4)
      length.writeUInt32LE(text.length)
      await sealer.write(Buffer.concat([Buffer.alloc(64, 1), length, text]))
      await sealer.end()
      return Buffer.concat(written)
    }
    const newer = 'store-from-newer-version'
    expect(await codeOf(await withManifest({ ...manifest, schemaVersion: 99_990 }), typed)).toBe(
      newer,
    )
    expect(await codeOf(await withManifest({ ...manifest, format: 2, new: 1 }), typed)).toBe(newer)
    // And one that names what is no file of a workspace, whoever sealed it.
    const files = [...manifest.files, { path: '../keys.json', bytes: 1 }]
    expect(await codeOf(await withManifest({ ...manifest, files }), typed)).toBe('transfer-damaged')
  })

  test('opens with a passphrase of its own, in whichever form its letters come', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const passphrase = 'untuk pindahan ké rumah'
    const { to } = await packInto(workspace, {
      lock: { kind: 'passphrase', passphrase },
      typed: passphrase,
    })
    const opened = await openedFile(to, passphrase.normalize('NFD'))
    expect(opened.ways).toEqual(['passphrase'])
    expect((await rejectionOf(openedFile(to, 'untuk pindahan ke rumah'))).code).toBe(
      'wrong-passphrase',
    )
    // The way belongs to this file: under another id it is none.
    const { header } = readHead(to) ?? { header: null }
    const { pieces } = piecesOf(to)
    const { bytes } = makeHead({ ...header, id: idOf(9) } as never)
    expect(await codeOf(Buffer.concat([bytes, ...pieces]), passphrase)).toBe('wrong-passphrase')
  })

  test('names nothing outside of the workspace', () => {
    const outside = [
      '../keys.json',
      'history/../../x',
      'history/..',
      '/etc/passwd',
      'history//x',
      'history/a\\..\\b',
      'history',
      'keys.json',
      'logs/engine.log',
      'backups/x.backup',
      'history/a\u0000b',
      'map/./x',
    ]
    expect(outside.filter(isCarried)).toEqual([])
    expect(['store.db', 'history/a.db', 'olt-families/x/captures/y.snmprec'].every(isCarried)).toBe(
      true,
    )
  })
})

describe('the pieces of a file', () => {
  const key = Buffer.alloc(32, 7)
  /** Three of them, the last one short. */
  const sealThree = async (): Promise<readonly Buffer[]> => {
    const written: Buffer[] = []
    const sealer = createSealer(key, async (bytes) => void written.push(Buffer.from(bytes)))
    await sealer.write(Buffer.alloc(2 * pieceBytes + 10, 1))
    await sealer.end()
    return [0, 2, 4].map((at) => Buffer.concat(written.slice(at, at + 2)))
  }
  const read = async (bytes: Uint8Array): Promise<number | string> => {
    const path = join(temporaryFolder(), 'pieces')
    writeFileSync(path, bytes)
    const file = await open(path, 'r')
    try {
      let total = 0
      for await (const piece of openPieces(file, key, 0)) total += piece.length
      return total
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    } finally {
      await file.close()
    }
  }

  test('prove their number and the last one its end, whatever stands in them', async () => {
    const [a, b, c] = (await sealThree()) as [Buffer, Buffer, Buffer]
    expect(await read(Buffer.concat([a, b, c]))).toBe(2 * pieceBytes + 10)
    const wrong = [[a, b], [b, a, c], [a, a, c], [a, c], [b, c], [a, b, c, c], [c], []]
    for (const pieces of wrong) expect(await read(Buffer.concat(pieces))).toBe('transfer-damaged')
  })
})

describe('making one', () => {
  test('is refused where the workspace is in use or damaged, and leaves nothing', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const to = join(temporaryFolder(), 'one.transfer')
    const release = lockWorkspace(join(workspace.dir, 'store.db'))
    expect((await rejectionOf(packInto(workspace, { to }))).code).toBe('workspace-in-use')
    release()
    const strange = { dir: workspace.dir, keys: makeKeys(idOf(1)) }
    expect((await rejectionOf(packInto(strange, { to }))).code).toBe('store-wrong-key')
    const store = join(workspace.dir, 'store.db')
    const bytes = readFileSync(store)
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1
    writeFileSync(store, bytes)
    expect((await rejectionOf(packInto(workspace, { to }))).code).toBe('store-damaged')
    expect(readdirSync(dirname(to))).toEqual([])
  })

  test('called off at any step leaves nothing', async () => {
    const workspace = makeClosedWorkspace(undefined, 1_500_000)
    for (const when of ['gather', 'pack', 'proof'] as const) {
      const off = new AbortController()
      const to = join(temporaryFolder(), 'one.transfer')
      const failed = await rejectionOf(
        packInto(workspace, {
          to,
          signal: off.signal,
          onStep: (step) => {
            if (step === when) off.abort()
          },
        }),
      )
      expect([when, failed.code]).toEqual([when, 'cancelled'])
      expect(readdirSync(dirname(to))).toEqual([])
    }
  })

  test('onto a disk without room is refused before a byte is written', async (test) => {
    const disk = mountSmallDisk(3)
    if (!disk.mounted) return test.skip(disk.why)
    const workspace = makeClosedWorkspace()
    const seen: string[] = []
    const to = join(disk.path, 'one.transfer')
    const error = await rejectionOf(
      packInto(workspace, { to, onStep: (step) => void seen.push(step) }),
    )
    expect(error.code).toBe('disk-full')
    expect(error.params).toMatchObject({ needed: expect.any(Number), free: expect.any(Number) })
    expect(seen).toEqual(['gather'])
    expect(readdirSync(disk.path)).toEqual([])
    return undefined
  })

  test('says what a folder is that is gone, or that nobody may write into', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    const gone = join(temporaryFolder(), 'gone', 'one.transfer')
    expect((await rejectionOf(packInto(workspace, { to: gone }))).code).toBe('folder-gone')
    const folder = temporaryFolder()
    chmodSync(folder, 0o500)
    // Root may write everywhere.
    if (process.getuid?.() !== 0) {
      const to = join(folder, 'one.transfer')
      expect((await rejectionOf(packInto(workspace, { to }))).code).toBe('folder-not-writable')
    }
    chmodSync(folder, 0o700)
    const there = join(folder, 'one.transfer')
    writeFileSync(there, 'somebody’s')
    expect((await rejectionOf(packInto(workspace, { to: there }))).code).toBe('conflict')
    expect(readFileSync(there, 'utf8')).toBe('somebody’s')
  })

  test('reads the file back: what the disk has changed meanwhile gets no name', async () => {
    const workspace = makeClosedWorkspace(undefined, 2_500_000)
    const changes: Readonly<Record<string, (part: string) => void>> = {
      'a byte': (part) => {
        const bytes = readFileSync(part)
        bytes[bytes.length - 5000] = (bytes[bytes.length - 5000] ?? 0) ^ 1
        writeFileSync(part, bytes)
      },
      'its end': (part) => truncateSync(part, statSync(part).size - sealedPiece),
      'more of it': (part) => appendFileSync(part, 'more'),
    }
    for (const [what, change] of Object.entries(changes)) {
      const to = join(temporaryFolder(), 'one.transfer')
      let isChanged = false
      const failed = await rejectionOf(
        packInto(workspace, {
          to,
          onStep: (step) => {
            // The first it reads back is what stands before all that is changed here.
            if (step !== 'proof' || isChanged) return
            isChanged = true
            change(`${to}.part`)
          },
        }),
      )
      expect([what, failed.code]).toEqual([what, 'transfer-damaged'])
      expect(readdirSync(dirname(to))).toEqual([])
    }
  })

  test('takes no more memory for more of it', async () => {
    const workspace = makeClosedWorkspace(undefined, 100)
    // Sparse: 96 MiB that take no room where they come from.
    const big = join(workspace.dir, 'history', 'metrics-20261101.db')
    writeFileSync(big, '')
    truncateSync(big, 96 * 1_048_576)
    let most = 0
    const { to, typed } = await packInto(workspace, {
      onStep: () => {
        most = Math.max(most, process.memoryUsage().arrayBuffers)
      },
    })
    expect(existsSync(to)).toBe(true)
    const opened = await openedFile(to, typed)
    mkdirSync(join(dirname(to), 'x'))
    await opened.unpack(join(dirname(to), 'x', 'there'), proveHere, undefined, () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers)
    })
    expect(most).toBeLessThan(64 * 1_048_576)
  })
})

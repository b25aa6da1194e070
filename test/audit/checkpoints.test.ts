import { createHash } from 'node:crypto'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { describe, expect, test } from 'vitest'
import { chainColumns, type ChainRow } from '../../src-main/audit/chain-rows.ts'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { auditHeadSeal, auditRow2Hash } from '../../src-main/store/audit-chain.ts'
import { checkpointFileOf, readCheckpointFile } from '../../src-main/store/audit-checkpoint-file.ts'
import type { Checkpoint } from '../../src-main/store/audit-checkpoint.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import { checkpointAudit } from '../../src-main/store/write-path.ts'
import {
  auditKey,
  newTestStore,
  openTestStore,
  rawConnection,
  writeSetting,
} from '../support/store-workspace.ts'

const start = 1_800_000_000_000
const filled = (rows = 10): Store => {
  const store = newTestStore()
  for (let number = 1; number <= rows; number += 1) writeSetting(store, number)
  return store
}

const fileOf = (store: Pick<Store, 'path'>): string => checkpointFileOf(store.path)

const proofOf = ({ path }: Pick<Store, 'path'>, outside = fileOf({ path })) =>
  inStore(path, readCheckpointFile(outside))

const inStore = (path: string, checkpoints: readonly (Checkpoint | null)[] = []) => {
  const store = openTestStore(path)
  try {
    return verifyAudit(store.reader, auditKey, { checkpoints })
  } finally {
    store.stop()
  }
}

/** The chain from row `from` on written anew with every key there is, the head sealed. */
const writeAnew = (path: string, from: number, change: string): void => {
  const raw = rawConnection(path)
  raw.exec('DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete')
  raw.exec(change)
  const rows = raw.prepare(`SELECT ${chainColumns} FROM audit ORDER BY seq`).all() as ChainRow[]
  let previous: Uint8Array = Buffer.alloc(32)
  for (const row of rows) {
    const hash = auditRow2Hash(previous, {
      ...row,
      category: row.category ?? 'system',
      severity: row.severity ?? 'info',
      detailHash: row.detailHash === null ? null : Buffer.from(row.detailHash).toString('hex'),
    })
    if (row.seq >= from) {
      raw
        .prepare('UPDATE audit SET previous_hash = ?, hash = ? WHERE seq = ?')
        .run(previous, hash, row.seq)
    }
    previous = hash
  }
  raw
    .prepare('UPDATE audit_head SET row_count = ?, hash = ?, seal = ?')
    .run(rows.length, previous, auditHeadSeal(auditKey, rows.length, previous))
  raw.close()
}

describe('checkpoints are made', () => {
  test('with the first command of a day, and at a start or stop with rows since', () => {
    const store = filled(3)
    expect(readCheckpointFile(fileOf(store)).map((one) => one?.seq)).toEqual([1])
    checkpointAudit(store, start + 50)
    checkpointAudit(store, start + 60)
    expect(readCheckpointFile(fileOf(store)).map((one) => one?.seq)).toEqual([1, 3])
    writeSetting(store, 24 * 3_600_000)
    const told = readCheckpointFile(fileOf(store))
    expect(told.map((one) => [one?.seq, one?.day])).toEqual([
      [1, '2027-01-15'],
      [3, '2027-01-15'],
      [4, '2027-01-16'],
    ])
    expect(verifyAudit(store.reader, auditKey, { checkpoints: told })).toMatchObject({ ok: true })
  })

  test('none of an empty trail', () => {
    const store = newTestStore()
    checkpointAudit(store, start)
    expect(readCheckpointFile(fileOf(store))).toEqual([])
  })

  test('in a file for its owner alone, and what a crash kept from it comes at the next start', () => {
    const store = filled(3)
    expect(statSync(fileOf(store)).mode & 0o777).toBe(0o600)
    store.stop()
    const whole = readFileSync(fileOf(store), 'utf8')
    // A power cut in the middle of the line.
    writeFileSync(fileOf(store), whole.slice(0, 30))
    openTestStore(store.path).stop()
    const lines = readFileSync(fileOf(store), 'utf8').split('\n')
    expect(lines).toEqual([whole.slice(0, 30), whole.trimEnd(), ''])
    openTestStore(store.path).stop()
    expect(readFileSync(fileOf(store), 'utf8').split('\n')).toHaveLength(3)
  })

  test('and a command is done where they cannot be written beside the store', () => {
    const store = newTestStore()
    // A folder stands in the way.
    mkdirSync(fileOf(store))
    expect(writeSetting(store, 1).replayed).toBe(false)
  })

  test('with a private key that is nowhere in the clear', () => {
    const store = filled(2)
    const [row] = store.reader
      .prepare<[], { private_sealed: Uint8Array }>('SELECT private_sealed FROM audit_signer')
      .all()
    // PKCS8 of Ed25519 begins so (RFC 8410).
    const head = Buffer.from('302e020100300506032b6570', 'hex')
    expect(Buffer.from(row!.private_sealed).includes(head)).toBe(false)
  })
})

describe('the checkpoints show', () => {
  test('an older copy of the store put back', () => {
    const store = filled(5)
    store.stop()
    const copy = `${store.path}.copy`
    copyFileSync(store.path, copy)
    const later = openTestStore(store.path)
    for (let number = 20; number <= 30; number += 1) writeSetting(later, number)
    checkpointAudit(later, start + 99)
    later.stop()
    copyFileSync(copy, store.path)
    for (const suffix of ['-wal', '-shm']) rmSync(`${store.path}${suffix}`, { force: true })
    expect(proofOf(store)).toEqual({ ok: false, rows: 5, brokenAt: 6, reason: 'older-store' })
    // Its own chain is whole: it is the mark outside that tells.
    expect(inStore(store.path)).toMatchObject({ ok: true })
  })

  test('an older copy that went on, also when it has grown past the mark', () => {
    const store = filled(5)
    store.stop()
    const copy = `${store.path}.copy`
    copyFileSync(store.path, copy)
    const later = openTestStore(store.path)
    writeSetting(later, 20)
    writeSetting(later, 21)
    checkpointAudit(later, start + 99)
    later.stop()
    copyFileSync(copy, store.path)
    for (const suffix of ['-wal', '-shm']) rmSync(`${store.path}${suffix}`, { force: true })
    const other = openTestStore(store.path)
    for (let number = 40; number <= 50; number += 1) writeSetting(other, number)
    other.stop()
    expect(proofOf(store)).toMatchObject({ ok: false, brokenAt: 7, reason: 'checkpoint-differs' })
  })

  test('a chain written anew with every key but the one that signs', () => {
    const store = filled(10)
    checkpointAudit(store, start + 99)
    store.stop()
    writeAnew(store.path, 4, `UPDATE audit SET name = 'nothing.happened' WHERE seq = 4`)
    expect(inStore(store.path)).toEqual({
      ok: false,
      rows: 9,
      brokenAt: 10,
      reason: 'checkpoint-differs',
    })
  })

  test('the end cut off with the head set back and sealed', () => {
    const store = filled(10)
    checkpointAudit(store, start + 99)
    store.stop()
    writeAnew(store.path, 99, 'DELETE FROM audit WHERE seq > 8')
    expect(inStore(store.path)).toMatchObject({
      ok: false,
      brokenAt: 9,
      reason: 'tail-cut',
    })
  })

  test('the same with the checkpoints of the store taken away, by those beside it', () => {
    const store = filled(10)
    checkpointAudit(store, start + 99)
    store.stop()
    writeAnew(
      store.path,
      99,
      `DELETE FROM audit WHERE seq > 8; DROP TRIGGER audit_checkpoint_no_delete;
       DELETE FROM audit_checkpoint WHERE seq > 8`,
    )
    expect(proofOf(store)).toMatchObject({ ok: false, brokenAt: 9, reason: 'older-store' })
  })

  test('a checkpoint that another key signed, in the store or beside it', () => {
    const store = filled(3)
    store.stop()
    const [line = ''] = readFileSync(fileOf(store), 'utf8').split('\n')
    const other = { ...(JSON.parse(line) as object), signature: 'ab'.repeat(64) }
    appendFileSync(fileOf(store), `${JSON.stringify(other)}\n`)
    expect(proofOf(store)).toMatchObject({ ok: false, brokenAt: 1, reason: 'checkpoint-forged' })
    const raw = rawConnection(store.path)
    raw.exec(`DROP TRIGGER audit_checkpoint_no_update; UPDATE audit_checkpoint SET at = at + 1`)
    raw.close()
    expect(inStore(store.path)).toMatchObject({
      ok: false,
      reason: 'checkpoint-forged',
    })
  })

  test('the key that signs replaced by another', () => {
    const store = filled(3)
    store.stop()
    const other = filled(3)
    other.stop()
    const raw = rawConnection(store.path)
    raw.exec(`PRAGMA foreign_keys = OFF; DROP TRIGGER audit_checkpoint_no_delete;
      DELETE FROM audit_checkpoint; DELETE FROM audit_signer`)
    raw.close()
    // The store alone says nothing any more; the marks beside it know another key.
    expect(proofOf(store)).toMatchObject({ ok: false, reason: 'checkpoint-forged' })
  })
})

test('a checkpoint’s format never changes', () => {
  const store = filled(1)
  const [one] = readCheckpointFile(fileOf(store))
  expect(Object.keys(one ?? {}).toSorted()).toEqual([
    'at',
    'day',
    'fingerprint',
    'hash',
    'seq',
    'signature',
  ])
  const [signer] = store.reader
    .prepare<[], { publicKey: Uint8Array }>('SELECT public_key AS publicKey FROM audit_signer')
    .all()
  expect(createHash('sha256').update(signer!.publicKey).digest('hex')).toBe(one?.fingerprint)
})

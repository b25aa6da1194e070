import { describe, expect, test } from 'vitest'
import { verifyAudit, verifyAuditInSlices } from '../../src-main/audit/verify.ts'
import { auditHeadSeal, auditRow2Hash, auditRowHash } from '../../src-main/store/audit-chain.ts'
import { recordRefusal } from '../../src-main/store/write-path.ts'
import { rejectionOf } from '../support/error-code.ts'
import {
  auditKey,
  keyOf,
  newTestStore,
  openTestStore,
  rawConnection,
  testCall,
  writeSetting,
} from '../support/store-workspace.ts'

/** Ten audited commands; then `sql` runs as someone with the store key would run it. */
const tamperedWith = (...sql: string[]) => {
  const store = newTestStore()
  for (let number = 1; number <= 10; number += 1) writeSetting(store, number)
  store.stop()
  const raw = rawConnection(store.path)
  raw.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;`)
  for (const statement of sql) raw.exec(statement)
  raw.close()
  return verifyAudit(openTestStore(store.path).reader, auditKey)
}

/** A row as somebody with the store key writes it. */
const addedRow = {
  at: 1,
  commandId: 'added',
  name: 'added',
  accountId: null,
  sessionId: null,
  clientKind: 'test',
  device: null,
  outcome: 'done',
  code: null,
  reason: null,
  category: 'system',
  severity: 'info',
  objectKind: null,
  objectId: null,
  subjectId: null,
  detailHash: null,
} as const

describe('the audit chain is broken', () => {
  test.each([
    ['at', 'at + 1'],
    ['command_id', `'other'`],
    ['name', `'other'`],
    ['account_id', `'someone'`],
    ['session_id', `'other'`],
    ['client_kind', `'other'`],
    ['outcome', `'refused'`],
    ['code', `'conflict'`],
    ['parameters', `'{"a":1}'`],
    ['format', '1'],
    ['device', `'other'`],
    ['reason', `'other'`],
    ['category', `'key'`],
    ['severity', `'critical'`],
    ['object_kind', `'other'`],
    ['object_id', `'other'`],
    ['subject_id', `'other'`],
    ['detail_hash', 'randomblob(32)'],
  ])('by an edit of %s', (column, value) => {
    expect(tamperedWith(`UPDATE audit SET ${column} = ${value} WHERE seq = 4`)).toEqual({
      ok: false,
      rows: 3,
      brokenAt: 4,
      reason: 'row-changed',
    })
  })

  test('by a deleted row, with the gap closed or not', () => {
    const gap = tamperedWith('DELETE FROM audit WHERE seq = 4')
    expect(gap).toMatchObject({ ok: false, brokenAt: 4, reason: 'row-missing' })
    const closed = tamperedWith(
      'DELETE FROM audit WHERE seq = 4',
      'UPDATE audit SET seq = -seq WHERE seq > 4',
      'UPDATE audit SET seq = -seq - 1 WHERE seq < 0',
    )
    expect(closed).toMatchObject({ ok: false, brokenAt: 4, reason: 'link-broken' })
  })

  test('by two rows that changed places', () => {
    const result = tamperedWith(
      'UPDATE audit SET seq = 99 WHERE seq = 4',
      'UPDATE audit SET seq = 4 WHERE seq = 5',
      'UPDATE audit SET seq = 5 WHERE seq = 99',
    )
    expect(result).toMatchObject({ ok: false, brokenAt: 4, reason: 'link-broken' })
  })

  test('by its first row taken away, or all of them', () => {
    expect(tamperedWith('DELETE FROM audit WHERE seq = 1')).toMatchObject({
      brokenAt: 1,
      reason: 'row-missing',
    })
    expect(tamperedWith('DELETE FROM audit')).toMatchObject({ brokenAt: 1, reason: 'tail-cut' })
  })

  test('by rows cut off its end', () => {
    expect(tamperedWith('DELETE FROM audit WHERE seq > 8')).toEqual({
      ok: false,
      rows: 8,
      brokenAt: 9,
      reason: 'tail-cut',
    })
  })

  test('by rows cut off its end with the head set back, which needs the audit key', () => {
    const result = tamperedWith(
      'DELETE FROM audit WHERE seq > 8',
      `UPDATE audit_head SET row_count = 8, hash = (SELECT hash FROM audit WHERE seq = 8)`,
    )
    expect(result).toMatchObject({ ok: false, brokenAt: 9, reason: 'head-forged' })
  })

  test.each([
    [-5, 'row-added', 1],
    [0, 'row-added', 1],
    [11, 'tail-cut', 12],
    [40, 'row-missing', 11],
  ])('by a row added as number %i', (seq, reason, brokenAt) => {
    // A copy of the last row with a right hash, so that only its place betrays it.
    const store = newTestStore()
    for (let number = 1; number <= 10; number += 1) writeSetting(store, number)
    store.stop()
    const raw = rawConnection(store.path)
    const last = raw.prepare('SELECT hash FROM audit WHERE seq = 10').get() as { hash: Buffer }
    raw
      .prepare(`INSERT INTO audit (seq, at, command_id, name, client_kind, outcome, parameters,
        format, category, severity, previous_hash, hash)
        VALUES (?, 1, 'added', 'added', 'test', 'done', '{}', 2, 'system', 'info', ?, ?)`)
      .run(seq, last.hash, auditRow2Hash(last.hash, { ...addedRow, seq }))
    raw.close()
    expect(verifyAudit(openTestStore(store.path).reader, auditKey)).toMatchObject({
      ok: false,
      reason,
      brokenAt,
    })
  })

  test('by its head being removed', () => {
    expect(tamperedWith('DELETE FROM audit_head')).toMatchObject({ reason: 'head-missing' })
  })

  test('by a chain written anew with right hashes but without the audit key', () => {
    const store = newTestStore()
    writeSetting(store, 1)
    store.stop()
    const raw = rawConnection(store.path)
    raw.exec('DROP TRIGGER audit_no_update')
    const hash = auditRow2Hash(Buffer.alloc(32), { ...addedRow, seq: 1 })
    raw
      .prepare(`UPDATE audit SET at = 1, command_id = 'added', name = 'added', detail_hash = NULL,
        hash = ?`)
      .run(hash)
    // Checkpoints are what shows it to him who has every key: a test of their own.
    raw.exec('DROP TRIGGER audit_checkpoint_no_delete; DELETE FROM audit_checkpoint')
    const forge = raw.prepare('UPDATE audit_head SET hash = ?, seal = ?')
    forge.run(hash, auditHeadSeal(keyOf('a guess'), 1, hash))
    const { reader } = openTestStore(store.path)
    expect(verifyAudit(reader, auditKey)).toMatchObject({ ok: false, reason: 'head-forged' })
    // With the audit key it would hold: that is all the key protects.
    forge.run(hash, auditHeadSeal(auditKey, 1, hash))
    expect(verifyAudit(reader, auditKey)).toMatchObject({ ok: true, rows: 1 })
  })
})

describe('verification in slices', () => {
  const longTrail = () => {
    const store = newTestStore()
    for (let number = 1; number <= 2_100; number += 1) {
      recordRefusal(store, { ...testCall(number), outcome: 'refused', code: 'not-found' })
    }
    return store
  }

  test('stops when it is cancelled', async () => {
    const cancel = new AbortController()
    const error = await rejectionOf(
      verifyAuditInSlices(longTrail().reader, auditKey, {
        signal: cancel.signal,
        onProgress: () => cancel.abort(),
      }),
    )
    expect(error.code).toBe('cancelled')
  })

  test('says the same as in one go, while commands go on', async () => {
    const store = longTrail()
    const seen: number[] = []
    const result = await verifyAuditInSlices(store.reader, auditKey, {
      onProgress: (rows, total) => {
        seen.push(rows, total)
        writeSetting(store, 5_000 + rows)
      },
    })
    expect(seen).toEqual([1000, 2100, 2000, 2100])
    expect(result).toEqual({ ok: true, rows: 2100, brokenAt: null, reason: null })
    expect(verifyAudit(store.reader, auditKey)).toMatchObject({ ok: true, rows: 2102 })
    store.stop()
    rawConnection(store.path).exec(
      'DROP TRIGGER audit_no_update; UPDATE audit SET at = 0 WHERE seq = 1500',
    )
    const broken = { ok: false, rows: 1499, brokenAt: 1500, reason: 'row-changed' }
    const { reader } = openTestStore(store.path)
    expect(verifyAudit(reader, auditKey)).toEqual(broken)
    expect(await verifyAuditInSlices(reader, auditKey)).toEqual(broken)
  })
})

describe('the audit chain is whole', () => {
  test('when it is empty, and after every command', () => {
    const store = newTestStore()
    const whole = { ok: true, brokenAt: null, reason: null }
    expect(verifyAudit(store.reader, auditKey)).toEqual({ ...whole, rows: 0 })
    for (let number = 1; number <= 3; number += 1) {
      writeSetting(store, number)
      expect(verifyAudit(store.reader, auditKey)).toEqual({ ...whole, rows: number })
    }
  })

  test('by a format that never changes', () => {
    const row = {
      seq: 1,
      at: 1_800_000_000_000,
      commandId: '01900000-0000-7000-8000-000000000001',
      name: 'network.addOlt',
      accountId: 'a',
      sessionId: null,
      clientKind: 'console',
      outcome: 'done',
      code: null,
      parameters: '{"host":"10.0.0.1"}',
    } as const
    expect(auditRowHash(Buffer.alloc(32), row).toString('hex')).toMatchInlineSnapshot(
      `"c03c8be3db9a1ec1e86a369816080b4693d338b8c9d012c52978ed469b693115"`,
    )
  })
})

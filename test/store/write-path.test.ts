import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { recordRefusal, runCommand } from '../../src-main/store/write-path.ts'
import type { Transaction } from '../../src-main/store/write-path.ts'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { errorOf } from '../support/error-code.ts'
import { auditTrail } from '../support/audit-trail.ts'
import {
  auditKey,
  countOf,
  idOf,
  newTestStore,
  openTestStore,
  putSetting,
  rawConnection,
  testCall,
  writeSetting,
} from '../support/store-workspace.ts'
import type { Store } from '../../src-main/store/open-store.ts'

const counts = (store: Store) => ({
  settings: countOf(store, 'setting'),
  audit: countOf(store, 'audit'),
  feed: countOf(store, 'change_feed'),
  results: countOf(store, 'command_result'),
})

const nothingWritten = { settings: 0, audit: 0, feed: 0, results: 0 }

describe('the write path refuses', () => {
  test('to keep anything of a handler that throws', () => {
    const store = newTestStore()
    const failure = new NocturneError('olt-address-taken')
    const run = () =>
      runCommand(store, testCall(1), (transaction) => {
        putSetting(transaction, 1, 1)
        throw failure
      })
    expect(errorOf(run)).toBe(failure)
    expect(counts(store)).toEqual(nothingWritten)
    expect(writeSetting(store, 1).replayed).toBe(false)
  })

  test('to keep anything when the result cannot be stored as JSON', () => {
    const store = newTestStore()
    for (const result of [10n, Number.NaN, Buffer.from('secret'), new Map(), () => 1]) {
      const run = () =>
        runCommand(store, testCall(1), (transaction) => {
          putSetting(transaction, 1, 1)
          return { result }
        })
      expect(run).toThrow(TypeError)
    }
    expect(counts(store)).toEqual(nothingWritten)
  })

  test('an async handler', () => {
    const store = newTestStore()
    const handler = (async (transaction: Transaction) => {
      putSetting(transaction, 1, 1)
      return { result: null }
    }) as unknown as (transaction: Transaction) => { result: null }
    expect(() => runCommand(store, testCall(1), handler)).toThrow(TypeError)
    expect(counts(store)).toEqual(nothingWritten)
  })

  test('a command inside a command, and a refusal inside one', () => {
    const store = newTestStore()
    const nested = () => runCommand(store, testCall(1), () => ({ result: writeSetting(store, 2) }))
    expect(nested).toThrow()
    const refusal = () =>
      runCommand(store, testCall(1), () => {
        recordRefusal(store, { ...testCall(2), outcome: 'refused', code: 'permission-denied' })
        return { result: null }
      })
    expect(refusal).toThrow()
    expect(counts(store)).toEqual(nothingWritten)
  })

  test('a transaction that is used after its handler has returned', () => {
    const store = newTestStore()
    let kept: Transaction | null = null
    runCommand(store, testCall(1), (transaction) => {
      kept = transaction
      return { result: null }
    })
    const escaped = kept as unknown as Transaction
    expect(() => putSetting(escaped, 9, 9)).toThrow('ended')
    expect(() => escaped.get('SELECT 1')).toThrow('ended')
    expect(() =>
      escaped.change({ entity: 'a', entityId: 'b', kind: 'created', version: 1 }),
    ).toThrow('ended')
  })

  test('statements that would leave the transaction or fill its own tables', () => {
    const store = newTestStore()
    const refused = [
      'COMMIT',
      'ROLLBACK',
      'PRAGMA user_version = 7',
      'DROP TRIGGER audit_no_update',
      `ATTACH ':memory:' AS other`,
      `INSERT INTO meta VALUES ('a', 'b')`,
      'DELETE FROM command_result',
      'DELETE FROM audit_head',
      `WITH a AS (SELECT 1) DELETE FROM "audit"`,
      'UPDATE change_feed SET version = 9',
    ]
    for (const sql of refused) {
      const run = () =>
        runCommand(store, testCall(1), (transaction) => ({ result: transaction.run(sql) }))
      expect(run, sql).toThrow()
    }
    expect(counts(store)).toEqual(nothingWritten)
  })

  test('an id that was used by another account, for another command, or with other input', () => {
    const store = newTestStore()
    writeSetting(store, 1)
    const others = [
      { actor: { accountId: 'someone-else', sessionId: null, clientKind: 'test' } },
      { name: 'test.other' },
      { auditInput: { number: 2 } },
    ]
    for (const other of others) {
      const run = () => runCommand(store, testCall(1, other), () => ({ result: 'done anyway' }))
      expect(errorOf(run).code).toBe('conflict')
    }
    expect(counts(store)).toEqual({ settings: 1, audit: 1, feed: 1, results: 1 })
  })

  test('to write to a store that was stopped', () => {
    const store = newTestStore()
    store.stop()
    expect(() => writeSetting(store, 1)).toThrow('closed')
  })

  test.each(['audit', 'change_feed'])('to change or delete a row of %s, whoever asks', (table) => {
    const store = newTestStore()
    writeSetting(store, 1)
    const raw = rawConnection(store.path)
    raw.pragma('recursive_triggers = ON')
    for (const sql of [
      `UPDATE ${table} SET at = 0`,
      `DELETE FROM ${table}`,
      `REPLACE INTO ${table} SELECT * FROM ${table}`,
    ]) {
      expect(() => raw.exec(sql), sql).toThrow('append-only')
    }
    expect(counts(store)).toEqual({ settings: 1, audit: 1, feed: 1, results: 1 })
  })
})

describe('the write path', () => {
  test('writes handler, change feed, audit row and result as one', () => {
    const store = newTestStore()
    const actor = { accountId: 'account-1', sessionId: 'session-1', clientKind: 'console' }
    const run = runCommand(
      store,
      testCall(7, { actor, auditInput: { b: 1, a: 'redacted' } }),
      (transaction) => {
        putSetting(transaction, 7, 'value')
        return {
          result: { made: true },
          changes: [{ entity: 'extra', entityId: 'e', kind: 'updated', version: 3 }],
        }
      },
    )
    expect(run).toEqual({ result: { made: true }, replayed: false })
    expect(store.reader.prepare('SELECT * FROM audit').get()).toMatchObject({
      seq: 1,
      at: 1_800_000_000_007,
      command_id: idOf(7),
      name: 'test.setting',
      account_id: 'account-1',
      session_id: 'session-1',
      client_kind: 'console',
      outcome: 'done',
      code: null,
      format: 2,
      parameters: '{}',
      category: 'system',
      severity: 'info',
      device: null,
      object_id: null,
      subject_id: null,
    })
    expect(auditTrail(store)[0]?.told).toEqual({ a: 'redacted', b: 1 })
    expect(
      store.reader
        .prepare('SELECT entity, entity_id, kind, version, data FROM change_feed ORDER BY seq')
        .all(),
    ).toEqual([
      { entity: 'setting', entity_id: 'key-7', kind: 'created', version: 1, data: '{"number":7}' },
      { entity: 'extra', entity_id: 'e', kind: 'updated', version: 3, data: null },
    ])
  })

  test('answers a repeated id with the first result, and does nothing, also after a restart', () => {
    const store = newTestStore()
    const first = writeSetting(store, 1)
    store.stop()
    const again = openTestStore(store.path)
    let ran = false
    const repeated = runCommand(again, testCall(1), () => {
      ran = true
      return { result: { number: 99 } }
    })
    expect(ran).toBe(false)
    expect(repeated).toEqual({ result: first.result, replayed: true })
    expect(counts(again)).toEqual({ settings: 1, audit: 1, feed: 1, results: 1 })
  })

  test('leaves an audit row of a refusal, and the id free for another try', () => {
    const store = newTestStore()
    recordRefusal(store, { ...testCall(1), outcome: 'refused', code: 'permission-denied' })
    recordRefusal(store, { ...testCall(1), outcome: 'failed', code: 'olt-no-answer' })
    expect(writeSetting(store, 1).replayed).toBe(false)
    expect(store.reader.prepare('SELECT seq, outcome, code FROM audit ORDER BY seq').all()).toEqual(
      [
        { seq: 1, outcome: 'refused', code: 'permission-denied' },
        { seq: 2, outcome: 'failed', code: 'olt-no-answer' },
        { seq: 3, outcome: 'done', code: null },
      ],
    )
    expect(verifyAudit(store.reader, auditKey)).toMatchObject({ ok: true, rows: 3 })
  })

  test('lets a handler read what it has written, with RETURNING too', () => {
    const store = newTestStore()
    const { result } = runCommand(store, testCall(1), (transaction) => {
      putSetting(transaction, 1, 1)
      const row = transaction.get<{ key: string }>(
        'UPDATE setting SET updated_at = ? RETURNING key',
        5,
      )
      return { result: [row?.key, transaction.all('SELECT key FROM setting').length] }
    })
    expect(result).toEqual(['key-1', 1])
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { auditTrail } from '../support/audit-trail.ts'
import { openAuditBench } from '../support/audit-bench.ts'
import {
  auditDetailKey,
  auditKey,
  keyOf,
  openTestStore,
  rawConnection,
} from '../support/store-workspace.ts'

const proof = (path: string) =>
  verifyAudit(openTestStore(path).reader, auditKey, { auditDetailKey })

describe('details of the audit trail', () => {
  test('stand nowhere in the clear, and open with the key alone', () => {
    const bench = openAuditBench()
    bench.act('network.addOlt', { name: 'KARANG-77' })
    expect(auditTrail(bench.store).map(({ told }) => told)).toEqual([{ name: 'KARANG-77' }])
    expect(auditTrail(bench.store, null, keyOf('another'))[0]?.told).toBeNull()
    const raw = rawConnection(bench.store.path)
    const rows = JSON.stringify(raw.prepare('SELECT * FROM audit').all())
    expect(rows).not.toContain('KARANG-77')
    const [sealed] = raw.prepare('SELECT sealed FROM audit_detail').all() as { sealed: Buffer }[]
    expect(sealed?.sealed.includes('KARANG-77')).toBe(false)
  })

  test('of a person are gone with his key, and the chain still proves', () => {
    const bench = openAuditBench()
    bench.act('access.resetPassword', { accountId: 'budi', note: 'moved house' })
    bench.act('access.resetPassword', { accountId: 'citra', note: 'on leave' })
    bench.act('network.addOlt', { name: 'KARANG-77' })
    const key = rawConnection(bench.store.path)
      .prepare('SELECT sealed FROM subject_key WHERE subject_id = ?')
      .get('budi') as { sealed: Buffer }
    bench.act('privacy.erase', { accountId: 'budi' }, { apply: (tx) => tx.eraseSubject('budi') })
    // What comes later about him is told without a detail.
    bench.act('access.resetPassword', { accountId: 'budi', note: 'once more' })

    expect(auditTrail(bench.store).map(({ subjectId, told }) => [subjectId, told])).toEqual([
      ['budi', null],
      ['citra', { accountId: 'citra', note: 'on leave' }],
      [null, { name: 'KARANG-77' }],
      ['budi', null],
      ['budi', null],
    ])
    expect(verifyAudit(bench.store.reader, auditKey, { auditDetailKey })).toMatchObject({
      ok: true,
      rows: 5,
    })
    // Nor is the sealed key left in the database or its log.
    const folder = dirname(bench.store.path)
    for (const name of readdirSync(folder).filter((file) => file.startsWith('store.db'))) {
      expect(readFileSync(join(folder, name)).includes(key.sealed)).toBe(false)
    }
    expect(
      rawConnection(bench.store.path)
        .prepare('SELECT sealed FROM subject_key WHERE subject_id = ?')
        .get('budi'),
    ).toEqual({ sealed: null })
  })

  test('of two persons are not erased by one command', () => {
    const bench = openAuditBench()
    const twice = () =>
      bench.act(
        'privacy.erase',
        {},
        {
          apply: (tx) => {
            tx.eraseSubject('a')
            tx.eraseSubject('b')
          },
        },
      )
    expect(twice).toThrow('one person a command')
  })

  test.each([
    ['altered', `UPDATE audit_detail SET sealed = zeroblob(length(sealed)) WHERE seq = 2`],
    ['taken away', `DELETE FROM audit_detail WHERE seq = 2`],
    [
      'exchanged',
      `UPDATE audit_detail SET sealed = (SELECT sealed FROM audit_detail WHERE seq = 3)
      WHERE seq = 2`,
    ],
    [
      'taken away with the key',
      `DROP TRIGGER subject_key_no_delete;
      DELETE FROM subject_key WHERE subject_id = 'budi'`,
    ],
    [
      'taken for erased, which no command did',
      `UPDATE subject_key
      SET sealed = NULL, erased_at = 1, erased_by = 'nobody' WHERE subject_id = 'budi'`,
    ],
  ])('are missed when they are %s', (_how, sql) => {
    const bench = openAuditBench()
    bench.act('network.addOlt', { name: 'a' })
    bench.act('access.resetPassword', { accountId: 'budi' })
    bench.act('network.addOlt', { name: 'b' })
    bench.store.stop()
    const raw = rawConnection(bench.store.path)
    raw.exec('DROP TRIGGER audit_detail_no_update; DROP TRIGGER audit_detail_no_delete')
    raw.exec(sql)
    raw.close()
    expect(proof(bench.store.path)).toMatchObject({ brokenAt: 2, reason: 'detail-changed' })
  })

  test('and keys are written by the write path alone', () => {
    const bench = openAuditBench()
    for (const table of ['audit_detail', 'subject_key', 'audit_signer', 'audit_checkpoint']) {
      expect(() => bench.act('x.y', {}, { apply: (tx) => tx.run(`DELETE FROM ${table}`) })).toThrow(
        'filled by the write path only',
      )
    }
  })
})

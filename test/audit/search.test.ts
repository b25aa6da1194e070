import { describe, expect, test } from 'vitest'
import { auditRowHash } from '../../src-main/store/audit-chain.ts'
import { rejectionOf } from '../support/error-code.ts'
import { anything, openAuditBench } from '../support/audit-bench.ts'
import { rawConnection } from '../support/store-workspace.ts'

type Filter = Partial<typeof anything>

const day = Date.UTC(2026, 10, 22)

/** Rows 1 to 6. */
const filled = () => {
  const bench = openAuditBench()
  bench.act(
    'network.addOlt',
    { name: 'a' },
    {
      at: day,
      apply: (tx) =>
        tx.change({
          entity: 'olt',
          entityId: 'olt-1',
          kind: 'created',
          version: 1,
          data: { name: 'KARANG-01' },
        }),
    },
  )
  bench.refuse('network.removeOlt', 'permission-denied', bench.person('budi'))
  bench.act('access.resetPassword', { accountId: 'budi' }, { at: day + 1000 })
  bench.act(
    'alarms.record',
    { alarms: 3 },
    {
      at: day + 2000,
      by: { accountId: null, sessionId: null, clientKind: 'engine' },
    },
  )
  bench.act(
    'alarms.acknowledge',
    { which: ['x', 'y'] },
    {
      at: day + 3000,
      apply: (tx) => {
        tx.change({ entity: 'alarm', entityId: 'x', kind: 'updated', version: 2 })
        tx.change({ entity: 'alarm', entityId: 'y', kind: 'updated', version: 2 })
      },
    },
  )
  bench.act('network.setQuiet', { oltId: 'olt-1' }, { at: day + 4000, by: bench.person('budi') })
  return bench
}

const searchIn =
  (bench: ReturnType<typeof filled>) =>
  async (filter: Filter, page: { before?: number | null; limit?: number } = {}) => {
    const { rows, next } = await bench.queries['audit.search'](
      { ...anything, ...filter, before: page.before ?? null, limit: page.limit ?? 100 },
      bench.context,
    )
    return { seqs: rows.map(({ seq }) => seq), rows, next }
  }

describe('a search of the trail', () => {
  test.each<[string, Filter, number[]]>([
    ['of nothing in particular: all, the newest first', {}, [6, 5, 4, 3, 2, 1]],
    ['by a person: what he did and what is about him', { personId: 'budi' }, [6, 3, 2]],
    ['by object', { objectKind: 'olt', objectId: 'olt-1' }, [6, 1]],
    ['by kind of object', { objectKind: 'alarm' }, [5]],
    ['by category', { categories: ['authorisation', 'account'] }, [3, 2]],
    ['by severity', { severities: ['warning'] }, [3, 2]],
    ['by outcome', { outcomes: ['refused'] }, [2]],
    ['by command', { command: 'alarms.acknowledge' }, [5]],
    ['by time, the first moment in and the last out', { from: day + 1000, to: day + 3000 }, [4, 3]],
    ['of people alone', { people: true }, [6, 5, 3, 2, 1]],
    ['by several at once', { personId: 'budi', outcomes: ['done'], people: true }, [6, 3]],
    ['that nothing fits', { command: 'x.y' }, []],
  ])('%s', async (_what, filter, seqs) => {
    const found = await searchIn(filled())(filter)
    expect(found.seqs).toEqual(seqs)
    expect(found.next).toBeNull()
  })

  test('goes on where a page ended', async () => {
    const search = searchIn(filled())
    const first = await search({ personId: 'budi' }, { limit: 2 })
    expect(first).toMatchObject({ seqs: [6, 3], next: 3 })
    expect(await search({ personId: 'budi' }, { limit: 2, before: first.next })).toMatchObject({
      seqs: [2],
      next: null,
    })
  })

  test('names what has a name, and says from where', async () => {
    const { rows } = await searchIn(filled())({ objectKind: 'olt' })
    expect(rows.at(-1)).toMatchObject({
      objectName: 'KARANG-01',
      device: 'noc-1',
      accountId: 'ana',
      sessionId: 'session-1',
    })
  })

  test('names what belongs to an OLT by that OLT', async () => {
    const bench = filled()
    bench.act(
      'olt-cli.setAccess',
      { oltId: 'olt-1' },
      {
        at: day + 5000,
        apply: (tx) =>
          tx.change({
            entity: 'olt-cli-access',
            entityId: 'olt-1',
            kind: 'created',
            version: 1,
            data: { transport: 'ssh' },
          }),
      },
    )
    const { rows } = await searchIn(bench)({ command: 'olt-cli.setAccess' })
    expect(rows).toMatchObject([{ objectKind: 'olt-cli-access', objectName: 'KARANG-01' }])
  })

  test('ends when it is cancelled', async () => {
    const bench = filled()
    bench.abort.abort()
    expect((await rejectionOf(searchIn(bench)({}))).code).toBe('cancelled')
  })

  test('sorts rows of the first format by their name', async () => {
    const bench = openAuditBench()
    const raw = rawConnection(bench.store.path)
    const row = {
      seq: 1,
      at: day,
      commandId: 'c',
      name: 'network.removeOlt',
      accountId: 'ana',
      sessionId: null,
      clientKind: 'console',
      outcome: 'done',
      code: null,
      parameters: '{"oltId":"olt-9"}',
    } as const
    const before = Buffer.alloc(32)
    raw
      .prepare(`INSERT INTO audit (seq, at, command_id, name, account_id, client_kind, outcome,
        parameters, previous_hash, hash)
        VALUES (1, ?, 'c', ?, 'ana', 'console', 'done', ?, ?, ?)`)
      .run(day, row.name, row.parameters, before, auditRowHash(before, row))
    const search = searchIn(bench)
    expect((await search({ categories: ['configuration'] })).seqs).toEqual([1])
    expect((await search({ categories: ['export'] })).seqs).toEqual([])
    expect((await search({ severities: ['warning'] })).rows[0]).toMatchObject({
      severity: 'warning',
    })
    const told = await bench.queries['audit.row']({ seq: 1 }, bench.context)
    expect(told).toMatchObject({ detailState: 'kept', detail: row.parameters })
  })
})

describe('the time line of a record', () => {
  test('has what changed it among others, and the person it is about', async () => {
    const bench = filled()
    const of = async (objectKind: string, objectId: string) => {
      const question = { objectKind, objectId, before: null, limit: 100 }
      const found = await bench.queries['audit.timeline'](question, bench.context)
      return found.rows.map(({ seq }) => seq)
    }
    expect(await of('alarm', 'y')).toEqual([5])
    expect(await of('olt', 'olt-1')).toEqual([6, 1])
    expect(await of('account', 'budi')).toEqual([3])
    expect(await of('olt', 'nowhere')).toEqual([])
  })

  test('comes in pages', async () => {
    const bench = filled()
    const question = { objectKind: 'olt', objectId: 'olt-1', limit: 1 }
    const first = await bench.queries['audit.timeline'](
      { ...question, before: null },
      bench.context,
    )
    expect(first).toMatchObject({ rows: [{ seq: 6 }], next: 6 })
    const second = await bench.queries['audit.timeline']({ ...question, before: 6 }, bench.context)
    expect(second.rows).toMatchObject([{ seq: 1 }])
  })
})

describe('one row', () => {
  test('has its detail and what it changed', async () => {
    const bench = filled()
    expect(await bench.queries['audit.row']({ seq: 5 }, bench.context)).toMatchObject({
      detailState: 'kept',
      detail: '{"which":["x","y"]}',
      changes: [
        { objectKind: 'alarm', objectId: 'x', kind: 'updated' },
        { objectKind: 'alarm', objectId: 'y', kind: 'updated' },
      ],
    })
    expect(() => bench.queries['audit.row']({ seq: 99 }, bench.context)).toThrow('not-found')
  })

  test('of an erased person says so', async () => {
    const bench = filled()
    bench.act('privacy.erase', {}, { apply: (tx) => tx.eraseSubject('budi') })
    const told = await bench.queries['audit.row']({ seq: 3 }, bench.context)
    expect(told).toMatchObject({ detailState: 'erased', detail: null })
  })
})

test('the overview says how long the trail is and which key signs it', async () => {
  const bench = filled()
  const told = await bench.queries['audit.overview']({}, bench.context)
  expect(told).toMatchObject({ rows: 6, firstAt: day, lastCheckpoint: { seq: 1 } })
  expect(told.fingerprint).toMatch(/^[0-9a-f]{64}$/u)
  const proof = await bench.queries['audit.verify']({ checkpoints: [] }, bench.context)
  expect(proof).toMatchObject({ ok: true, rows: 6, fingerprint: told.fingerprint })
})

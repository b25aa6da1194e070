import { describe, expect, it } from 'vitest'
import { createAuditDesk } from '../../src-main/engine/audit-desk.ts'
import type { CallContext } from '../../src-main/engine/handlers.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { auditTrail } from '../support/audit-trail.ts'
import { openAuditBench } from '../support/audit-bench.ts'
import { idOf } from '../support/store-workspace.ts'

const setUp = () => {
  const bench = openAuditBench()
  let ids = 0
  const desk = createAuditDesk({
    store: () => bench.store,
    actorOf: () => bench.person('budi'),
    clock: bench.clock,
    newId: () => idOf((ids += 1)),
    log: createLog({ write: () => undefined }),
  })
  const at = (clientId: number): CallContext => ({ ...bench.context, clientId })
  const rows = () => auditTrail(bench.store)
  return { bench, desk, at, rows }
}

describe('a refused query', () => {
  it('leaves one row per client, query and minute, however often it is asked', () => {
    const { bench, desk, at, rows } = setUp()
    for (let time = 0; time < 500; time += 1) {
      desk.queryRefused({ name: 'audit.search', context: at(1) })
    }
    expect(rows()).toMatchObject([
      {
        name: 'audit.search',
        outcome: 'refused',
        code: 'permission-denied',
        category: 'authorisation',
        accountId: 'budi',
        device: 'noc-1',
      },
    ])
    desk.queryRefused({ name: 'audit.row', context: at(1) })
    desk.queryRefused({ name: 'audit.search', context: at(2) })
    expect(rows()).toHaveLength(3)
    bench.clock.advance(60_000)
    desk.queryRefused({ name: 'audit.search', context: at(1) })
    expect(rows()).toHaveLength(4)
  })
})

describe('a sensitive read', () => {
  it('leaves a row with what was asked; an everyday one none', () => {
    const { desk, at, rows } = setUp()
    desk.queryAnswered({ name: 'network.olts', context: at(1), input: {} })
    expect(rows()).toEqual([])
    const input = { versionId: 'v-1' }
    desk.queryAnswered({ name: 'olt-backups.text', context: at(1), input })
    desk.queryAnswered({ name: 'olt-backups.text', context: at(1), input })
    desk.queryAnswered({ name: 'olt-backups.text', context: at(1), input: { versionId: 'v-2' } })
    expect(rows()).toMatchObject([
      { category: 'sensitive-read', outcome: 'done', objectId: 'v-1', told: input },
      { category: 'sensitive-read', objectId: 'v-2' },
    ])
  })

  it('is refused where it cannot be told, and the next time too', () => {
    const { bench, desk, at } = setUp()
    bench.store.stop()
    const read = () => desk.queryAnswered({ name: 'audit.row', context: at(1), input: { seq: 1 } })
    expect(read).toThrow('the store is closed')
    expect(read).toThrow('the store is closed')
  })
})

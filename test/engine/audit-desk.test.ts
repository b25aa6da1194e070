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

describe('a refused command', () => {
  it('is told at once, and again with how often, at the end of its minute', () => {
    const { bench, desk, at, rows } = setUp()
    const refuse = (
      clientId: number,
      number: number,
      code: 'conflict' | 'not-found' = 'conflict',
    ) =>
      desk.commandRefused({
        name: 'network.removeOlt',
        context: at(clientId),
        auditInput: { number },
        code,
      })
    for (let number = 0; number < 10_000; number += 1) refuse(1, number)
    expect(rows()).toMatchObject([
      { name: 'network.removeOlt', code: 'conflict', told: { number: 0 } },
    ])
    // Another code, and another client: each its own first.
    refuse(1, 1, 'not-found')
    refuse(2, 2)
    expect(rows()).toHaveLength(3)
    bench.clock.advance(60_000)
    const summary = { code: 'conflict', outcome: 'refused', told: { refusedAgain: 9_999 } }
    expect(rows().slice(3)).toMatchObject([summary])
    // And from the beginning.
    refuse(1, 3)
    refuse(1, 4)
    expect(rows().slice(4)).toMatchObject([{ told: { number: 3 } }])
    // Nothing is lost where the workspace is closed before.
    desk.settle()
    expect(rows().slice(5)).toMatchObject([{ told: { refusedAgain: 1 } }])
    bench.clock.advance(120_000)
    expect(rows()).toHaveLength(6)
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

import { describe, expect, it } from 'vitest'
import type { PlanTargetRow } from '../../src-shared/contract/provisioning-plans.ts'
import { createTargetRows } from '../../src-renderer/screens/provisioning/target-rows.ts'
import { uuid } from './sample-plan.ts'

const target = (seq: number, part: Partial<PlanTargetRow> = {}): PlanTargetRow => ({
  seq,
  oltId: uuid(1),
  oltName: 'Utara',
  address: { shelf: 0, slot: 1, port: 1, onuId: 1 },
  addressAfter: null,
  oltAfterId: null,
  serial: `HWTC${seq.toString(16).toUpperCase().padStart(8, '0')}`,
  name: null,
  state: 'waiting',
  problem: null,
  risk: 'read',
  differences: [],
  serviceLossS: null,
  canary: false,
  startedAt: null,
  endedAt: null,
  readBack: null,
  readBackAt: null,
  ...part,
})

const rowsOf = (total: number, fail = false) => {
  const asked: number[] = []
  const rows = createTargetRows({
    planId: uuid(1),
    states: [],
    ask: async ({ offset = 0, limit = 100 }) => {
      asked.push(offset)
      if (fail) throw new Error('no')
      return {
        total,
        targets: Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, at) =>
          target(offset + at),
        ),
      }
    },
    failureOf: () => ({ code: 'internal', params: {}, traceId: 't' }),
  })
  return { rows, asked }
}

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve()
}

describe('targets of a plan', () => {
  it('says that asking failed, and holds nothing then', async () => {
    const { rows } = rowsOf(5, true)
    await settle()
    expect(rows.snapshot()).toMatchObject({ total: null, failure: { code: 'internal' } })
  })

  it('of twenty thousand holds those near the window, one question at a time', async () => {
    const { rows, asked } = rowsOf(20_000)
    await settle()
    expect(rows.snapshot().total).toBe(20_000)
    expect(rows.row(0)?.seq).toBe(0)
    rows.show(15_050, 15_090)
    await settle()
    expect(rows.row(15_060)?.seq).toBe(15_060)
    expect(rows.row(9000)).toBeUndefined()
    expect(asked).toEqual([0, 15_000])
  })

  it('puts a target that moved in its place, and ignores one that is not held', async () => {
    const { rows } = rowsOf(300)
    await settle()
    const before = rows.snapshot().version
    rows.put(target(250, { state: 'done' }))
    expect(rows.snapshot().version).toBe(before)
    rows.put(target(7, { state: 'failed' }))
    expect(rows.row(7)?.state).toBe('failed')
  })

  it('asks again for what is shown, and nothing after the end', async () => {
    const { rows, asked } = rowsOf(300)
    await settle()
    rows.refresh()
    await settle()
    expect(asked).toEqual([0, 0])
    rows.stop()
    let told = 0
    rows.subscribe(() => {
      told += 1
    })
    rows.refresh()
    await settle()
    expect(told).toBe(0)
  })
})

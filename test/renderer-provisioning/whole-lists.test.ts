import { describe, expect, it } from 'vitest'
import { readAll } from '../../src-renderer/screens/provisioning/read-all.ts'
import {
  withNeverScanned,
  type Scan,
} from '../../src-renderer/screens/provisioning-records/never-scanned.ts'

const asks = (rows: readonly number[]) => {
  const offsets: number[] = []
  return {
    offsets,
    ask: ({ offset, limit }: { readonly offset: number; readonly limit: number }) => {
      offsets.push(offset)
      return Promise.resolve({ rows: rows.slice(offset, offset + limit), total: rows.length })
    },
  }
}

describe('a whole list, page by page', () => {
  it('is read to its end', async () => {
    const rows = Array.from({ length: 1201 }, (_, at) => at)
    const { ask, offsets } = asks(rows)
    const told: number[] = []
    expect(await readAll(ask, (done) => told.push(done))).toEqual(rows)
    expect(offsets).toEqual([0, 500, 1000])
    expect(told).toEqual([500, 1000, 1201])
  })

  it('ends where the engine has less than it promised', async () => {
    const short = await readAll(({ offset }) =>
      Promise.resolve({ rows: offset === 0 ? ['a'] : [], total: 9 }),
    )
    expect(short).toEqual(['a'])
  })

  it('is nothing when it was called off', async () => {
    const stop = new AbortController()
    const { ask } = asks(Array.from({ length: 900 }, (_, at) => at))
    expect(await readAll(ask, () => stop.abort(), stop.signal)).toBeNull()
  })
})

describe('OLTs that can be compared', () => {
  const scanned: Scan = {
    oltId: 'b',
    oltName: 'MELATI-02',
    at: 5,
    compared: 286,
    mismatches: 3,
    unrecorded: 0,
    problem: null,
    running: false,
  }

  it('are all of them, those that never were compared too', () => {
    const olts = [
      { id: 'a', name: 'PELABUHAN-03' },
      { id: 'b', name: 'MELATI-02' },
      { id: 'c', name: 'BUKIT-04' },
    ]
    expect(withNeverScanned([scanned], olts).map(({ oltName, at }) => [oltName, at])).toEqual([
      ['BUKIT-04', null],
      ['MELATI-02', 5],
      ['PELABUHAN-03', null],
    ])
  })
})

import { describe, expect, it } from 'vitest'
import { fetchAllOnus } from '../../src-renderer/screens/network-onus/onu-export.ts'
import { emptyFilter } from '../../src-renderer/screens/network-onus/onu-query.ts'
import {
  addSelected,
  nothingSelected,
  serialsOf,
  toggleSelected,
} from '../../src-renderer/screens/network-onus/onu-selection.ts'
import { fakeOnuRow } from './fake-onu-row.ts'

const viewId = '0198d7a0-1111-7222-8333-944455556666'
const sort = { column: 'address', descending: false } as const

const engine = (total: number, gives = total) => {
  const closed: string[] = []
  const progress: number[] = []
  const stop = new AbortController()
  const rows = (offset: number, limit: number) =>
    Array.from({ length: Math.max(0, Math.min(limit, gives - offset)) }, (_, i) =>
      fakeOnuRow({ row: offset + i }),
    )
  return {
    closed,
    progress,
    stop,
    ports: {
      viewId,
      openView: ({ limit = 100 }: { limit?: number | undefined }) =>
        Promise.resolve({ total, ofTotal: total, offset: 0, onus: rows(0, limit), at: 1 }),
      viewPage: ({ offset, limit }: { offset: number; limit: number }) =>
        Promise.resolve({ total, offset, onus: rows(offset, limit) }),
      closeView: (id: string) => {
        closed.push(id)
        return Promise.resolve()
      },
      onProgress: (done: number) => void progress.push(done),
      signal: stop.signal,
    },
  }
}

describe('the export of all rows that are shown', () => {
  it('gives nothing once it is cancelled, and closes its view', async () => {
    const { ports, stop, closed } = engine(5000)
    stop.abort()
    expect(await fetchAllOnus(emptyFilter, sort, ports)).toBeNull()
    expect(closed).toEqual([viewId])
  })

  it('closes its view when the engine fails, and passes the failure on', async () => {
    const { ports, closed } = engine(5000)
    const failing = { ...ports, viewPage: () => Promise.reject(new Error('no answer')) }
    await expect(fetchAllOnus(emptyFilter, sort, failing)).rejects.toThrow('no answer')
    expect(closed).toEqual([viewId])
  })

  it('ends when the engine has fewer rows than it said', async () => {
    const { ports } = engine(5000, 700)
    expect(await fetchAllOnus(emptyFilter, sort, ports)).toHaveLength(700)
  })

  it('fetches every row once, in order, and tells how far it is', async () => {
    const { ports, progress } = engine(1234)
    const rows = await fetchAllOnus(emptyFilter, sort, ports)
    expect(rows?.map((row) => row.row)).toEqual(Array.from({ length: 1234 }, (_, i) => i))
    expect(progress).toEqual([500, 1000, 1234])
  })
})

describe('the selection', () => {
  it('leaves out ONUs without a serial number when serials are copied', () => {
    const rows = [fakeOnuRow({ row: 1, serial: 'A' }), fakeOnuRow({ row: 2, serial: null })]
    expect(serialsOf(rows)).toEqual(['A'])
  })

  it('turns one row and adds many', () => {
    const one = toggleSelected(nothingSelected, fakeOnuRow({ row: 1 }))
    expect([...one.keys()]).toEqual([1])
    expect(toggleSelected(one, fakeOnuRow({ row: 1 })).size).toBe(0)
    const many = addSelected(one, [fakeOnuRow({ row: 1 }), fakeOnuRow({ row: 7 })])
    expect([...many.keys()]).toEqual([1, 7])
  })
})

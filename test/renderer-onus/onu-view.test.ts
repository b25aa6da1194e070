import { describe, expect, it } from 'vitest'
import type { CallInput, Output, Payload } from '../../src-shared/contract/index.ts'
import { createOnuView, type OnuView } from '../../src-renderer/screens/network-onus/onu-view.ts'
import { emptyFilter } from '../../src-renderer/screens/network-onus/onu-query.ts'
import { fakeOnuRow } from './fake-onu-row.ts'

const viewId = '0198d7a0-1111-7222-8333-944455556666'
const byAddress = { column: 'address', descending: false } as const

interface Pending<Input, Value> {
  readonly input: Input
  readonly answer: (value: Value) => Promise<void>
  readonly refuse: (error: unknown) => Promise<void>
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 10; i++) await Promise.resolve()
}

const deferred = <Input, Value>() => {
  const calls: Pending<Input, Value>[] = []
  const call = (input: Input): Promise<Value> =>
    new Promise((resolve, reject) => {
      calls.push({
        input,
        answer: (value) => {
          resolve(value)
          return turns()
        },
        refuse: (error) => {
          reject(error)
          return turns()
        },
      })
    })
  return { calls, call }
}

const setUp = () => {
  const opens = deferred<CallInput<'network.openView'>, Output<'network.openView'>>()
  const pages = deferred<CallInput<'network.viewPage'>, Output<'network.viewPage'>>()
  const timers: { run: () => void; ms: number; cancelled: boolean }[] = []
  let emit: (payload: Payload<'network.viewChanged'>) => void = () => undefined
  const closed: string[] = []
  const view: OnuView = createOnuView({
    viewId,
    openView: opens.call,
    viewPage: pages.call,
    closeView: (id) => {
      closed.push(id)
      return Promise.resolve()
    },
    onViewChanged: (listener) => {
      emit = listener
      return () => {
        emit = () => undefined
      }
    },
    failureOf: (error) => error as never,
    later: (run, ms) => {
      const timer = { run, ms, cancelled: false }
      timers.push(timer)
      return () => {
        timer.cancelled = true
      }
    },
  })
  const fire = (): Promise<void> => {
    for (const timer of timers.splice(0)) if (!timer.cancelled) timer.run()
    return turns()
  }
  return { view, opens, pages, fire, closed, emit: (p: Payload<'network.viewChanged'>) => emit(p) }
}

const rows = (offset: number, count: number) =>
  Array.from({ length: count }, (_, i) => fakeOnuRow({ row: offset + i }))

const opened = (total: number, offset = 0, count = Math.min(100, total)) => ({
  total,
  ofTotal: 5000,
  offset,
  onus: rows(offset, count),
  at: 1,
})

const page = (input: CallInput<'network.viewPage'>, total: number) => ({
  total,
  offset: input.offset,
  onus: rows(input.offset, Math.min(input.limit, total - input.offset)),
})

describe('the view on the ONU table', () => {
  it('drops an answer that a newer question has overtaken, and asks only the newest of those that waited', async () => {
    const { view, opens } = setUp()
    view.open({ ...emptyFilter, search: 'b' }, byAddress)
    view.open({ ...emptyFilter, search: 'bu' }, byAddress)
    view.open({ ...emptyFilter, search: 'bud' }, byAddress)
    expect(opens.calls.map((call) => call.input.filter.search)).toEqual(['b'])
    await opens.calls[0]?.answer(opened(900))
    expect(view.snapshot().status).toBe('opening')
    expect(opens.calls.map((call) => call.input.filter.search)).toEqual(['b', 'bud'])
    await opens.calls[1]?.answer(opened(7))
    expect(view.snapshot()).toMatchObject({ status: 'ready', total: 7, filter: { search: 'bud' } })
  })

  it('drops a page of the order before', async () => {
    const { view, opens, pages } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(5000))
    view.show(1000, 1040)
    view.open({ ...emptyFilter, search: 'x' }, byAddress)
    await opens.calls[1]?.answer(opened(5000))
    await pages.calls[0]?.answer(page(pages.calls[0].input, 5000))
    expect(view.row(1000)).toBeUndefined()
    expect(view.row(0)?.row).toBe(0)
  })

  it('keeps the rows of before and says so when a question fails', async () => {
    const { view, opens } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(50))
    view.refresh()
    await opens.calls[1]?.refuse({ code: 'timeout', params: {}, traceId: 't' })
    expect(view.snapshot()).toMatchObject({
      status: 'ready',
      total: 50,
      failure: { code: 'timeout' },
    })
    expect(view.row(3)?.row).toBe(3)
  })

  it('opens itself anew when the engine no longer knows it, in place', async () => {
    const { view, opens, pages } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(5000))
    view.show(1000, 1040)
    await pages.calls[0]?.refuse({ code: 'not-found', params: {}, traceId: 't' })
    expect(opens.calls).toHaveLength(2)
    expect(opens.calls[1]?.input.offset).toBe(980)
  })

  it('does not ask again at once for a page that failed', async () => {
    const { view, opens, pages, fire } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(5000))
    for (const call of pages.calls.slice()) await call.answer(page(call.input, 5000))
    const before = pages.calls.length
    view.show(1000, 1040)
    await pages.calls.at(-1)?.refuse({ code: 'timeout', params: {}, traceId: 't' })
    expect(pages.calls).toHaveLength(before + 1)
    await fire()
    expect(pages.calls.length).toBeGreaterThan(before + 1)
  })

  it('does not ask for every page that a fast scroll has passed', async () => {
    const { view, opens, pages } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(5000))
    for (let start = 200; start < 4000; start += 200) view.show(start, start + 40)
    expect(pages.calls).toHaveLength(2)
  })

  it('loads the visible rows first, then ahead in the direction of the scroll', async () => {
    const { view, opens, pages } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(5000))
    await pages.calls[0]?.answer(page(pages.calls[0].input, 5000))
    view.show(1080, 1120)
    for (let i = 1; i <= 4; i++) {
      const call = pages.calls[i]
      if (call !== undefined) await call.answer(page(call.input, 5000))
    }
    const offsets = pages.calls.map((call) => call.input.offset)
    expect(offsets.slice(0, 3)).toEqual([100, 1000, 1100])
    expect(view.row(1119)?.row).toBe(1119)
    expect(offsets.slice(3).every((offset) => offset >= 1080)).toBe(true)
  })

  it('tells the engine, once the scroll rests, which rows to watch', async () => {
    const { view, opens, pages, fire } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(5000))
    view.show(20, 60)
    for (const call of pages.calls.slice()) await call.answer(page(call.input, 5000))
    await fire()
    expect(pages.calls.at(-1)?.input).toMatchObject({ offset: 20, limit: 40 })
    const asked = pages.calls.length
    await pages.calls.at(-1)?.answer(page(pages.calls.at(-1)!.input, 5000))
    await fire()
    expect(pages.calls).toHaveLength(asked)
  })

  it('puts newer readings into place and keeps the order still', async () => {
    const { view, opens, emit } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(50))
    const before = view.snapshot()
    const row = view.row(4)
    emit({ viewId, onus: [fakeOnuRow({ row: 5, onuRxDbm: -29 })], outdated: true })
    expect(view.row(5)?.onuRxDbm).toBe(-29)
    expect(view.row(4)).toBe(row)
    expect(view.snapshot()).toMatchObject({ order: before.order, outdated: true })
    expect(view.snapshot().version).toBeGreaterThan(before.version)
  })

  it('ignores what belongs to another view', async () => {
    const { view, opens, emit } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(50))
    const { version } = view.snapshot()
    emit({
      viewId: '0198d7a0-0000-7222-8333-944455556666',
      onus: [fakeOnuRow({ row: 5, onuRxDbm: -29 })],
      outdated: true,
    })
    expect(view.snapshot().version).toBe(version)
  })

  it('fills an empty table by itself', async () => {
    const { view, opens, emit } = setUp()
    view.open(emptyFilter, byAddress)
    await opens.calls[0]?.answer(opened(0))
    emit({ viewId, onus: [], outdated: true })
    expect(opens.calls).toHaveLength(2)
  })

  it('closes the view in the engine and is silent afterwards', async () => {
    const { view, opens, closed } = setUp()
    let told = 0
    view.subscribe(() => told++)
    view.open(emptyFilter, byAddress)
    view.stop()
    await opens.calls[0]?.answer(opened(50))
    expect(closed).toEqual([viewId])
    expect(told).toBe(0)
  })
})

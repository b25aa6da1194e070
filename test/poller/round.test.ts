import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { downCauses, onuStates } from '../../src-shared/domain/onu-state.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { OnuColumns, OnuWalk } from '../../src-main/olt/poller/olt-port.ts'
import { mergeParts } from '../../src-main/olt/poller/round.ts'
import { createFakeOlt, emptyColumns } from './fake-olt.ts'
import { noAnswer, ponAt, startPoller } from './poller-bench.ts'

const silent = () => new NocturneError('olt-silent-mid-walk')
const online = onuStates.indexOf('online')

/** `onus` of one PON, all online. */
const statusOf = (pon: number, onus: number): OnuColumns => ({
  ...emptyColumns('status'),
  count: onus,
  address: Int32Array.from({ length: onus }, (_, onu) => pon + onu + 1),
  codes: { state: new Uint8Array(onus).fill(online) },
})

const startRound = () => {
  const fake = createFakeOlt()
  fake.pons = [ponAt(1), ponAt(2), ponAt(3), ponAt(4)]
  fake.columnsOfPon = (group, pon) => (group === 'status' ? statusOf(pon, 5) : emptyColumns(group))
  const bench = startPoller([fake])
  const statusWalks = () =>
    bench.kinds('walked').filter(({ walk }) => walk.columns.group === 'status')
  return { fake, ...bench, statusWalks }
}

const statusCalls = (calls: readonly string[]) => calls.filter((call) => call.startsWith('status@'))

describe('a round port by port', () => {
  test('does not lose the other ports when one fails, and is not called whole', async () => {
    const { fake, poller, add, run, statusWalks, kinds } = startRound()
    fake.failures.set(`status@${ponAt(2)}`, silent())
    add(0)
    await run(10_000)
    expect(statusWalks()).toHaveLength(1)
    expect(statusWalks()[0]).toMatchObject({
      pon: null,
      walk: { failure: { code: 'olt-silent-mid-walk' }, columns: { count: 15 } },
    })
    expect(kinds('failed')[0]).toMatchObject({ group: 'status', noAnswer: false })
    const { rounds } = poller.careOf('olt-0') ?? { rounds: null }
    expect([...(rounds?.whole ?? [])]).toContain(0)
  })

  test('is given up when two ports in a row fail', async () => {
    const { fake, add, run, statusWalks } = startRound()
    for (const port of [2, 3]) fake.failures.set(`status@${ponAt(port)}`, noAnswer())
    add(0)
    await run(10_000)
    expect(statusCalls(fake.calls)).toEqual([1, 2, 3].map((port) => `status@${ponAt(port)}`))
    expect(statusWalks()[0]).toMatchObject({ walk: { columns: { count: 5 } } })
  })

  test('does not try all ports of an OLT that answers nothing', async () => {
    const { fake, add, run, kinds, statusWalks } = startRound()
    for (const port of [1, 2, 3, 4]) fake.failures.set(`status@${ponAt(port)}`, noAnswer())
    add(0)
    await run(10_000)
    expect(statusCalls(fake.calls)).toHaveLength(1)
    expect(statusWalks()).toEqual([])
    expect(kinds('failed')[0]).toMatchObject({ group: 'status', noAnswer: true })
  })

  test('keeps nothing of an OLT that restarted on the way', async () => {
    const { fake, add, run, statusWalks } = startRound()
    fake.failures.set(`status@${ponAt(3)}`, new NocturneError('olt-restarted'))
    add(0)
    await run(500)
    fake.failures.clear()
    expect(statusWalks()).toEqual([])
    await run(10_000)
    expect(fake.calls.filter((call) => call === 'recognise')).toHaveLength(2)
    expect(statusWalks()[0]).toMatchObject({ walk: { failure: null, columns: { count: 20 } } })
  })

  test('is one walk to whoever listens: begun once, counted up, told once, ended once', async () => {
    const { fake, add, run, reports } = startRound()
    add(0)
    await run(10_000)
    const kindsOfStatus = reports.flatMap(({ report }) =>
      ('group' in report && report.group === 'status') ||
      (report.kind === 'walked' && report.walk.columns.group === 'status')
        ? [report.kind]
        : [],
    )
    expect(kindsOfStatus).toEqual(['started', 'walked', 'ended'])
    expect(statusCalls(fake.calls)).toHaveLength(4)
    expect(fake.mostAtOnce).toBe(1)
  })

  test('lets others have a turn between two ports', async () => {
    const { fake, poller, add, run } = startRound()
    add(0)
    await run(50_000)
    fake.calls.length = 0
    fake.hold = true
    await run(15_000)
    expect(statusCalls(fake.calls)).toHaveLength(1)
    const lent = poller.borrow('olt-0', () => {
      fake.calls.push('guest')
      return Promise.resolve()
    })
    fake.hold = false
    fake.letGo()
    await lent
    await run(5_000)
    expect(fake.calls.slice(0, 3)).toEqual([`status@${ponAt(1)}`, 'guest', `status@${ponAt(2)}`])
  })

  test('takes no longer a rest than another when it is read only in part each time', async () => {
    const { fake, add, run, statusWalks } = startRound()
    fake.failures.set(`status@${ponAt(2)}`, silent())
    add(0)
    await run(1_800_000, 5_000)
    expect(statusWalks().length).toBeGreaterThanOrEqual(28)
    expect(statusWalks().length).toBeLessThanOrEqual(33)
  })
})

describe('parts of a round', () => {
  const unknown = onuStates.indexOf('unknown')

  test('that lack a column which others have say "no value", never 0', () => {
    const with_ = { ...statusOf(ponAt(1), 1), numbers: { distanceM: Float64Array.of(900) } }
    const without = { ...statusOf(ponAt(2), 1), codes: {} }
    const { columns } = mergeParts({
      group: 'status',
      failure: null,
      parts: [with_, without].map((part) => ({ columns: part, failure: null, answerMs: 10 })),
    })
    expect([...(columns.numbers.distanceM ?? [])]).toEqual([900, Number.NaN])
    expect([...(columns.codes.state ?? [])]).toEqual([online, unknown])
    expect(columns.codes.lastDownCause).toBeUndefined()
    expect(downCauses).toContain('unknown')
  })

  test('that were cut short before a column came are left out: nothing is known of them', () => {
    const whole = { ...statusOf(ponAt(1), 2), numbers: { distanceM: Float64Array.of(900, 901) } }
    const cut = statusOf(ponAt(2), 3)
    const { columns } = mergeParts({
      group: 'status',
      failure: silent(),
      parts: [
        { columns: whole, failure: null, answerMs: null },
        { columns: cut, failure: silent(), answerMs: null },
      ],
    })
    expect([...columns.address]).toEqual([...whole.address])
  })

  test('come out in order of address, each ONU once, in whatever order they were read', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 16 }),
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 16, maxLength: 16 }),
        (ports, sizes) => {
          const parts = ports.map((port): OnuWalk => ({
            columns: statusOf(ponAt(port), sizes[port] ?? 0),
            failure: null,
            answerMs: null,
          }))
          const { columns } = mergeParts({ group: 'status', parts, failure: null })
          const expected = parts
            .flatMap((part) => [...part.columns.address])
            .toSorted((left, right) => left - right)
          expect([...columns.address]).toEqual(expected)
          expect(columns.count).toBe(expected.length)
          if (expected.length > 0) expect(columns.codes.state).toHaveLength(expected.length)
        },
      ),
      { seed: 3, numRuns: 200 },
    )
  })
})

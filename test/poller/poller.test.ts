import { describe, expect, test } from 'vitest'
import { NocturneError } from '../../src-shared/errors.ts'
import { isNoAnswer, type PollReport } from '../../src-main/olt/poller/poll-report.ts'
import type { SnmpCredentials } from '../../src-main/olt/snmp/session.ts'
import { rejectionOf } from '../support/error-code.ts'
import { runFor, settle } from '../support/settle.ts'
import { createFakeOlt, emptyColumns } from './fake-olt.ts'
import { inTheClear, noAnswer, startPoller } from './poller-bench.ts'

describe('the poller refuses', () => {
  test('to have two walks in flight on one OLT, whatever is asked of it', async () => {
    const fake = createFakeOlt()
    fake.hold = true
    const { awake: clock, poller, add } = startPoller([fake])
    add(0)
    for (let turn = 0; turn < 40; turn++) {
      poller.pollNow('olt-0', turn % 2 === 0 ? 'optics' : 'status')
      await runFor(clock, 7_000, 7_000)
      if (turn % 3 === 0) fake.letGo()
    }
    expect(fake.mostAtOnce).toBe(1)
    expect(fake.calls.length).toBeGreaterThan(5)
  })

  test('to walk an OLT that was removed and added again before its old walk has ended', async () => {
    const fake = createFakeOlt()
    fake.hold = true
    const { awake: clock, poller, add } = startPoller([fake])
    add(0)
    await settle()
    poller.remove('olt-0')
    add(0)
    await runFor(clock, 10_000)
    expect(fake.mostAtOnce).toBe(1)
  })

  test('to walk more OLTs at once than it may', async () => {
    const fakes = Array.from({ length: 12 }, createFakeOlt)
    for (const fake of fakes) fake.hold = true
    const { add, awake: clock } = startPoller(fakes, 3)
    fakes.forEach((_, index) => add(index))
    await runFor(clock, 5_000)
    expect(fakes.filter(({ calls }) => calls.length > 0)).toHaveLength(3)
    for (const fake of fakes) fake.letGo()
    await runFor(clock, 5_000)
    expect(fakes.filter(({ calls }) => calls.length > 0).length).toBeGreaterThan(3)
  })

  test('to wait for ever: a walk without an end is given up', async () => {
    const fake = createFakeOlt()
    const { awake: clock, kinds, add } = startPoller([fake])
    fake.hold = true
    add(0)
    await runFor(clock, 660_000, 10_000)
    expect(kinds('failed')[0]).toMatchObject({ error: { code: 'timeout' } })
    expect(fake.mostAtOnce).toBe(1)
  })

  test('to speak of an OLT after it was removed', async () => {
    const fake = createFakeOlt()
    fake.hold = true
    const { poller, reports, add, awake: clock } = startPoller([fake])
    add(0)
    await settle()
    const before = reports.length
    poller.remove('olt-0')
    fake.letGo()
    await runFor(clock, 120_000, 10_000)
    expect(reports).toHaveLength(before)
    expect(fake.open).toBe(0)
  })

  test('to call a failed walk complete: what it read is told with its failure', async () => {
    const fake = createFakeOlt()
    const failure = new NocturneError('olt-silent-mid-walk')
    const columns = { ...emptyColumns('status'), count: 1, address: Int32Array.of(1024) }
    fake.partial.set('status', { columns, failure, answerMs: null })
    const { awake: clock, kinds, add } = startPoller([fake])
    add(0)
    await runFor(clock, 5_000)
    const walk = kinds('walked').find(
      (report) => report.kind === 'walked' && report.walk.columns.group === 'status',
    )
    expect(walk).toMatchObject({ walk: { failure } })
    expect(kinds('failed')[0]).toMatchObject({ noAnswer: false, unreachable: false })
  })
})

describe('the poller', () => {
  test('recognises first, then reads identity, status, optics and counters', async () => {
    const fake = createFakeOlt()
    const { awake: clock, add } = startPoller([fake])
    add(0)
    await runFor(clock, 2_000)
    expect(fake.calls).toEqual([
      'recognise',
      'identity',
      'status',
      'unconfigured',
      'optics',
      'counters',
      'chassis',
    ])
  })

  test('reads status each minute, counters each five, optics each hour', async () => {
    const fake = createFakeOlt()
    const { awake: clock, add } = startPoller([fake])
    add(0)
    await runFor(clock, 3_590_000, 5_000)
    const of = (name: string) => fake.calls.filter((call) => call === name).length
    expect(of('status')).toBeGreaterThanOrEqual(56)
    expect(of('status')).toBeLessThanOrEqual(62)
    expect(of('counters')).toBe(12)
    expect(of('optics')).toBe(1)
    expect(of('recognise')).toBe(1)
  })

  test('calls an OLT unreachable after two missed attempts, and finds it again', async () => {
    const fake = createFakeOlt()
    const { awake: clock, kinds, add } = startPoller([fake])
    add(0)
    await runFor(clock, 10_000)
    for (const call of ['recognise', 'status', 'unconfigured']) fake.failures.set(call, noAnswer())
    await runFor(clock, 200_000, 5_000)
    const failed = kinds('failed') as Extract<PollReport, { kind: 'failed' }>[]
    expect(failed[0]).toMatchObject({ noAnswer: true, unreachable: false })
    expect(failed[1]).toMatchObject({ noAnswer: true, unreachable: true })
    fake.failures.clear()
    const before = fake.calls.length
    await runFor(clock, 310_000, 5_000)
    expect(fake.calls.slice(before, before + 2)).toEqual(['recognise', 'status'])
  })

  test('keeps its pace when the wall clock jumps', async () => {
    const fake = createFakeOlt()
    const { awake: clock, add } = startPoller([fake])
    add(0)
    await runFor(clock, 10_000)
    const before = fake.calls.filter((call) => call === 'status').length
    clock.jump(86_400_000)
    await runFor(clock, 5_000)
    clock.jump(-2 * 86_400_000)
    await runFor(clock, 5_000)
    expect(fake.calls.filter((call) => call === 'status')).toHaveLength(before)
    await runFor(clock, 120_000, 5_000)
    expect(fake.calls.filter((call) => call === 'status').length).toBeGreaterThan(before)
  })

  test('recognises anew and reads all again after the OLT restarted', async () => {
    const fake = createFakeOlt()
    const { awake: clock, kinds, add } = startPoller([fake])
    add(0)
    await runFor(clock, 200_000, 5_000)
    fake.uptimeS = -190
    await runFor(clock, 150_000, 5_000)
    expect(kinds('chassis').at(-2)).toMatchObject({ restarted: true })
    expect(fake.calls.filter((call) => call === 'recognise')).toHaveLength(2)
    expect(fake.calls.filter((call) => call === 'optics')).toHaveLength(2)
  })

  test('goes on with a group that a bug broke, and says so', async () => {
    const fake = createFakeOlt()
    fake.failures.set('optics', new RangeError('oops') as unknown as NocturneError)
    const { awake: clock, kinds, add } = startPoller([fake])
    add(0)
    await runFor(clock, 10_000)
    expect(kinds('failed')[0]).toMatchObject({ group: 'optics', error: { code: 'internal' } })
    expect(fake.calls).toContain('counters')
  })

  test('begins anew with another community, on a new session', async () => {
    const fake = createFakeOlt()
    const { awake: clock, poller, oltOf, add } = startPoller([fake])
    add(0)
    await runFor(clock, 10_000)
    const olt = oltOf(0)
    poller.update({ ...olt, target: { ...olt.target, access: inTheClear('other') } })
    await runFor(clock, 2_000)
    expect(fake.calls.filter((call) => call === 'recognise')).toHaveLength(2)
    expect(fake.open).toBe(1)
  })

  test('begins anew with another user of SNMPv3, and stays with the same', async () => {
    const fake = createFakeOlt()
    const { awake: clock, poller, oltOf, add } = startPoller([fake])
    add(0)
    await runFor(clock, 10_000)
    const user = (priv: string): SnmpCredentials => ({
      version: '3',
      user: {
        name: 'noc',
        auth: { protocol: 'sha256', secret: Buffer.from('signing') },
        priv: { protocol: 'aes128', secret: Buffer.from(priv) },
      },
    })
    const olt = oltOf(0)
    const recognised = () => fake.calls.filter((call) => call === 'recognise').length
    for (const [priv, expected] of [
      ['hiding', 2],
      ['hiding', 2],
      ['another', 3],
    ] as const) {
      poller.update({ ...olt, target: { ...olt.target, access: user(priv) } })
      await runFor(clock, 2_000)
      expect(recognised()).toBe(expected)
    }
  })

  test.each([
    'olt-no-snmp-answer-v3',
    'olt-v3-unknown-user',
    'olt-v3-wrong-auth',
    'olt-v3-wrong-priv',
    'olt-v3-level-refused',
    'olt-v3-clock',
    'olt-v3-algorithm-missing',
  ] as const)('takes an OLT that lets nobody in (%s) for one that does not answer', (code) => {
    expect(isNoAnswer(new NocturneError(code))).toBe(true)
  })

  test('lends an OLT for one question, between its walks and not beside them', async () => {
    const fake = createFakeOlt()
    fake.hold = true
    const { awake: clock, poller, oltOf, add } = startPoller([fake])
    add(0)
    await settle()
    const answer = poller.borrow('olt-0', async () => {
      const port = fake.openPort(oltOf(0).target)
      await port.readInterfaces(new AbortController().signal)
      port.close()
      return 'lent'
    })
    await runFor(clock, 5_000)
    expect(fake.calls).toEqual(['recognise'])
    fake.hold = false
    fake.letGo()
    expect(await answer).toBe('lent')
    await runFor(clock, 5_000)
    expect(fake.calls.slice(0, 3)).toEqual(['recognise', 'interfaces', 'identity'])
    expect(fake.mostAtOnce).toBe(1)
  })

  test('refuses whoever waits for an OLT that is removed', async () => {
    const fake = createFakeOlt()
    fake.hold = true
    const { poller, add } = startPoller([fake])
    add(0)
    await settle()
    const answer = rejectionOf(poller.borrow('olt-0', () => Promise.resolve('lent')))
    poller.remove('olt-0')
    expect((await answer).code).toBe('cancelled')
  })

  test('stops within seconds, with nothing in flight and no timer left', async () => {
    const fake = createFakeOlt()
    fake.hold = true
    const { awake: clock, poller, add } = startPoller([fake])
    add(0)
    await settle()
    await poller.stop()
    expect(fake.open).toBe(0)
    expect(clock.pending).toBe(0)
    expect(poller.pollNow('olt-0', 'status')).toBe(false)
  })
})

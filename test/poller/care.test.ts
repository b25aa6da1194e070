import { describe, expect, test } from 'vitest'
import { readingGroups } from '../../src-shared/contract/network-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { createFakeOlt, emptyColumns } from './fake-olt.ts'
import { plan, startPoller } from './poller-bench.ts'

const startOlt = async (answerMs: number) => {
  const fake = createFakeOlt()
  fake.answerMs = answerMs
  const bench = startPoller([fake])
  bench.add(0)
  await bench.run(1_200_000, 5_000)
  const statusWithin = async (ms: number) => {
    const before = fake.calls.filter((call) => call === 'status').length
    await bench.run(ms, 5_000)
    return fake.calls.filter((call) => call === 'status').length - before
  }
  return { fake, ...bench, statusWithin, care: () => bench.poller.careOf('olt-0') }
}

describe('intervals', () => {
  test('stay as asked for while answers take their usual time', async () => {
    const { care, statusWithin } = await startOlt(20)
    expect(care()?.plan).toEqual({
      asked: plan,
      kept: plan,
      factor: 1,
      usualAnswerMs: 20,
      answerMs: 20,
    })
    expect(await statusWithin(600_000)).toBeGreaterThanOrEqual(9)
  })

  test('grow when answers slow down, and shrink again by themselves', async () => {
    const { fake, care, statusWithin, run } = await startOlt(50)
    fake.answerMs = 250
    await run(300_000, 5_000)
    expect(care()?.plan).toMatchObject({
      factor: 4,
      kept: { statusS: 240, countersS: 1200, opticsS: 14_400 },
      usualAnswerMs: 50,
      answerMs: 250,
    })
    expect(await statusWithin(1_200_000)).toBeLessThanOrEqual(6)
    fake.answerMs = 50
    await run(900_000, 5_000)
    expect(care()?.plan).toMatchObject({ factor: 1, kept: plan })
    expect(await statusWithin(600_000)).toBeGreaterThanOrEqual(9)
  })

  test('of light that is read on demand only are still shown as what was asked for', async () => {
    const { poller, oltOf, care } = await startOlt(20)
    poller.update(oltOf(0, { opticsPolling: 'off' }))
    expect(care()).toMatchObject({ opticsPolled: false, plan: { kept: plan } })
  })

  test('do not stretch for one slow round', async () => {
    const { fake, care, run } = await startOlt(20)
    fake.answerMs = 2_000
    await run(60_000, 5_000)
    fake.answerMs = 20
    await run(60_000, 5_000)
    expect(care()?.plan.factor).toBe(1)
  })
})

describe('the rounds of an OLT', () => {
  test('are kept, the latest 120, with what they took and whether they were whole', async () => {
    const fake = createFakeOlt()
    fake.answerMs = 15
    fake.columns.status = { ...emptyColumns('status'), count: 3, address: Int32Array.of(1, 2, 3) }
    const { clock, poller, add, run } = startPoller([fake])
    add(0)
    await run(10_000)
    const first = poller.careOf('olt-0')?.rounds
    expect([...(first?.groups ?? [])].map((at) => readingGroups[at])).toEqual([
      'identity',
      'status',
      'optics',
      'counters',
    ])
    expect([...(first?.onus ?? [])]).toEqual([0, 3, 0, 0])
    expect([...(first?.answerMs ?? [])]).toEqual([15, 15, 15, 15])
    fake.failures.set('status', new NocturneError('olt-answer-garbage'))
    await run(60_000, 5_000)
    const later = poller.careOf('olt-0')?.rounds
    expect(later?.whole.at(-1)).toBe(0)
    expect(later?.answerMs.at(-1)).toBeNaN()
    expect(later?.at.at(-1)).toBeLessThanOrEqual(clock.now())
    fake.failures.clear()
    await run(4 * 3_600_000, 10_000)
    expect(poller.careOf('olt-0')?.rounds.at).toHaveLength(120)
  })

  test('are nobody else’s: of an OLT that is not polled nothing is known', () => {
    const { poller } = startPoller([createFakeOlt()])
    expect(poller.careOf('olt-0')).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import type { FamilyPolling } from '../../src-main/olt/poller/olt-port.ts'
import type { PolledOlt } from '../../src-main/olt/poller/polled-olt.ts'
import { createFakeOlt } from './fake-olt.ts'
import { startPoller } from './poller-bench.ts'

const reason = 'Each ONU is asked for its light.'
const careful: FamilyPolling = { perPon: false, opticsByDefault: false, reason }

const startOlt = (opticsPolling: PolledOlt['opticsPolling'], polling: FamilyPolling | null) => {
  const fake = createFakeOlt()
  if (fake.recognition.kind === 'recognised' && polling !== null) {
    fake.recognition = { ...fake.recognition, polling }
  }
  const bench = startPoller([fake])
  bench.add(0, { opticsPolling })
  return { fake, ...bench, ofOptics: () => fake.calls.filter((call) => call === 'optics').length }
}

describe('light is not read by itself', () => {
  test('where the family says so, with its reason', async () => {
    const { poller, run, kinds, ofOptics } = startOlt('family', careful)
    await run(7_200_000, 10_000)
    expect(ofOptics()).toBe(0)
    expect(kinds('recognised')[0]).toMatchObject({ opticsPolled: false })
    expect(poller.careOf('olt-0')).toMatchObject({ opticsPolled: false, familyReason: reason })
  })

  test('where it is switched off, whatever the family says', async () => {
    const { run, ofOptics } = startOlt('off', null)
    await run(7_200_000, 10_000)
    expect(ofOptics()).toBe(0)
  })

  test('nor after the OLT restarted or was lost and found', async () => {
    const { fake, run, ofOptics } = startOlt('family', careful)
    await run(200_000, 5_000)
    fake.uptimeS = -190
    await run(1_200_000, 5_000)
    expect(fake.calls.filter((call) => call === 'recognise').length).toBeGreaterThan(1)
    expect(ofOptics()).toBe(0)
  })

  test('nor again when a person asked once and it failed', async () => {
    const { fake, poller, run, ofOptics } = startOlt('off', null)
    await run(10_000)
    fake.failures.set('optics', new RangeError('oops') as never)
    poller.pollNow('olt-0', 'optics')
    await run(1_200_000, 5_000)
    expect(ofOptics()).toBe(1)
  })
})

describe('light is read', () => {
  test('once when a person asks for it, also before it is known what the OLT is', async () => {
    const { poller, run, ofOptics } = startOlt('family', careful)
    poller.pollNow('olt-0', 'optics')
    await run(7_200_000, 10_000)
    expect(ofOptics()).toBe(1)
    poller.pollNow('olt-0', 'optics')
    await run(7_200_000, 10_000)
    expect(ofOptics()).toBe(2)
  })

  test('of a careful family when it is switched on', async () => {
    const { poller, run, ofOptics } = startOlt('on', careful)
    await run(3_700_000, 10_000)
    expect(ofOptics()).toBe(2)
    expect(poller.careOf('olt-0')).toMatchObject({ opticsPolled: true })
  })

  test('as soon as it is switched on later, and no more when it is switched off', async () => {
    const { poller, oltOf, run, ofOptics } = startOlt('off', null)
    await run(600_000, 5_000)
    poller.update(oltOf(0, { opticsPolling: 'on' }))
    await run(5_000)
    expect(ofOptics()).toBe(1)
    poller.update(oltOf(0, { opticsPolling: 'off' }))
    await run(7_200_000, 10_000)
    expect(ofOptics()).toBe(1)
  })
})

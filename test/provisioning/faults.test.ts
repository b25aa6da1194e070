import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { modelConfig } from '../support/model-olt.ts'
import { at, serialOf, taskId } from '../support/provisioning-bed.ts'
import {
  apply,
  draft,
  finish,
  goodEnd,
  newBed,
  oltA,
  planOf,
  scenarios,
  settings,
  snapshot,
  stepsOf,
  takenOnce,
  targetOf,
  undoIt,
} from './support/scenarios.ts'

/**
 * Faults in the middle of a plan. Whatever happens: afterwards the journal says what is true of the
 * OLT, no step was taken twice, and the plan can be finished or undone.
 */

describe.each(Object.keys(scenarios))('during: %s', (name) => {
  const steps = 4
  const cases = ['lost-before', 'lost-after'].flatMap((kind) =>
    Array.from({ length: steps }, (_, nth) => ({
      kind: kind as 'lost-before' | 'lost-after',
      nth,
    })),
  )

  test.each(cases)(
    'the session is lost ($kind, step $nth): read back, gone on with',
    async (fault) => {
      const end = await goodEnd(name)
      const bed = newBed()
      let asked = 0
      for (const olt of bed.olts) {
        olt.fault = () => (asked++ === fault.nth ? { kind: fault.kind } : null)
      }
      const planId = await draft(bed, scenarios[name]!)
      await apply(bed, planId)
      await bed.run(planId)
      expect((await planOf(bed, planId)).state).toBe('done')
      expect(snapshot(bed)).toBe(end)
      takenOnce(bed.olts)
      const states = (await stepsOf(bed, planId)).map(({ state }) => state)
      expect(states).not.toContain('unknown')
    },
  )

  test.each([0, 1, 2])('a step (%i) is refused: it stops, says why, and is undone', async (nth) => {
    const start = snapshot(newBed())
    const bed = newBed()
    let asked = 0
    for (const olt of bed.olts) {
      olt.fault = () => (asked++ === nth ? { kind: 'refuse', code: 'onu-profile-missing' } : null)
    }
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('failed')
    expect((await targetOf(bed, planId)).problem?.code).toBe('onu-profile-missing')
    expect((await stepsOf(bed, planId)).map(({ state }) => state)).toContain('refused')
    await undoIt(bed, planId)
    expect(snapshot(bed)).toBe(start)
  })

  test('the OLT is busy for a while: it waits, reads back and goes on', async () => {
    const end = await goodEnd(name)
    const bed = newBed()
    let asked = 0
    for (const olt of bed.olts) {
      olt.fault = () => {
        asked++
        return asked === 2 || asked === 3 ? { kind: 'refuse', code: 'cli-busy' } : null
      }
    }
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('done')
    expect(snapshot(bed)).toBe(end)
    takenOnce(bed.olts)
  })

  test('the OLT reboots and comes back: finished by continue', async () => {
    const end = await goodEnd(name)
    const bed = newBed()
    let asked = 0
    for (const olt of bed.olts) {
      olt.fault = () => {
        if (asked++ !== 1) return null
        for (const one of bed.olts) one.unreachable = 'cli-unreachable'
        return { kind: 'lost-after' }
      }
    }
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    const target = await targetOf(bed, planId)
    expect([(await planOf(bed, planId)).state, target.state]).toEqual(['failed', 'unknown'])
    for (const one of bed.olts) one.unreachable = null
    await finish(bed, planId)
    expect((await planOf(bed, planId)).state).toBe('done')
    expect(snapshot(bed)).toBe(end)
    takenOnce(bed.olts)
  })

  test('the session ends before anything is sent: nothing is claimed, and it can be gone on with', async () => {
    const end = await goodEnd(name)
    const bed = newBed()
    for (const olt of bed.olts) olt.fault = () => ({ kind: 'not-sent', code: 'cli-session-lost' })
    const planId = await draft(bed, scenarios[name]!)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('failed')
    expect(bed.olts.flatMap(({ sent }) => sent)).toEqual([])
    for (const olt of bed.olts) olt.fault = () => null
    await finish(bed, planId)
    expect(snapshot(bed)).toBe(end)
    takenOnce(bed.olts)
  })
})

describe('somebody else is at work', () => {
  test('between preview and apply: nothing is sent', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['configure']!)
    const olt = bed.olts[0]!
    olt.onus.set(packOnuAddress(at(1)), modelConfig(serialOf(0x1001), { lineProfile: '99' }))
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('plan-differs-now')
    expect(olt.sent).toEqual([])
  })

  test('between steps, at what the plan does not touch: the end says what differs, nothing is overwritten', async () => {
    const bed = newBed()
    const olt = bed.olts[0]!
    let nth = 0
    olt.duringStep = () => {
      if (nth++ !== 1) return
      const now = olt.onus.get(packOnuAddress(at(1)))!
      olt.onus.set(packOnuAddress(at(1)), { ...now, description: 'by hand' })
    }
    const planId = await draft(bed, scenarios['configure']!)
    await apply(bed, planId)
    await bed.run(planId)
    const target = await targetOf(bed, planId)
    expect(target.problem?.code).toBe('plan-read-back-differs')
    expect(target.readBack).toEqual([{ part: 'description', before: 'home', after: 'by hand' }])
    expect(olt.onus.get(packOnuAddress(at(1)))?.description).toBe('by hand')
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('plan-differs-now')
    expect(olt.onus.get(packOnuAddress(at(1)))?.description).toBe('by hand')
  })

  test('the serial was authorised by hand meanwhile: refused by the OLT, told, nothing left behind', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['authorise']!)
    const olt = bed.olts[0]!
    olt.onus.set(packOnuAddress(at(9)), modelConfig('TEST0000ABCD'))
    const before = snapshot(bed)
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('onu-serial-exists')
    expect(snapshot(bed)).toBe(before)
  })

  test('the place was taken meanwhile: nothing is sent', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['move to another OLT']!)
    bed.olts[1]!.onus.set(packOnuAddress(at(1)), modelConfig('TEST0000AAAA'))
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).problem?.code).toBe('plan-differs-now')
    expect(bed.olts.flatMap(({ sent }) => sent)).toEqual([])
  })

  test('another ONU came to the place that a move left: it is not touched when the move is finished', async () => {
    const bed = newBed()
    const planId = await draft(bed, scenarios['move to another OLT']!)
    bed.olts[1]!.fault = () => ({ kind: 'refuse', code: 'onu-profile-missing' })
    await apply(bed, planId)
    await bed.run(planId)
    bed.olts[0]!.onus.set(packOnuAddress(at(1)), modelConfig('TEST0000AAAA'))
    bed.olts[1]!.fault = () => null
    await bed.command('provisioning.continue', { planId })
    await bed.run(planId)
    expect((await planOf(bed, planId)).state).toBe('done')
    expect(bed.olts[0]!.onus.get(packOnuAddress(at(1)))?.serial).toBe('TEST0000AAAA')
    expect(bed.olts[1]!.onus.get(packOnuAddress(at(1)))?.serial).toBe(serialOf(0x1001))
  })

  test('two plans on one OLT: one writer at a time', async () => {
    const bed = newBed()
    const one = await draft(bed, scenarios['configure']!)
    const { plan: other } = await bed.command('provisioning.makePlan', {
      targets: { list: [{ oltId: oltA, address: at(2) }] },
      change: { kind: 'configure', settings },
      taskId,
    })
    await apply(bed, one)
    await apply(bed, other.id)
    await bed.run(one)
    await bed.run(other.id)
    expect([(await planOf(bed, one)).state, (await planOf(bed, other.id)).state]).toEqual([
      'done',
      'done',
    ])
    expect(bed.olts[0]!.mostWriters()).toBe(1)
  })

  test('a reboot whose session was lost is never sent again', async () => {
    const bed = newBed()
    const olt = bed.olts[0]!
    olt.fault = (step) => (step.kind === 'reboot' ? { kind: 'lost-after' } : null)
    const planId = await draft(bed, { change: { kind: 'reboot' } })
    await apply(bed, planId)
    await bed.run(planId)
    expect((await targetOf(bed, planId)).state).toBe('unknown')
    await finish(bed, planId)
    expect((await targetOf(bed, planId)).state).toBe('unknown')
    expect(olt.sent.filter(({ kind }) => kind === 'reboot')).toHaveLength(1)
  })
})

import { describe, expect, test } from 'vitest'
import { taskId, type Bed } from '../support/provisioning-bed.ts'
import { settle } from '../support/settle.ts'
import {
  apply,
  draft,
  finish,
  goodEnd,
  newBed,
  planOf,
  scenarios,
  snapshot,
  takenOnce,
  tellsTheTruth,
  undoIt,
} from './support/scenarios.ts'

/**
 * Faults in the middle of a plan. Whatever happens: afterwards the journal says what is true of the
 * OLT, no step was taken twice, and the plan can be finished or undone.
 */

/** Runs until the nth boundary and dies there. False: there are not so many. */
const dieAt = async (bed: Bed, planId: string, nth: number): Promise<string | null> => {
  let count = 0
  const died: { at: string | null } = { at: null }
  bed.hook = (point) => {
    if (count++ !== nth) return undefined
    died.at = point
    return new Promise<void>(() => undefined)
  }
  await apply(bed, planId)
  for (let turn = 0; turn < 400 && died.at === null; turn++) {
    await settle()
    if ((await planOf(bed, planId)).state !== 'running') break
  }
  return died.at
}

describe.each(Object.keys(scenarios))('the app is killed during: %s', (name) => {
  test('at every boundary; then it is finished', async () => {
    const end = await goodEnd(name)
    const points: string[] = []
    for (let nth = 0; ; nth++) {
      const bed = newBed()
      const planId = await draft(bed, scenarios[name]!)
      const where = await dieAt(bed, planId, nth)
      if (where === null) break
      points.push(where)
      bed.restart()
      const { state } = await planOf(bed, planId)
      expect(state, where).toBe('interrupted')
      await tellsTheTruth(bed, planId, end)
      await finish(bed, planId)
      expect((await planOf(bed, planId)).state, where).toBe('done')
      expect(snapshot(bed), where).toBe(end)
      await tellsTheTruth(bed, planId, end)
      takenOnce(bed.olts)
      bed.die()
    }
    expect(points.length).toBeGreaterThanOrEqual(19)
  }, 120_000)
})

describe.each(['configure', 'move to another OLT'])('the app is killed during: %s', (name) => {
  test('at every boundary; then it is undone', async () => {
    const start = snapshot(newBed())
    let nth = 0
    for (; ; nth++) {
      const bed = newBed()
      const planId = await draft(bed, scenarios[name]!)
      const where = await dieAt(bed, planId, nth)
      if (where === null) break
      bed.restart()
      await bed.command('provisioning.readBack', { planId, taskId })
      await undoIt(bed, planId)
      expect(snapshot(bed), where).toBe(start)
      bed.die()
    }
    expect(nth).toBeGreaterThanOrEqual(20)
  }, 120_000)
})

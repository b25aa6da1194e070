import { describe, it } from 'vitest'
import type { Boundary } from '../../src-main/provisioning/ports.ts'
import {
  apply,
  engine,
  expectOnce,
  expectTruth,
  finish,
  prepare,
  reopen,
  undo,
  useFaultBench,
} from './fault-bench.ts'

/**
 * The engine's process is killed at every boundary of a step: afterwards the journal says the truth, no
 * step ran twice, and the plan can be finished or undone.
 */
useFaultBench()

const points: readonly (readonly [Boundary, number])[] = [
  ['before-read', 1],
  ['after-read', 1],
  ['before-journal-sending', 1],
  ['after-journal-sending', 1],
  ['after-send', 1],
  ['after-journal-outcome', 1],
  ['before-journal-sending', 2],
  ['after-journal-sending', 2],
  ['after-send', 2],
  ['after-journal-outcome', 2],
  ['after-send', 3],
  ['before-read-back', 1],
  ['after-read-back', 1],
  ['after-journal-result', 1],
]

describe('the app is killed', () => {
  it.each(points)('at %s, the %i. time: the plan is finished by the next', async (point, nth) => {
    const played = await prepare()
    const { reached } = await engine().watch(point, nth, 'die')
    await apply(played.plan)
    await reached
    await reopen()
    await expectTruth(played)
    await finish(played)
    // A step that was sent while nobody wrote down its outcome is read back, not sent again.
    expectOnce(played)
  })

  it('in the middle, and the plan is undone by the next', async () => {
    const played = await prepare()
    const { reached } = await engine().watch('after-send', 2, 'die')
    await apply(played.plan)
    await reached
    await reopen()
    await expectTruth(played)
    await undo(played)
  })
})

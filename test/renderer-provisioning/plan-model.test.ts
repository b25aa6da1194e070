import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planStates } from '../../src-shared/contract/provisioning-plans.ts'
import {
  byReason,
  isExpired,
  planActs,
  progressOf,
} from '../../src-renderer/screens/provisioning/plan-model.ts'
import type { Rights } from '../../src-renderer/screens/provisioning/use-rights.ts'
import { samplePlan, uuid } from './sample-plan.ts'

const all: Rights = {
  make: true,
  apply: true,
  batch: true,
  presets: true,
  catalogue: true,
  desired: true,
  reconcile: true,
}
const none: Rights = { ...all, make: false, apply: false, batch: false }
const counts = (part: object) => ({ ...samplePlan().counts, ...part })

describe('what can be done with a plan', () => {
  it('is nothing for somebody without rights, and while a past moment is shown', () => {
    for (const state of planStates) {
      expect(planActs(samplePlan({ state }), none, 0)).toEqual([])
    }
  })

  it('does not run several ONUs for somebody who may change one at a time', () => {
    const one = { ...all, batch: false }
    expect(planActs(samplePlan(), one, 0)).toContain('apply')
    const many = samplePlan({ counts: counts({ total: 2, waiting: 2 }) })
    expect(planActs(many, one, 0)).not.toContain('apply')
    expect(planActs(many, one, 0)).toContain('discard')
  })

  it('does not apply what has expired, even before the engine says so', () => {
    expect(planActs(samplePlan(), all, 600_000)).toEqual(['again', 'discard'])
    expect(planActs(samplePlan(), all, 599_999)[0]).toBe('apply')
    expect(isExpired(samplePlan({ state: 'done' }), 1e9)).toBe(false)
  })

  it('never applies anything but a draft, and never undoes twice', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...planStates),
        fc.nat(5),
        fc.nat(5),
        fc.boolean(),
        (state, done, unknown, undone) => {
          const plan = samplePlan({
            state,
            undoneBy: undone ? uuid(2) : null,
            counts: counts({ total: 10, done, unknown }),
          })
          const acts = planActs(plan, all, 0)
          expect(acts.includes('apply')).toBe(state === 'draft')
          if (undone || done === 0) expect(acts).not.toContain('undo')
          if (unknown === 0) expect(acts).not.toContain('readBack')
          expect(new Set(acts).size).toBe(acts.length)
        },
      ),
      { seed: 7724 },
    )
  })

  it('reads back first what an interruption left open', () => {
    const plan = samplePlan({
      state: 'interrupted',
      counts: counts({ total: 6, done: 3, unknown: 1 }),
    })
    expect(planActs(plan, all, 0)).toEqual(['readBack', 'continue', 'undo'])
  })

  it('offers to go on at the canary, after a pause and after a stop', () => {
    for (const state of ['canary-wait', 'paused', 'stopped'] as const) {
      expect(planActs(samplePlan({ state }), all, 0)).toContain('continue')
    }
  })
})

describe('progress', () => {
  it('is of what has ended, whichever way', () => {
    expect(progressOf(samplePlan())).toBe(0)
    expect(
      progressOf(samplePlan({ counts: counts({ total: 4, done: 1, failed: 1, waiting: 2 }) })),
    ).toBe(0.5)
    expect(progressOf(samplePlan({ counts: counts({ total: 0, waiting: 0 }) }))).toBe(0)
  })
})

describe('ONUs that a plan leaves alone', () => {
  it('are told by their reason: each reason once, with all it holds for', () => {
    const one = (text: string, code: 'cli-parameter-refused' | 'onu-not-there' | null) => ({
      oltId: uuid(1),
      text,
      problem: code === null ? null : { code, params: {} },
    })
    const groups = byReason([
      one('a', 'cli-parameter-refused'),
      one('b', null),
      one('c', 'cli-parameter-refused'),
      one('d', 'onu-not-there'),
    ])
    expect(
      groups.map(({ problem, rows }) => [problem?.code, rows.map(({ text }) => text)]),
    ).toEqual([
      ['cli-parameter-refused', ['a', 'c']],
      [undefined, ['b']],
      ['onu-not-there', ['d']],
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import * as contract from '../../src-shared/contract/network-model.ts'
import { oltCare } from '../../src-shared/contract/olt-care.ts'
import {
  answerNowMs,
  budgetShare,
  careVerdict,
  groupsWithRounds,
  niceMax,
  planLines,
  roundsOf,
  slowerTimes,
  stretchedLine,
} from '../../src-renderer/screens/network-olts/care-model.ts'
import { sampleCare, sampleRequests, sampleRounds } from './sample-care.ts'

const slow = {
  ...sampleCare().plan,
  kept: { statusS: 240, countersS: 1200, opticsS: 14_400 },
  factor: 4,
  answerMs: 90,
}

describe('how an OLT bears being read, in one word', () => {
  it('has no word for an OLT that was asked nothing', () => {
    expect(careVerdict(sampleCare({ requests: null }))).toBeUndefined()
  })

  test.each([
    ['quiet', { quiet: { since: 1, until: null } }],
    ['silent', { requests: sampleRequests({ sent: 5, unanswered: 5 }) }],
    ['full', { requests: sampleRequests({ usedMs: 48_000, leftMs: 0 }) }],
    ['losing', { requests: sampleRequests({ unanswered: 11 }) }],
    ['slow', { plan: slow }],
    ['calm', {}],
  ] as const)('%s', (verdict, changes) => {
    expect(careVerdict(sampleCare(changes))).toBe(verdict)
  })

  it('does not call a lost datagram or a silent minute a trouble', () => {
    expect(careVerdict(sampleCare({ requests: sampleRequests({ unanswered: 10 }) }))).toBe('calm')
    expect(careVerdict(sampleCare({ requests: sampleRequests({ sent: 0, answerMs: null }) }))).toBe(
      'calm',
    )
  })

  it('says that it is left alone also where it did not answer before', () => {
    const requests = sampleRequests({ sent: 5, unanswered: 5 })
    expect(careVerdict(sampleCare({ requests, quiet: { since: 1, until: 2 } }))).toBe('quiet')
  })
})

describe('figures', () => {
  it('never draws more or less of the budget than there is', () => {
    expect(budgetShare(sampleRequests({ usedMs: 60_000 }))).toBe(1)
    expect(budgetShare(sampleRequests({ budgetMs: 0 }))).toBe(1)
    expect(budgetShare(sampleRequests())).toBe(0.25)
  })

  it('compares no answer time with nothing', () => {
    const plan = { ...slow, usualAnswerMs: null }
    expect(slowerTimes(sampleCare({ plan }))).toBeNull()
    expect(slowerTimes(sampleCare({ plan: { ...slow, usualAnswerMs: 0 } }))).toBeNull()
    expect(slowerTimes(sampleCare({ plan: slow }))).toBe(4.5)
  })

  it('falls back to the last rounds where the last minute was silent', () => {
    expect(answerNowMs(sampleCare({ requests: null }))).toBe(21)
    expect(answerNowMs(sampleCare({ requests: sampleRequests({ answerMs: null }) }))).toBe(21)
    expect(answerNowMs(sampleCare())).toBe(20)
  })
})

describe('the plan', () => {
  it('tells only what is read by itself as kept longer', () => {
    expect(stretchedLine(sampleCare())).toBeUndefined()
    expect(stretchedLine(sampleCare({ plan: slow }))?.group).toBe('status')
    const onlyOptics = { ...slow, kept: { ...slow.asked, opticsS: 7200 } }
    expect(stretchedLine(sampleCare({ plan: onlyOptics }))?.group).toBe('optics')
    expect(stretchedLine(sampleCare({ plan: onlyOptics, opticsPolled: false }))).toBeUndefined()
  })

  it('marks light that is read on demand', () => {
    const optics = planLines(sampleCare({ opticsPolled: false })).find(
      (line) => line.group === 'optics',
    )
    expect(optics?.onDemand).toBe(true)
  })
})

describe('the last rounds', () => {
  const rounds = sampleRounds([
    [1000, 0, 2000, 20, 500, 1],
    [2000, 1, 9000, Number.NaN, 120.4, 0],
    [3000, 0, 2100, 21, 500, 1],
    [4000, 250, 1, 1, 1, 1],
  ])

  it('leaves out a group that this page does not know', () => {
    expect(roundsOf(sampleCare({ rounds }), 'all', 10)).toHaveLength(3)
  })

  it('gives no answer time where nothing was answered', () => {
    expect(roundsOf(sampleCare({ rounds }), 'optics', 10)).toEqual([
      { at: 2000, group: 'optics', tookMs: 9000, answerMs: null, onus: 120, whole: false },
    ])
  })

  it('keeps the newest ones of a group', () => {
    expect(roundsOf(sampleCare({ rounds }), 'status', 1).map(({ at }) => at)).toEqual([3000])
  })

  it('offers the groups that were read', () => {
    expect(groupsWithRounds(sampleCare({ rounds }))).toEqual(['status', 'optics'])
    expect(groupsWithRounds(sampleCare())).toEqual([])
  })

  it('names every group of the contract by its position', () => {
    const all = sampleRounds(contract.readingGroups.map((_, group) => [group, group, 1, 1, 1, 1]))
    expect(roundsOf(sampleCare({ rounds: all }), 'all', 10).map(({ group }) => group)).toEqual([
      ...contract.readingGroups,
    ])
  })
})

describe('a scale', () => {
  it('ends at 1, 2 or 5 times a power of ten, at or above the value', () => {
    expect(niceMax(0)).toBe(1)
    expect(niceMax(Number.NaN)).toBe(1)
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (value) => {
        const end = niceMax(value)
        expect(end).toBeGreaterThanOrEqual(value)
        expect(end).toBeLessThanOrEqual(value * 2.5 * 1.000001)
      }),
      { seed: 256 },
    )
  })
})

it('the samples of these tests are what the contract says', () => {
  expect(oltCare.safeParse(sampleCare()).error).toBeUndefined()
})

import { describe, expect, test } from 'vitest'
import { corpus, isRight, summarise, tuningSeeds, validationSeeds } from './corpus.ts'
import { playScenario, type Outcome } from './stage.ts'

/**
 * Every labelled fault once, through the simulated plant and the real drivers; `npm run bench -- verdict`
 * plays each under more seeds.
 */

const outcomes: Outcome[] = []

describe('a fault that is played', () => {
  for (const [index, scenario] of corpus.entries()) {
    test(scenario.name, async () => {
      const outcome = await playScenario(scenario, tuningSeeds[0] + index)
      outcomes.push(outcome)
      expect(outcome.results.map(({ whatWasWrong }) => whatWasWrong).filter(Boolean)).toEqual([])
      expect(outcome.falseGroups.map(({ outage }) => outage.outage.verdict)).toEqual([])
      expect(isRight(outcome)).toBe(true)
    })
  }

  test('is never called otherwise with confidence "high", and is told within a minute of its walk', () => {
    const { wrongWithHighConfidence, worstSecondsToVerdict, scenarios } = summarise(outcomes)
    expect(scenarios).toBe(corpus.length)
    expect(scenarios).toBeGreaterThanOrEqual(60)
    expect(wrongWithHighConfidence).toBe(0)
    expect(worstSecondsToVerdict).toBeLessThanOrEqual(60)
  })

  test('is played under seeds that were kept back, too', () => {
    const kept: readonly number[] = validationSeeds
    expect(tuningSeeds.some((seed) => kept.includes(seed))).toBe(false)
  })
})

describe('what is told of it', () => {
  const told = (name: string) => outcomes.find(({ scenario }) => scenario === name)

  test('is one notice when it has gathered, and one at its end', () => {
    const notices = told('PON that comes and goes')?.notices ?? []
    expect(notices.filter(({ why }) => why === 'outage')).toHaveLength(1)
    expect(told('feeder cut, 32 ONUs')?.notices).toMatchObject([
      { why: 'outage', severity: 'critical', oltName: 'HW' },
    ])
  })

  test('is nothing while maintenance mutes it, and as ever while it marks it', () => {
    expect(told('maintenance that is muted')?.notices).toEqual([])
    expect(told('maintenance that is muted')?.found[0]?.outage.outage.maintenanceId).not.toBeNull()
    expect(told('maintenance that is marked')?.notices).toMatchObject([{ why: 'outage' }])
    expect(told('maintenance that is marked')?.found[0]?.outage.outage.maintenanceId).not.toBeNull()
  })

  test('does not end because the way to its OLT is lost', () => {
    const row = told('an outage stays while the way to its OLT is lost')?.found[0]?.outage.outage
    expect(row?.endedAt).toBeNull()
    expect(row?.down).toBe(row?.affectedOnus)
  })

  test('ends when they are back, and the same row opens again when they fail again', () => {
    const outage = told('power returns, fails again, returns')?.found[0]?.outage
    expect(outage?.timeline.map(({ kind }) => kind)).toContain('reopened')
    expect(outage?.outage).toMatchObject({ down: 0 })
    expect(outage?.outage.endedAt).not.toBeNull()
  })
})

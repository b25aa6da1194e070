import { describe, expect, test } from 'vitest'
import {
  boughtAt,
  mayAct,
  nextChange,
  pieceAt,
  stateAt,
  stateSince,
  tellLife,
  type Bought,
  type Life,
  type LifeEvent,
} from '../../src-main/billing/subscriptions/life.ts'
import {
  mostDaysAhead,
  mostDaysBack,
  refusalOf,
  undoingOf,
} from '../../src-main/billing/subscriptions/act-rules.ts'
import { addDays, calendarDate as on } from '../../src-shared/domain/calendar-date.ts'

const bought = (priceId: string): Bought => ({
  priceId,
  planVersionId: priceId,
  quantity: 1,
  priceOverride: null,
  extras: [],
})
type Said = Exclude<LifeEvent, { kind: 'undo' }>
const start = (day: string, trialUntil: string | null = null): Said => ({
  kind: 'start',
  id: 'start',
  seq: 1,
  on: on(day),
  bought: bought('20'),
  trialUntil: trialUntil === null ? null : on(trialUntil),
})
const change = (day: string, seq = 2): Said => ({
  kind: 'change',
  id: `change${seq}`,
  seq,
  on: on(day),
  bought: bought('50'),
})
const act = (
  kind: 'pause' | 'resume' | 'suspend' | 'restore' | 'end',
  day: string,
  seq: number,
): Said => ({ kind, id: `${kind}${seq}`, seq, on: on(day) })
const undo = (undoes: string, day: string, seq: number): LifeEvent => ({
  kind: 'undo',
  id: `undo${seq}`,
  seq,
  on: on(day),
  undoes,
})
const life = (...events: LifeEvent[]): Life => {
  const told = tellLife(events)
  if (told.kind !== 'life') throw new Error(told.kind)
  return told.life
}
const today = on('2026-11-23')

describe('a step that cannot be is refused', () => {
  test.each([
    ['resume', 'active'],
    ['restore', 'active'],
    ['restore', 'paused'],
    ['resume', 'suspended'],
    ['pause', 'suspended'],
    ['suspend', 'paused'],
    ['change', 'suspended'],
    ['pause', 'paused'],
    ['start', 'active'],
    ['end', 'ended'],
    ['change', 'ended'],
    ['pause', 'draft'],
  ] as const)('%s when %s', (kind, state) => {
    expect(mayAct(state, kind)).toBe(false)
  })

  test('and told with the state it stood in', () => {
    const told = tellLife([start('2026-10-01'), act('resume', '2026-10-05', 2)])
    expect(told).toMatchObject({ kind: 'refused', state: 'active', event: { kind: 'resume' } })
  })

  test('after the end nothing comes', () => {
    const events = [start('2026-10-01'), act('end', '2026-12-01', 2)]
    expect(refusalOf(events, [act('pause', '2026-12-02', 3)], today)).toMatchObject({
      code: 'subscription-planned',
      params: { act: 'end', on: '2026-12-01' },
    })
    expect(refusalOf(events, [act('end', '2026-12-05', 3)], today)).toMatchObject({
      code: 'subscription-planned',
    })
  })

  test('before the start, before the last step that took effect, too far back, too far ahead', () => {
    const events = [start('2026-10-01'), change('2026-11-10')]
    const rule = (day: string) => refusalOf(events, [act('pause', day, 3)], today)?.params['rule']
    expect(rule('2026-09-30')).toBe('before-start')
    expect(rule('2026-11-09')).toBe('before-last')
    expect(rule('2026-11-10')).toBeUndefined()
    expect(rule(addDays(today, mostDaysAhead + 1))).toBe('too-late')
    expect(rule(addDays(today, mostDaysAhead))).toBeUndefined()
    expect(refusalOf([], [start(addDays(today, -mostDaysBack - 1))], today)).toMatchObject({
      params: { rule: 'too-early', limit: addDays(today, -mostDaysBack) },
    })
    expect(refusalOf([], [start(addDays(today, -mostDaysBack))], today)).toBeNull()
  })

  test('when what is planned would not be possible any more', () => {
    const planned = [start('2026-10-01'), act('pause', '2026-12-01', 2)]
    expect(refusalOf(planned, [act('end', '2026-11-25', 3)], today)).toMatchObject({
      code: 'subscription-planned',
      params: { act: 'pause', on: '2026-12-01' },
    })
    expect(refusalOf(planned, [act('end', '2026-12-15', 3)], today)).toBeNull()
  })
})

describe('what is planned is taken back', () => {
  test('never once it took effect', () => {
    const events = [start('2026-10-01'), change('2026-11-23')]
    expect(undoingOf(events, 'change2', today)).toMatchObject({
      kind: 'refused',
      problem: { code: 'subscription-in-effect', params: { on: '2026-11-23' } },
    })
  })

  test('not twice', () => {
    const events = [start('2026-10-01'), change('2026-12-01'), undo('change2', '2026-11-23', 3)]
    expect(undoingOf(events, 'change2', today)).toMatchObject({
      problem: { code: 'not-found' },
    })
  })

  test('with what cannot be without it', () => {
    const events = [
      start('2026-10-01'),
      act('pause', '2026-12-01', 2),
      act('resume', '2027-01-01', 3),
    ]
    expect(undoingOf(events, 'pause2', today)).toEqual({
      kind: 'undone',
      ids: ['pause2', 'resume3'],
    })
    expect(undoingOf(events, 'resume3', today)).toEqual({ kind: 'undone', ids: ['resume3'] })
  })

  test('a start that is taken back never was', () => {
    const events = [start('2026-12-01'), undo('start', '2026-11-23', 2)]
    expect(tellLife(events)).toEqual({ kind: 'never' })
  })
})

describe('a life', () => {
  test('is without a hole, and what holds on a day is one thing', () => {
    const told = life(
      start('2026-01-31', '2026-02-10'),
      act('pause', '2026-03-01', 2),
      act('resume', '2026-04-01', 3),
      change('2026-05-01', 4),
      act('suspend', '2026-06-01', 5),
      act('restore', '2026-06-08', 6),
      act('end', '2026-09-01', 7),
    )
    expect(told.pieces.map(({ from, until, state }) => [from, until, state])).toEqual([
      ['2026-01-31', '2026-02-10', 'trial'],
      ['2026-02-10', '2026-03-01', 'active'],
      ['2026-03-01', '2026-04-01', 'paused'],
      ['2026-04-01', '2026-05-01', 'active'],
      ['2026-05-01', '2026-06-01', 'active'],
      ['2026-06-01', '2026-06-08', 'suspended'],
      ['2026-06-08', '2026-09-01', 'active'],
    ])
    expect(stateAt(told, on('2026-01-30'))).toBe('draft')
    expect(stateAt(told, on('2026-02-09'))).toBe('trial')
    expect(stateAt(told, on('2026-02-10'))).toBe('active')
    expect(stateAt(told, on('2026-08-31'))).toBe('active')
    expect(stateAt(told, on('2026-09-01'))).toBe('ended')
    expect(pieceAt(told, on('2026-06-07'))?.state).toBe('suspended')
    expect(boughtAt(told, on('2026-04-30'))?.priceId).toBe('20')
    expect(boughtAt(told, on('2026-05-01'))?.priceId).toBe('50')
    expect(stateSince(told, on('2026-05-20'))).toBe('2026-04-01')
    expect(nextChange(told, on('2026-06-08'))).toBe('2026-09-01')
    expect(nextChange(told, on('2026-09-01'))).toBeNull()
  })

  test('that ends on the day it starts has no day', () => {
    const told = life(start('2026-11-23'), act('end', '2026-11-23', 2))
    expect(told.pieces).toEqual([])
    expect(stateAt(told, today)).toBe('ended')
  })

  test('back from a pause within the trial it is a trial still', () => {
    const told = life(
      start('2026-11-01', '2026-12-01'),
      act('pause', '2026-11-05', 2),
      act('resume', '2026-11-10', 3),
    )
    expect(told.pieces.map(({ from, state }) => [from, state])).toEqual([
      ['2026-11-01', 'trial'],
      ['2026-11-05', 'paused'],
      ['2026-11-10', 'trial'],
      ['2026-12-01', 'active'],
    ])
  })

  test('does not depend on the order in which its steps were written', () => {
    const early = [start('2026-10-01'), change('2026-12-01', 2), act('pause', '2026-11-25', 3)]
    expect(tellLife(early.toReversed())).toEqual(tellLife(early))
  })
})

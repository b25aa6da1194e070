import { describe, expect, it } from 'vitest'
import { clocksOf, slaFacts } from '../../src-main/tickets/history.ts'
import { behindRound, termsAtOnce } from '../../src-main/tickets/rounds.ts'
import { slaClocks } from '../../src-main/tickets/sla-clock.ts'
import { ticketIn } from '../../src-main/tickets/tables.ts'
import { createTermsBook } from '../../src-main/tickets/terms.ts'
import { createTicketsBench, type TicketsBench } from './tickets-bench.ts'
import { weekdays } from './sla-facts.ts'

const minute = 60_000

/** More than two slices of tickets, promised 480 minutes for the solution. */
const crowded = async () => {
  const bench = createTicketsBench()
  const { slaId, calendarId } = await bench.promise({ firstResponseMin: null, updateMin: null })
  const ids: string[] = []
  for (let at = 0; at < 2 * termsAtOnce + 20; at++) ids.push((await bench.open()).id)
  let version = 1
  const promiseAnew = (solutionMin: number) =>
    bench.command('tickets.saveSla', {
      id: slaId,
      baseVersion: version++,
      name: 'All',
      active: true,
      position: 0,
      calendarId,
      firstResponseMin: null,
      updateMin: null,
      solutionMin,
      escalateAfterMin: [],
      priorities: [],
      queues: [],
    })
  const left = (): number => behindRound(bench.reads, 10_000).length
  const targets = (): ReadonlySet<number | null> =>
    new Set(
      ids.map(
        (id) =>
          clocksOf(bench.reads, ticketIn(bench.reads, id).seq).find(
            ({ metric }) => metric === 'solution',
          )!.targetMs,
      ),
    )
  return { bench, ids, calendarId, promiseAnew, left, targets }
}

const termsOf = (bench: TicketsBench, id: string): number =>
  bench.reads.all(`SELECT 1 FROM ticket_event WHERE ticket_id = ? AND kind = 'terms'`, id).length

const whenTermed = (bench: TicketsBench, id: string): readonly number[] =>
  bench.reads
    .all<{ at: number }>(
      `SELECT at FROM ticket_event WHERE ticket_id = ? AND kind = 'terms' ORDER BY seq`,
      id,
    )
    .map(({ at }) => at)

describe('a promise that is saved while many tickets are open', () => {
  it('takes one slice along; the others follow, each once, also when the process dies between', async () => {
    const { bench, ids, promiseAnew, left, targets } = await crowded()
    const savedAt = bench.clock.now()
    await promiseAnew(960)
    expect(left()).toBe(termsAtOnce + 20)
    // The process dies before the worker did anything, and again after one slice.
    bench.clock.jump(90 * minute)
    bench.dieAndStart()
    expect(left()).toBe(20)
    bench.dieAndStart()
    bench.clock.advance(0)
    expect(left()).toBe(0)
    expect(targets()).toEqual(new Set([960 * minute]))
    // As if all had been done in the save: at its moment, and once.
    for (const id of [ids[0]!, ids[termsAtOnce]!, ids.at(-1)!]) {
      expect(whenTermed(bench, id)).toEqual([savedAt])
    }
    bench.dieAndStart()
    expect(ids.every((id) => termsOf(bench, id) === 1)).toBe(true)
    bench.tickets.stop()
  })

  it('holds a ticket that is touched between two slices to what was promised before it', async () => {
    const { bench, ids, promiseAnew, left } = await crowded()
    // Monday 08:00: the office opens.
    bench.clock.jump(24 * 60 * minute)
    const last = ids.at(-1)!
    await promiseAnew(60)
    expect(termsOf(bench, last)).toBe(0)
    const savedAt = bench.clock.now()
    bench.clock.jump(61 * minute)
    await bench.move(last, 'solved')
    expect(whenTermed(bench, last)).toEqual([savedAt])
    const [clock] = (await bench.query('tickets.ticket', { id: last })).clocks.filter(
      ({ metric }) => metric === 'solution',
    )
    expect(clock).toMatchObject({ state: 'met', targetMs: 60 * minute })
    expect(clock!.levels.map(({ level }) => level)).toEqual([0, 1])
    // A level is never told by the promise of before.
    bench.dieAndStart()
    bench.clock.advance(10 * minute)
    expect(left()).toBe(0)
    expect(termsOf(bench, last)).toBe(1)
    const { reads } = bench
    for (const id of ids.slice(-3)) {
      expect(clocksOf(reads, ticketIn(reads, id).seq)).toEqual(
        slaClocks(slaFacts(reads, createTermsBook(), id)),
      )
    }
    bench.tickets.stop()
  })

  it('lets the last of two saves hold, and leaves what is closed and who is at a ticket alone', async () => {
    const { bench, ids, calendarId, promiseAnew, left, targets } = await crowded()
    const closed = ids.pop()!
    await bench.move(closed, 'solved')
    await bench.move(closed, 'closed')
    await promiseAnew(60)
    await promiseAnew(120)
    await bench.command('tickets.saveCalendar', {
      id: calendarId,
      baseVersion: 1,
      name: 'Office',
      timeZone: 'UTC',
      week: weekdays(9, 18),
      holidays: [],
    })
    const version = await bench.versionOf(ids.at(-1)!)
    bench.tickets.start()
    bench.clock.advance(0)
    expect(left()).toBe(0)
    expect(targets()).toEqual(new Set([120 * minute]))
    expect(termsOf(bench, closed)).toBe(0)
    expect(await bench.versionOf(ids.at(-1)!)).toBe(version)
    bench.tickets.stop()
    expect(bench.clock.pending).toBe(0)
  })
})

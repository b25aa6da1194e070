import { describe, expect, it } from 'vitest'
import { packOnuAddress, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import {
  createAlarmBench,
  onuResource,
  ponResource,
  type AlarmBench,
} from '../support/alarm-bench.ts'
import { seededRandom } from '../support/seeded-random.ts'

/**
 * The storm of issue 4: 10,000 state changes a minute for ten minutes, with the rule for ONUs widened
 * to every one of them. After each walk the book is held against what the network said.
 */
const olts = 20
const pons = 16
const onusPerPon = 32
const changesPerMinute = 10_000
const type = 'onu-offline-optical'

const storm = (minutes: number) => {
  const made = createAlarmBench()
  made.rules.set(type, { raiseAfterS: 0, clearAfterS: 0, importantOnly: false })
  made.rules.set('pon-down', { raiseAfterS: 0, clearAfterS: 0 })
  const random = seededRandom(20_261_123)
  const oltIds = Array.from({ length: olts }, (_, at) => made.network.addOlt(`Storm ${at}`, 0))
  const down = oltIds.map(() => new Set<number>())
  const cut = oltIds.map(() => new Set<number>())
  const addresses = Array.from({ length: pons * onusPerPon }, (_, at) =>
    packOnuAddress({ shelf: 0, slot: 1, port: (at % pons) + 1, onuId: Math.floor(at / pons) + 1 }),
  )
  let mostTimers = 0
  let changes = 0

  const flip = (olt: number): void => {
    const address = addresses[Math.floor(random() * addresses.length)]!
    const { port, onuId } = unpackOnuAddress(address)
    const condition = { type, resource: onuResource(oltIds[olt]!, onuId, port) } as const
    changes++
    if (down[olt]!.delete(address)) made.over(condition)
    else {
      down[olt]!.add(address)
      made.holds({ ...condition, params: { cause: random() < 0.5 ? 'los' : 'losi' } })
    }
  }

  const cutOrMend = (olt: number): void => {
    const port = Math.floor(random() * pons) + 1
    const condition = { type: 'pon-down', resource: ponResource(oltIds[olt]!, port) } as const
    if (cut[olt]!.delete(port)) made.over(condition)
    else {
      cut[olt]!.add(port)
      made.holds(condition)
    }
  }

  const walk = (olt: number): void => {
    for (let change = 0; change < changesPerMinute / olts; change++) flip(olt)
    if (random() < 0.2) cutOrMend(olt)
    made.network.walked(oltIds[olt]!)
  }

  for (let minute = 0; minute < minutes; minute++) {
    for (let olt = 0; olt < olts; olt++) {
      walk(olt)
      for (let step = 0; step < 3; step++) {
        made.pass(1)
        mostTimers = Math.max(mostTimers, made.clock.pending)
      }
    }
  }
  return { made, oltIds, down, cut, mostTimers, changes }
}

const raised = (made: AlarmBench) =>
  (['open', 'suppressed'] as const).flatMap((list) => {
    const found = []
    for (let offset = 0; ; offset += 500) {
      const { alarms, total } = made.ask('alarms.list', { filter: { list }, offset, limit: 500 })
      found.push(...alarms)
      if (found.length >= total) return found
    }
  })

const keyOf = (row: { readonly resource: object }): string => JSON.stringify(row.resource)

type Storm = ReturnType<typeof storm>

/** What stands is what the network said: nothing is lost, and nothing invented. */
const compare = ({ oltIds, down, cut }: Storm, rows: ReturnType<typeof raised>): void => {
  const stand = new Set(rows.filter(({ clearedAt }) => clearedAt === null).map(keyOf))
  const lost: string[] = []
  let explained = 0
  oltIds.forEach((oltId, olt) => {
    for (const port of cut[olt]!) {
      const key = keyOf({ resource: ponResource(oltId, port) })
      if (!stand.delete(key)) lost.push(key)
    }
    for (const address of down[olt]!) {
      const { port, onuId } = unpackOnuAddress(address)
      const key = keyOf({ resource: onuResource(oltId, onuId, port) })
      if (stand.delete(key)) continue
      // A cut PON raises nothing new below it.
      if (cut[olt]!.has(port)) explained++
      else lost.push(key)
    }
  })
  expect(lost).toEqual([])
  expect([...stand]).toEqual([])
  expect(explained).toBeGreaterThan(0)
}

describe('a storm of 10,000 changes a minute', () => {
  it('for ten minutes loses no alarm, and the book stays bounded', { timeout: 120_000 }, () => {
    const minutes = 10
    const stormed = storm(minutes)
    const { made, oltIds, mostTimers, changes } = stormed
    expect(changes).toBe(changesPerMinute * minutes)
    const rows = raised(made)
    compare(stormed, rows)

    // One row for each thing, whatever it did, and a short time line for each row.
    expect(rows.length).toBeLessThanOrEqual(olts * pons * (onusPerPon + 1))
    expect(new Set(rows.map((row) => `${row.type} ${keyOf(row)}`)).size).toBe(rows.length)
    const flapping = rows.filter(({ suppressed }) => suppressed?.reason === 'flapping')
    expect(flapping.length).toBeGreaterThan(1_000)
    expect(flapping.every(({ count }) => count >= 2)).toBe(true)

    // One timer for all, one transaction a second, one word to people for each burst.
    expect(mostTimers).toBeLessThanOrEqual(2)
    expect(made.writes.length).toBeLessThanOrEqual(minutes * 60)
    expect(made.notices.length).toBeLessThan(minutes * 60)
    expect(made.notices.some(({ more }) => more > 10)).toBe(true)

    made.pass(60)
    const longest = made.store.reader
      .prepare<[], { n: number }>(
        `SELECT max(n) AS n FROM (SELECT count(*) AS n FROM alarm_event GROUP BY alarm_id)`,
      )
      .get()
    expect(longest!.n).toBeLessThan(24)

    for (const oltId of oltIds) {
      for (const one of [type, 'pon-down'] as const) {
        made.book.sink.holdsAll(one, oltId, [], made.clock.now())
      }
      made.network.walked(oltId)
    }
    made.pass(5)
    made.clock.jump(2 * 3_600_000)
    made.pass(60)
    expect(raised(made).filter(({ clearedAt }) => clearedAt === null)).toEqual([])
    expect(made.list('suppressed')).toEqual([])
    expect(made.book.held()).toBe(0)
  })

  it('ends the same each time', { timeout: 60_000 }, () => {
    const told = ({ made }: Storm) =>
      made.store.reader
        .prepare(`SELECT seq, at, kind, told, times FROM alarm_event ORDER BY seq`)
        .all()
    expect(told(storm(1))).toEqual(told(storm(1)))
  })
})

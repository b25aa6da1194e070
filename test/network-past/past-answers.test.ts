import { describe, expect, test } from 'vitest'
import {
  onuFilter,
  type OnuRow,
  type OnuSortColumn,
} from '../../src-shared/contract/network-model.ts'
import { stateAnswers, type NetworkState } from '../../src-main/network/state-answers.ts'
import type { Views } from '../../src-main/network/views.ts'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { addressOf, columnsOf, onlineOnus, type ReadOnu } from '../network/onu-columns.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { createToldLife, oltIdOf, type ToldLife } from './told-life.ts'
import { everything } from '../../src-main/engine/reach.ts'

const signal = new AbortController().signal

interface Onu {
  readonly onuId: number
  readonly port: number
  serial: string
  state: 'online' | 'offline'
  cause: 'dying-gasp' | 'los' | 'unknown'
  downAt: number
  upBytes: number
  rx: number
}

/** Six hours of three OLTs: ONUs go and come, are added, removed and replaced, an OLT is lost. */
const live = (life: ToldLife, seed: number, onMinute: (minute: number) => void): void => {
  const random = seededRandom(seed)
  const plants = life.olts.map((_, olt) =>
    Array.from({ length: 20 }, (_, index): Onu => fresh(olt, (index % 2) + 1, index + 1)),
  )
  function fresh(olt: number, port: number, onuId: number): Onu {
    return {
      onuId,
      port,
      serial: `HWTC${olt}${port}${onuId}`.padEnd(12, '0'),
      state: 'online',
      cause: 'unknown',
      downAt: Number.NaN,
      upBytes: Math.floor(random() * 1e9),
      rx: -18 - random() * 9,
    }
  }
  let lost = -1
  for (let minute = 0; minute <= 360; minute++) {
    plants.forEach((onus, olt) => {
      for (const onu of onus) {
        if (onu.state === 'online') onu.upBytes += Math.floor(random() * 1e7)
        if (minute === 0 || random() > 0.004) continue
        if (onu.state === 'online') {
          onu.state = 'offline'
          onu.cause = random() < 0.5 ? 'dying-gasp' : 'los'
          onu.downAt = life.wall(minute) - 20_000
        } else {
          onu.state = 'online'
        }
      }
      if (olt === 1 && minute === 100) lost = 1
      if (olt === 1 && minute === 132) lost = -1
      if (olt === lost) {
        if (minute === 100) life.lose(olt, minute)
        return
      }
      // One is added, one is removed, one is replaced.
      if (olt === 0 && minute === 66) onus.push(fresh(0, 1, 40))
      if (olt === 0 && minute === 121) onus.splice(3, 1)
      const read = (of: (onu: Onu) => Partial<ReadOnu>, which = onus): ReadOnu[] =>
        which.map((onu) => ({ onuId: onu.onuId, port: onu.port, ...of(onu) }))
      const turn = minute - olt
      if (turn % 60 === 0 || (olt === 0 && minute === 66)) {
        life.walk(
          olt,
          minute,
          columnsOf(
            'identity',
            read(({ serial, onuId }) => ({ texts: { serial, name: `sub ${onuId % 7}` } })),
          ),
        )
      }
      if (turn % 5 === 0) {
        life.walk(
          olt,
          minute,
          columnsOf(
            'status',
            read(({ state, cause, downAt }) => ({
              state,
              cause,
              numbers: { lastDownAt: downAt, distanceM: 1_200 },
            })),
          ),
          { answerMs: 12 },
        )
        life.walk(
          olt,
          minute,
          columnsOf(
            'counters',
            read(({ upBytes }) => ({ numbers: { upBytes, downBytes: upBytes * 3 } })),
          ),
        )
      }
      if (turn % 15 === 0) {
        const lit = onus.filter(({ state }) => state === 'online')
        life.walk(
          olt,
          minute,
          columnsOf(
            'optics',
            read(
              ({ rx }) => ({
                numbers: {
                  onuRxDbm: Math.round((rx + random()) * 100) / 100,
                  oltRxDbm: Math.round((rx - 2) * 100) / 100,
                  temperatureC: 41.25,
                  voltageV: 3.312,
                },
              }),
              lit,
            ),
          ),
        )
      }
    })
    // Blocks and frames, as the thread of the history makes them in between.
    if (minute % 90 === 0) life.history.work(50)
    onMinute(minute)
  }
}

/** Every answer that depends on a state, without what the history does not keep. */
const answersOf = (state: NetworkState, views: Views) => {
  const { olts } = stateAnswers['network.olts'](state, everything)
  const sorts: OnuSortColumn[] = ['address', 'state', 'stateSince', 'onuRxDbm', 'upKbps', 'serial']
  const strip = (olt: string) => {
    const { rows: _, ...columns } = stateAnswers['network.oltStrip'](state, { oltId: olt })
    return { ...columns, distancesM: null }
  }
  return {
    summary: stateAnswers['network.summary'](state, { oltIds: [] }, everything),
    olts: olts.map(({ ages, ...olt }) => {
      const { problem: _1, answered: _2, answerMs: _3, version: _4, ...rest } = olt
      return { ...rest, ages: { ...ages, identity: null } }
    }),
    pages: olts.map(({ id }) =>
      stateAnswers['network.olt'](state, { oltId: id }).ponPorts.map((port) => ({
        ...port,
        state: null,
      })),
    ),
    strips: olts.map(({ id }) => strip(id)),
    worst: stateAnswers['network.worstSignals'](state, { limit: 7 }, everything).onus.map(
      withoutRow,
    ),
    lists: sorts.flatMap((column) =>
      [true, false].map((descending) => {
        const { total, onus } = views.open(1, {
          viewId: `${column}`,
          filter: onuFilter.parse({}),
          sort: { column, descending },
          offset: 0,
          limit: 500,
        })
        return { column, total, onus: onus.map(withoutRow) }
      }),
    ),
    online: views
      .open(1, {
        viewId: 'filtered',
        filter: onuFilter.parse({ states: ['offline-power'], search: 'sub 2' }),
        sort: { column: 'address', descending: false },
        offset: 0,
        limit: 500,
      })
      .onus.map(withoutRow),
  }
}

/** ONU 4 of the first OLT goes in the middle: what it was called is not known afterwards. */
const withoutRow = (onu: OnuRow) =>
  onu.oltName === 'North' && onu.address.port === 2 && onu.address.onuId === 4
    ? { ...onu, row: 0, name: null, distanceM: null }
    : { ...onu, row: 0 }

describe('a past moment', () => {
  test('is refused before the history, when it has not come yet, and without a history', async () => {
    const life = createToldLife(['North'])
    const code = (minute: number) =>
      life.at(minute).then(
        () => 'answered',
        (error: { code: string }) => error.code,
      )
    expect(await code(-5)).toBe('before-history')
    life.walk(0, 0, columnsOf('status', onlineOnus(3)))
    expect(await code(-5)).toBe('before-history')
    expect(await code(1)).toBe('invalid-input')
    expect(await code(0)).toBe('answered')
  })

  test('does not invent: what nobody read around it is unknown, and says since when', async () => {
    const life = createToldLife(['North', 'South'])
    life.walk(0, 0, columnsOf('status', onlineOnus(3)))
    life.walk(1, 0, columnsOf('status', onlineOnus(2)))
    for (let minute = 5; minute <= 120; minute += 5) {
      life.walk(1, minute, columnsOf('status', onlineOnus(2)))
    }
    const moment = await life.at(120)
    const [north, south] = stateAnswers['network.olts'](moment, everything).olts
    expect(north).toMatchObject({ reachability: 'never', problem: { code: 'not-read-then' } })
    expect(north?.counts).toMatchObject({ total: 3, unknown: 3, online: 0 })
    expect(south).toMatchObject({ reachability: 'reachable', problem: null })
    expect(south?.counts).toMatchObject({ total: 2, online: 2 })
    expect(moment.unknown).toBe(3)
  })

  test('lacks OLTs that were added later, and has those that were removed since', async () => {
    const life = createToldLife(['North', 'South'])
    life.walk(0, 0, columnsOf('status', onlineOnus(3)))
    life.walk(1, 0, columnsOf('status', onlineOnus(2)))
    const later = life.add(7, 'Later', { id: '02ff0000-0000-7000-8000-000000000007' })
    life.walk(0, 5, columnsOf('status', onlineOnus(3)))
    life.records.setRow(life.olts[1]!, { ...life.olts[1]!.row, deletedAt: life.wall(3) })
    life.pass(6)
    const names = async (minute: number) =>
      stateAnswers['network.olts'](await life.at(minute), everything).olts.map(({ name }) => name)
    expect(await names(1)).toEqual(['North', 'South'])
    expect(await names(5)).toEqual(['North'])
    expect(later.row.name).toBe('Later')
  })

  test('has the serial number of then where another ONU stands now, and no other text of it', async () => {
    const life = createToldLife(['North'])
    const identity = (serial: string) =>
      columnsOf('identity', [{ onuId: 1, texts: { serial, name: 'house 9' } }])
    life.walk(0, 0, identity('HWTC00000001'))
    life.walk(0, 0, columnsOf('status', onlineOnus(1)))
    life.walk(0, 5, columnsOf('status', onlineOnus(1)))
    life.walk(0, 6, identity('HWTC00000002'))
    life.walk(0, 10, columnsOf('status', onlineOnus(1)))
    const onu = async (minute: number) =>
      stateAnswers['network.onu'](
        await life.at(minute),
        {
          oltId: oltIdOf(0),
          address: addressOf(1),
        },
        everything,
      ).onu
    expect(await onu(5)).toMatchObject({ serial: 'HWTC00000001', name: null, state: 'online' })
    expect(await onu(10)).toMatchObject({ serial: 'HWTC00000002', name: 'house 9' })
  })

  test('keeps ONUs that one walk lacked in a mass, as the live list did', async () => {
    const life = createToldLife(['North'])
    life.walk(0, 0, columnsOf('status', onlineOnus(40)))
    life.walk(0, 5, columnsOf('status', onlineOnus(4)))
    const half = await life.at(5)
    expect(stateAnswers['network.summary'](half, { oltIds: [] }, everything).counts.total).toBe(40)
    life.walk(0, 10, columnsOf('status', onlineOnus(4)))
    const gone = await life.at(10)
    expect(stateAnswers['network.summary'](gone, { oltIds: [] }, everything).counts.total).toBe(4)
  })

  test('knows a look at one port, and keeps the others as they were', async () => {
    const life = createToldLife(['North'])
    const both: ReadOnu[] = [1, 2].flatMap((port) => onlineOnus(2).map((onu) => ({ ...onu, port })))
    life.walk(0, 0, columnsOf('status', both))
    const off: ReadOnu[] = [{ onuId: 1, port: 2, state: 'offline', cause: 'los' }]
    life.walk(0, 1, columnsOf('status', off), { pon: packOnuAddress(addressOf(0, 2)) })
    const { olt } = stateAnswers['network.olt'](await life.at(1), { oltId: oltIdOf(0) })
    expect(olt.counts).toMatchObject({ online: 3, offlineOptical: 1 })
    expect(olt.ages.status).toBe(life.wall(0))
  })

  test.each([1, 2, 3])('answers as the live network answered then (life %i)', async (seed) => {
    const life = createToldLife(['North', 'South', 'East'])
    const then = new Map<number, ReturnType<typeof answersOf>>()
    const minutesAsked = [2, 7, 33, 64, 99, 100, 120, 131, 133, 136, 180, 241, 300, 357]
    live(life, seed, (minute) => {
      if (minutesAsked.includes(minute)) {
        life.pass(minute)
        then.set(minute, structuredClone(answersOf(life.state, life.views)))
      }
    })
    for (const [minute, answers] of then) {
      const moment = await life.at(minute)
      expect(answersOf(moment, moment.views), `minute ${minute}`).toEqual(answers)
    }
  })

  test('is shared by those who ask at once, and two are kept', async () => {
    const life = createToldLife(['North', 'South'])
    for (let minute = 0; minute <= 20; minute += 5) {
      life.walk(0, minute, columnsOf('status', onlineOnus(3)))
      life.walk(1, minute, columnsOf('status', onlineOnus(3)))
    }
    await Promise.all([life.at(5), life.at(5), life.at(5)])
    expect(life.asked).toHaveLength(2)
    await life.at(10)
    await life.at(5)
    expect(life.asked).toHaveLength(4)
    await life.at(15)
    await life.at(5)
    expect(life.asked).toHaveLength(6)
    await life.at(10)
    expect(life.asked).toHaveLength(8)
  })

  test('is given up when nobody waits for it any more', async () => {
    const life = createToldLife(['North', 'South', 'East'])
    for (const olt of [0, 1, 2]) life.walk(olt, 0, columnsOf('status', onlineOnus(3)))
    const one = new AbortController()
    const two = new AbortController()
    const seen: number[] = []
    const first = life.past.get(life.wall(0), one.signal, () => one.abort())
    const second = life.past.get(life.wall(0), two.signal, (done) => {
      seen.push(done)
      if (done === 1) two.abort()
    })
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    await new Promise((resolve) => setImmediate(resolve))
    expect(life.asked.length).toBeLessThan(3)
    // It can be had all the same.
    expect((await life.at(0)).onus).toBe(9)
  })

  test('has views that stand still, also once the moment had to give way', async () => {
    const life = createToldLife(['North'])
    for (let minute = 0; minute <= 30; minute += 5) {
      life.walk(0, minute, columnsOf('status', onlineOnus(6)))
    }
    const view = {
      viewId: 'a',
      filter: onuFilter.parse({}),
      sort: { column: 'address', descending: true } as const,
      offset: 0,
      limit: 2,
    }
    const opened = await life.past.openView(1, life.wall(5), view, signal)
    expect(opened).toMatchObject({ total: 6, ofTotal: 6, at: life.wall(5) })
    await life.at(10)
    await life.at(15)
    const page = await life.past.viewPage(1, 'a', 2, 2, signal)
    expect(page?.onus.map(({ address }) => address.onuId)).toEqual([4, 3])
    expect(life.past.viewPage(2, 'a', 0, 2, signal)).toBeNull()
    life.past.closeView(1, 'a')
    expect(life.past.viewPage(1, 'a', 0, 2, signal)).toBeNull()
  })
})

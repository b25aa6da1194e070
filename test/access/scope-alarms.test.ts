import { describe, expect, it } from 'vitest'
import type { BelongingOf, Reach } from '../../src-main/engine/reach.ts'
import { isReached, refuseBeyondReach } from '../../src-main/engine/reach.ts'
import { commands, events, queries, type Payload } from '../../src-shared/contract/index.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import { namedOnu } from '../../src-shared/domain/scope.ts'
import {
  createAlarmBench,
  me,
  oltResource,
  onuResource,
  otherPerson,
  packed,
} from '../support/alarm-bench.ts'
import { rejectionOf } from '../support/error-code.ts'
import { idOf } from '../support/store-workspace.ts'

const type = 'poll-budget-exceeded'

/** Two alarms of West's, three of East's (one of an ONU that is mine), one of the console. */
const bench = async () => {
  const made = createAlarmBench()
  const west = made.network.idOf('West')
  const east = made.network.idOf('East')
  for (const one of [type, 'rx-high', 'history-not-kept'] as const) {
    made.rules.set(one, { enabled: true, raiseAfterS: 0, clearAfterS: 0 })
  }
  const mine = onuResource(east, 2)
  made.holds({ type, resource: oltResource(west), qualifier: 'status' })
  made.holds({ type, resource: oltResource(west), qualifier: 'optics' })
  made.holds({ type, resource: oltResource(east), qualifier: 'status' })
  made.holds({ type, resource: oltResource(east), qualifier: 'optics' })
  made.holds({ type: 'rx-high', resource: mine })
  made.holds({ type: 'history-not-kept', resource: { kind: 'console' } })
  made.network.walked(east)
  made.pass(3)
  const all = made.open()
  const idsOf = (oltId: string): string[] =>
    all.flatMap(({ id, resource }) =>
      resource.kind !== 'console' && resource.oltId === oltId ? [id] : [],
    )
  const mineId = all.find(({ resource }) => resource.kind === 'onu')?.id ?? ''
  await made.act('alarms.assign', { which: { ids: [mineId] }, accountId: me.accountId })
  const { alarm, maintenance, onu } = made.book.belongs
  const belongingOf: BelongingOf = (kind, id) => {
    if (kind === 'olt') return { oltIds: [id] }
    if (kind === 'onu') return { oltIds: [id.split(' ')[0]!], accountIds: onu(id) }
    return kind === 'alarm' ? alarm(id) : kind === 'maintenance' ? maintenance(id) : null
  }
  const refuse = (
    reach: Reach,
    name: keyof typeof queries | keyof typeof commands,
    input: object,
  ) => codeOf(() => refuseBeyondReach(reach, { ...queries, ...commands }[name], input, belongingOf))
  return {
    made,
    west,
    east,
    all,
    westIds: idsOf(west),
    eastIds: idsOf(east),
    mineId,
    belongingOf,
    refuse,
  }
}

/** Null: it is not refused. */
const codeOf = (run: () => void): string | null => {
  try {
    run()
    return null
  } catch (error) {
    return isNocturneError(error) ? error.code : 'another'
  }
}

const region = (...oltIds: string[]): Reach => ({
  kind: 'regions',
  accountId: me.accountId,
  olts: new Set(oltIds),
})
const own: Reach = { kind: 'own', accountId: me.accountId, olts: new Set() }

describe('beyond its scope an account is refused', () => {
  it('a foreign alarm by id, a closed one and the console’s too, and one with a foreign ONU', async () => {
    const { made, west, east, westIds, eastIds, mineId, all, refuse } = await bench()
    const reach = region(west)
    const consoles = all.find(({ resource }) => resource.kind === 'console')!.id
    expect(all).toHaveLength(6)
    for (const id of [...eastIds, consoles]) {
      expect(refuse(reach, 'alarms.alarm', { id })).toBe('beyond-scope')
    }
    expect(refuse(reach, 'alarms.alarm', { id: westIds[0]! })).toBeNull()
    for (const id of westIds) expect(refuse(own, 'alarms.alarm', { id })).toBe('beyond-scope')
    expect(refuse(own, 'alarms.alarm', { id: mineId })).toBeNull()
    // One that is not there is told apart by the handler, but not to whom nothing is.
    expect(refuse(reach, 'alarms.alarm', { id: idOf(77) })).toBeNull()
    expect(refuse(own, 'alarms.alarm', { id: idOf(77) })).toBe('beyond-scope')
    const which = { ids: [westIds[0]!, eastIds[0]!] }
    expect(refuse(reach, 'alarms.acknowledge', { which })).toBe('beyond-scope')

    await made.act('alarms.acknowledge', { which: { ids: [eastIds[0]!] } })
    made.over({ type, resource: oltResource(east), qualifier: 'status' })
    made.pass(3)
    const [closed] = made.list('history')
    expect(refuse(reach, 'alarms.alarm', { id: closed!.id })).toBe('beyond-scope')

    const foreign = { onus: [{ oltId: east, address: onuResource(east, 3).address }] }
    const isMine = { onus: [{ oltId: east, address: onuResource(east, 2).address }] }
    expect(refuse(own, 'alarms.setImportant', foreign)).toBe('beyond-scope')
    expect(refuse(own, 'alarms.setImportant', isMine)).toBeNull()
  })

  it('what a filter would touch elsewhere', async () => {
    const { made, west, westIds } = await bench()
    made.reach = region(west)
    const error = await rejectionOf(
      made.act('alarms.acknowledge', { which: { filter: {}, expected: 6 } }),
    )
    expect(error).toMatchObject({ code: 'conflict', params: { count: 2 } })
    const which = { filter: {}, expected: 2 }
    expect(await made.act('alarms.acknowledge', { which })).toEqual({ acted: 2 })
    made.reach = { kind: 'all', accountId: null, olts: null }
    const touched = made.open().filter(({ acknowledged }) => acknowledged !== null)
    expect(touched.map(({ id }) => id).toSorted()).toEqual(westIds.toSorted())
  })

  it('a foreign OLT that it asks for by name, and everything where no OLT is its own', async () => {
    const { made, west, east } = await bench()
    const find = (filter: object) => made.ask('alarms.list', { filter }).total
    made.reach = region(west)
    expect(find({ oltIds: [east] })).toBe(0)
    expect(find({ resource: oltResource(east) })).toBe(0)
    expect(find({ search: 'east' })).toBe(0)
    made.reach = region()
    expect(find({})).toBe(0)
    expect(find({ list: 'history' })).toBe(0)
    expect(made.ask('alarms.summary', {}).active).toMatchObject({ critical: 0, major: 0, minor: 0 })
  })

  it('a maintenance window that covers more than what is its own', async () => {
    const { made, west, east, refuse } = await bench()
    const at = made.clock.now()
    const nodeId = idOf(0x90de)
    made.plant = {
      revision: () => 1,
      nodeOf: () => null,
      node: (id) =>
        ({ id, kind: 'odb', name: 'ODB', path: 'ODB', parentId: null, street: '' }) as const,
      ancestors: () => [],
      onusBelow: () => [{ oltId: east, address: packed(1) }],
      areaOf: () => null,
      streetAddressOf: () => '',
    }
    const plan = async (title: string, scope: object): Promise<string> =>
      (
        await made.act('alarms.planMaintenance', {
          title,
          scope,
          behaviour: 'mark',
          startsAt: at - 1_000,
          endsAt: at + 3_600_000,
          timeZone: 'Asia/Jakarta',
        })
      ).id
    const ofWest = await plan('west', { oltIds: [west] })
    const ofBoth = await plan('both', {
      oltIds: [west],
      onus: [onuResource(east, 1)].map(({ oltId, address }) => ({ oltId, address })),
    })
    const byNode = await plan('node', { oltIds: [west], nodeIds: [nodeId] })
    const end = (id: string) => ({ id, baseVersion: 1 })
    expect(refuse(region(west), 'alarms.endMaintenance', end(ofBoth))).toBe('beyond-scope')
    expect(refuse(region(west), 'alarms.endMaintenance', end(byNode))).toBe('beyond-scope')
    expect(refuse(region(west), 'alarms.endMaintenance', end(ofWest))).toBeNull()
    expect(refuse(own, 'alarms.endMaintenance', end(byNode))).toBeNull()
    made.reach = region(west)
    const titles = () =>
      made.ask('alarms.maintenance', { ended: true }).windows.map(({ title }) => title)
    expect(titles()).toEqual(['west'])
    expect(made.ask('alarms.summary', {}).maintenance).toBe(1)
    made.reach = { ...own, accountId: otherPerson.accountId }
    expect(titles()).toEqual([])
  })
})

describe('within its scope an account sees', () => {
  it('the alarms of its regions, and of "own" those that are assigned to it', async () => {
    const { made, west, westIds, eastIds, mineId } = await bench()
    const seen = () =>
      made
        .open()
        .map(({ id }) => id)
        .toSorted()
    const rows = () => made.ask('alarms.rows', { ids: [...westIds, ...eastIds] }).alarms.length
    made.reach = region(west)
    expect(seen()).toEqual(westIds.toSorted())
    expect(rows()).toBe(2)
    made.reach = own
    expect(seen()).toEqual([mineId])
    expect(rows()).toBe(1)
    made.reach = { ...own, accountId: otherPerson.accountId }
    expect(seen()).toEqual([])
  })

  it('as its own the ONU of an alarm as long as that is assigned to it', async () => {
    const { made, east, mineId } = await bench()
    const named = namedOnu({ oltId: east, address: onuResource(east, 2).address }).id
    const { onu, onusOf } = made.book.belongs
    expect(onu(named)).toEqual([me.accountId])
    expect(onusOf(me.accountId)).toEqual([{ oltId: east, address: packed(2) }])
    expect(onu(namedOnu({ oltId: east, address: onuResource(east, 3).address }).id)).toEqual([])
    made.restart()
    expect(made.book.belongs.onu(named)).toEqual([me.accountId])
    await made.act('alarms.assign', { which: { ids: [mineId] }, accountId: null })
    expect(made.book.belongs.onu(named)).toEqual([])
    expect(made.book.belongs.onusOf(me.accountId)).toEqual([])
  })

  it('its history, and the load of what was told of it', async () => {
    const { made, west, east, westIds, eastIds } = await bench()
    const ids = [westIds[0]!, eastIds[0]!]
    await made.act('alarms.acknowledge', { which: { ids } })
    for (const oltId of [west, east]) {
      for (const qualifier of ['status', 'optics']) {
        made.over({ type, resource: oltResource(oltId), qualifier })
      }
    }
    made.pass(3)
    const load = () => made.ask('alarms.load', { hours: 1 })
    const told = () => load().told.reduce((sum, count) => sum + count, 0)
    const history = () => made.ask('alarms.list', { filter: { list: 'history' } })
    const whole = { told: told(), last: load().lastTenMinutes }
    expect(history().total).toBe(2)
    made.reach = region(west)
    expect(history()).toMatchObject({ total: 1, alarms: [{ oltName: 'West' }] })
    expect(told()).toBe(2)
    expect(load().lastTenMinutes).toBe(2)
    made.reach = own
    expect(history()).toMatchObject({ total: 0, alarms: [] })
    expect(told()).toBe(1)
    expect(whole).toEqual({ told: 6, last: 6 })
  })

  it('among what comes often that which is its own', async () => {
    const { made, west, east } = await bench()
    for (const oltId of [west, east, east]) {
      const one = { type, resource: oltResource(oltId), qualifier: 'status' } as const
      made.over(one)
      made.pass(3)
      made.holds(one)
      made.pass(3)
    }
    const loud = () => made.ask('alarms.load', { hours: 1 }).chattering.map((one) => one.oltName)
    expect(loud().toSorted()).toEqual(['East', 'West'])
    made.reach = region(west)
    expect(loud()).toEqual(['West'])
  })
})

describe('what is sent of alarms', () => {
  it('is counted for each receiver by what is reached', async () => {
    const { made, west } = await bench()
    const changed = made.emitted.findLast(({ name }) => name === 'alarms.changed')!
    const count = (reach: Reach): number => {
      const { active } = changed.make(reach) as Payload<'alarms.changed'>
      return Object.values(active).reduce((sum, one) => sum + one, 0)
    }
    expect(count({ kind: 'all', accountId: null, olts: null })).toBe(6)
    expect(count(region(west))).toBe(2)
    expect(count(own)).toBe(1)
  })

  it('is the worst of what is reached, and of nothing else', async () => {
    const { made, west, belongingOf } = await bench()
    const notices = (reach: Reach) =>
      made.emitted
        .filter(({ name }) => name === 'alarms.notice')
        .map(({ make }) => make(reach) as Payload<'alarms.notice'> | null)
        .filter(
          (one) => one !== null && isReached(reach, events['alarms.notice'], one, belongingOf),
        )
    expect(notices(region(west))).toMatchObject([{ why: 'raised', oltName: 'West', more: 1 }])
    expect(notices(region())).toEqual([])
    expect(notices({ kind: 'all', accountId: null, olts: null })).toMatchObject([{ more: 5 }])
  })
})

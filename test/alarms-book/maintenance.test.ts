import { describe, expect, it } from 'vitest'
import type { CallInput } from '../../src-shared/contract/index.ts'
import type { PlantLookup } from '../../src-main/engine/capability-ports.ts'
import { rejectionOf } from '../support/error-code.ts'
import {
  boardResource,
  createAlarmBench,
  me,
  oltResource,
  onuResource,
  packed,
} from '../support/alarm-bench.ts'
import { idOf } from '../support/store-workspace.ts'

const hourMs = 3_600_000
const minute = 60

const bench = (behaviour: 'skip' | 'mute' | 'mark' = 'mute') => {
  const made = createAlarmBench()
  const west = made.network.idOf('West')
  const east = made.network.idOf('East')
  for (const type of ['olt-fan-fault', 'poll-budget-exceeded', 'onu-offline-optical'] as const) {
    made.rules.set(type, { raiseAfterS: 0, clearAfterS: 0 })
  }
  const now = made.clock.now()
  const plan = (
    more: Partial<CallInput<'alarms.planMaintenance'>> = {},
  ): CallInput<'alarms.planMaintenance'> => ({
    title: 'Splice at ODB 7',
    scope: { oltIds: [west] },
    behaviour,
    startsAt: now + hourMs,
    endsAt: now + 2 * hourMs,
    timeZone: 'Asia/Jakarta',
    ...more,
  })
  const windows = () => made.ask('alarms.maintenance', { ended: true }).windows
  return {
    made,
    west,
    east,
    plan,
    windows,
    fan: { type: 'olt-fan-fault', resource: boardResource(west) } as const,
    budget: { type: 'poll-budget-exceeded', resource: oltResource(west) } as const,
    onuDown: { type: 'onu-offline-optical', resource: onuResource(west) } as const,
  }
}

describe('a window is refused', () => {
  it.each([
    ['endsAt', 'before-start', { endsAt: 5 }],
    ['endsAt', 'past', { startsAt: 5, endsAt: 6 }],
    ['endsAt', 'too-long', { repeats: 'daily', endsAt: Date.UTC(2026, 10, 24) }],
    ['timeZone', 'unknown', { timeZone: 'Asia/Atlantis' }],
    ['repeatsUntil', 'never-repeats', { repeatsUntil: Date.UTC(2027, 1, 1) }],
    ['repeatsUntil', 'before-start', { repeats: 'daily', repeatsUntil: 5 }],
    ['scope', 'empty', { scope: {} }],
  ] as const)('when %s is %s', async (field, rule, more) => {
    const { made, plan } = bench()
    const error = await rejectionOf(made.act('alarms.planMaintenance', plan(more)))
    expect(error).toMatchObject({ code: 'invalid-input', params: { field, rule } })
  })

  it('over an OLT or a node that is not there', async () => {
    const { made, plan } = bench()
    for (const [what, scope] of [
      ['olt', { oltIds: [idOf(9)] }],
      ['olt', { onus: [{ oltId: idOf(9), address: { shelf: 0, slot: 1, port: 1, onuId: 1 } }] }],
      ['node', { nodeIds: [idOf(9)] }],
    ] as const) {
      const error = await rejectionOf(
        made.act('alarms.planMaintenance', plan({ scope: scope as never })),
      )
      expect(error).toMatchObject({ code: 'not-found', params: { what } })
    }
  })

  it('when it was changed meanwhile, is over, or never was', async () => {
    const { made, plan, windows } = bench()
    const { id } = await made.act('alarms.planMaintenance', plan())
    await made.act('alarms.changeMaintenance', {
      id,
      baseVersion: 1,
      plan: plan({ title: 'Other' }),
    })
    const stale = await rejectionOf(
      made.act('alarms.changeMaintenance', { id, baseVersion: 1, plan: plan() }),
    )
    expect(stale).toMatchObject({ code: 'conflict', params: { version: 2 } })
    expect(
      await rejectionOf(made.act('alarms.endMaintenance', { id, baseVersion: 1 })),
    ).toMatchObject({ code: 'conflict' })
    expect(
      await rejectionOf(made.act('alarms.answerMaintenance', { id, alarm: true })),
    ).toMatchObject({ code: 'conflict' })
    await made.act('alarms.endMaintenance', { id, baseVersion: 2 })
    expect(windows()).toMatchObject([
      { id, title: 'Other', state: 'cancelled', nextStartsAt: null },
    ])
    expect(
      await rejectionOf(made.act('alarms.endMaintenance', { id, baseVersion: 3 })),
    ).toMatchObject({ code: 'conflict' })
    expect(
      await rejectionOf(made.act('alarms.endMaintenance', { id: idOf(9), baseVersion: 1 })),
    ).toMatchObject({ code: 'not-found', params: { what: 'maintenance' } })
  })
})

describe('a window that is on', () => {
  it('begins and ends by itself, and says so', async () => {
    const { made, plan, windows, west, east } = bench()
    const { id } = await made.act('alarms.planMaintenance', plan())
    expect(windows()).toMatchObject([{ state: 'planned', owner: me, onus: 4, down: 0, asks: null }])
    expect(made.book.maintenanceOf(west, null)).toBeNull()
    made.pass(60 * minute)
    expect(windows()).toMatchObject([{ state: 'active' }])
    expect(made.ask('alarms.summary', {}).maintenance).toBe(1)
    const found = { id, behaviour: 'mute' }
    expect(made.book.maintenanceOf(west, null)).toEqual(found)
    expect(made.book.maintenanceOf(west, packed(3))).toEqual(found)
    expect(made.book.maintenanceOf(west, packed(0), true)).toEqual(found)
    expect(made.book.maintenanceOf(east, null)).toBeNull()
    made.pass(60 * minute)
    expect(windows()).toMatchObject([{ state: 'ended', asks: null }])
    expect(made.ask('alarms.maintenance', {}).windows).toEqual([])
  })

  it('that skips lets nothing be raised; what still holds is raised when it is over', async () => {
    const { made, plan, fan, budget, west } = bench('skip')
    await made.act('alarms.planMaintenance', plan())
    made.pass(61 * minute)
    made.holds(budget)
    made.holds(fan)
    made.walk(west)
    made.pass(10)
    expect(made.open()).toEqual([])
    expect(made.list('suppressed')).toEqual([])
    made.pass(60 * minute)
    made.walk(west)
    expect(
      made
        .open()
        .map(({ type }) => type)
        .sort(),
    ).toEqual(['olt-fan-fault', 'poll-budget-exceeded'])
  })

  it('that mutes shows as suppressed what stood and what comes; what was over asks for no word', async () => {
    const { made, plan, fan, budget, west } = bench('mute')
    made.holds(budget)
    await made.act('alarms.planMaintenance', plan())
    made.pass(61 * minute)
    made.holds(fan)
    made.walk(west)
    made.holds({ ...fan, resource: boardResource(west, 2) })
    made.walk(west)
    expect(made.open()).toEqual([])
    expect(made.list('suppressed')).toMatchObject(
      Array.from({ length: 3 }, () => ({
        suppressed: { reason: 'maintenance', by: 'Splice at ODB 7' },
      })),
    )
    made.over(fan)
    made.pass(2)
    expect(made.list('history')).toMatchObject([{ type: 'olt-fan-fault', acknowledged: null }])
    expect(made.notices).toHaveLength(1)
    made.pass(60 * minute)
    expect(made.open()).toHaveLength(2)
    expect(made.notices.at(-1)).toMatchObject({ why: 'returned', more: 1 })
  })

  it('that marks tells as ever, with its name', async () => {
    const { made, plan, budget } = bench('mark')
    await made.act('alarms.planMaintenance', plan())
    made.pass(61 * minute)
    made.holds(budget)
    made.pass(3)
    expect(made.open()).toMatchObject([{ params: { maintenance: 'Splice at ODB 7' } }])
    expect(made.notices).toHaveLength(1)
  })

  it('covers parts of the outside plant, also of those that are changed under way', async () => {
    const { made, plan, west } = bench()
    let revision = 1
    let below = [{ oltId: west, address: packed(2) }]
    const node = idOf(0xd)
    made.plant = {
      revision: () => revision,
      node: (id: string) =>
        id === node
          ? { id, kind: 'odb', name: 'ODB 7', path: 'ODB 7', parentId: null, street: '' }
          : null,
      onusBelow: () => below,
    } as unknown as PlantLookup
    await made.act('alarms.planMaintenance', plan({ scope: { nodeIds: [node] } }))
    made.pass(61 * minute)
    expect(made.book.maintenanceOf(west, packed(2))).not.toBeNull()
    expect(made.book.maintenanceOf(west, packed(1))).toBeNull()
    expect(made.book.maintenanceOf(west, null)).toBeNull()
    revision++
    below = [{ oltId: west, address: packed(1) }]
    made.pass(2)
    expect(made.book.maintenanceOf(west, packed(1))).not.toBeNull()
    expect(made.book.maintenanceOf(west, packed(2))).toBeNull()
  })

  it('of a PON covers its ONUs and not its OLT; of two the stronger counts', async () => {
    const { made, plan, west } = bench()
    await made.act(
      'alarms.planMaintenance',
      plan({ scope: { pons: [{ oltId: west, pon: { shelf: 0, slot: 1, port: 1 } }] } }),
    )
    await made.act(
      'alarms.planMaintenance',
      plan({
        behaviour: 'skip',
        scope: { onus: [{ oltId: west, address: { shelf: 0, slot: 1, port: 1, onuId: 2 } }] },
      }),
    )
    made.pass(61 * minute)
    expect(made.book.maintenanceOf(west, null)).toBeNull()
    expect(made.book.maintenanceOf(west, packed(0), true)).toMatchObject({ behaviour: 'mute' })
    expect(made.book.maintenanceOf(west, packed(1))).toMatchObject({ behaviour: 'mute' })
    expect(made.book.maintenanceOf(west, packed(2))).toMatchObject({ behaviour: 'skip' })
  })
})

describe('a window that ends with ONUs down', () => {
  const downAtEnd = async (behaviour: 'skip' | 'mute') => {
    const made = bench(behaviour)
    const { made: alarms, plan, west, onuDown } = made
    const { id } = await alarms.act('alarms.planMaintenance', plan())
    alarms.pass(61 * minute)
    alarms.network.setState(west, 1, 'offline')
    alarms.network.setState(west, 2, 'offline')
    alarms.holds({ ...onuDown, important: true })
    alarms.walk(west)
    return { ...made, id }
  }

  it.each(['skip', 'mute'] as const)(
    'asks; told to (%s), what was quiet alarms',
    async (behaviour) => {
      const { made, id, windows, west } = await downAtEnd(behaviour)
      made.pass(60 * minute)
      expect(windows()).toMatchObject([{ state: 'ended', down: 2, asks: { stillDown: 2 } }])
      expect(made.notices.at(-1)).toMatchObject({
        why: 'still-down',
        affectedOnus: 2,
        name: 'Splice at ODB 7',
      })
      made.walk(west)
      expect(made.open()).toEqual([])
      await made.act('alarms.answerMaintenance', { id, alarm: true })
      made.pass(5)
      expect(made.open()).toMatchObject([{ type: 'onu-offline-optical' }])
      expect(made.notices.at(-1)).toMatchObject({ type: 'onu-offline-optical' })
      expect(windows()).toMatchObject([{ asks: null }])
    },
  )

  it.each(['skip', 'mute'] as const)(
    'told not to (%s), it stays quiet until it is over once',
    async (behaviour) => {
      const { made, id, onuDown, west } = await downAtEnd(behaviour)
      made.pass(60 * minute)
      await made.act('alarms.answerMaintenance', { id, alarm: false })
      made.walk(west)
      made.holds(onuDown)
      made.walk(west)
      made.pass(2 * 60 * minute)
      expect(made.open()).toEqual([])
      expect(made.notices.map(({ why }) => why)).toEqual(['still-down'])
      made.over(onuDown)
      made.pass(2)
      made.holds(onuDown)
      made.walk(west)
      expect(made.open()).toMatchObject([{ type: 'onu-offline-optical', clearedAt: null }])
    },
  )

  it('and nobody answers, it alarms by itself rather than never', async () => {
    const { made, west, windows } = await downAtEnd('mute')
    made.pass(60 * minute)
    made.pass(28 * minute)
    expect(made.open()).toEqual([])
    made.pass(3 * minute)
    made.walk(west)
    expect(made.open()).toHaveLength(1)
    expect(windows()).toMatchObject([{ asks: null }])
  })

  it('early asks at once; those that were down before it began are not asked about', async () => {
    const { made, id, windows } = await downAtEnd('mute')
    await made.act('alarms.endMaintenance', { id, baseVersion: 1 })
    expect(windows()).toMatchObject([{ state: 'ended', asks: { stillDown: 2 } }])
    const later = bench('mute')
    later.made.network.setState(later.west, 1, 'offline')
    later.made.pass(1)
    await later.made.act('alarms.planMaintenance', later.plan())
    later.made.pass(121 * minute)
    expect(later.windows()).toMatchObject([{ state: 'ended', asks: null }])
  })
})

describe('a window over a restart', () => {
  it('is on again, asks again, and one that repeats comes again', async () => {
    const { made, plan, windows, west } = bench()
    await made.act('alarms.planMaintenance', plan({ repeats: 'daily' }))
    made.pass(61 * minute)
    made.restart()
    expect(windows()).toMatchObject([{ state: 'active' }])
    made.network.setState(west, 1, 'offline')
    made.pass(61 * minute)
    made.restart()
    expect(windows()).toMatchObject([{ state: 'planned', asks: { stillDown: 1 } }])
    made.network.setState(west, 1, 'online')
    made.clock.jump(23 * hourMs)
    made.pass(2)
    expect(windows()).toMatchObject([{ state: 'active' }])
  })

  it('whose end was missed lets go of what it kept quiet', async () => {
    const { made, plan, budget, windows } = bench('mute')
    await made.act('alarms.planMaintenance', plan())
    made.pass(61 * minute)
    made.holds(budget)
    made.pass(2)
    expect(made.list('suppressed')).toHaveLength(1)
    made.book.stop()
    made.clock.jump(5 * hourMs)
    made.restart()
    made.pass(3)
    expect(made.open()).toHaveLength(1)
    expect(windows()).toMatchObject([{ state: 'ended' }])
  })

  it('is written later where the disk was full as it ended', async () => {
    const { made, plan, windows } = bench('mute')
    await made.act('alarms.planMaintenance', plan())
    made.pass(61 * minute)
    made.full = true
    made.pass(60 * minute)
    made.full = false
    made.pass(3)
    made.restart()
    expect(windows()).toMatchObject([{ state: 'ended' }])
  })
})

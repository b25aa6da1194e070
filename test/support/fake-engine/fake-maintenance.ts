import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { MaintenancePlan, MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'

const hour = 3_600_000

/** Maintenance windows of the generated plant: one on, one that asks, one planned, one past. */
export const createFakeMaintenance = (plant: FakePlant, now: () => number, changed: () => void) => {
  const windows = new Map<string, MaintenanceRow>()
  let made = 0
  const owner = { accountId: '01930000-0000-7000-8000-0000000000ab', name: 'Dewi Lestari' }
  const onusOf = (scope: MaintenancePlan['scope']): number =>
    scope.oltIds.reduce(
      (sum, id) => sum + (plant.olts.find((olt) => olt.id === id)?.rows ?? 0),
      scope.pons.length * 48 + scope.onus.length,
    )
  const add = (plan: MaintenancePlan, part: Partial<MaintenanceRow> = {}): MaintenanceRow => {
    made += 1
    const row: MaintenanceRow = {
      ...plan,
      id: `01930000-0000-7000-b000-${made.toString(16).padStart(12, '0')}`,
      version: 1,
      state: plan.startsAt <= now() ? (plan.endsAt <= now() ? 'ended' : 'active') : 'planned',
      nextStartsAt: plan.endsAt <= now() ? null : plan.startsAt,
      nextEndsAt: plan.endsAt <= now() ? null : plan.endsAt,
      owner,
      onus: onusOf(plan.scope),
      down: 0,
      asks: null,
      ...part,
    }
    windows.set(row.id, row)
    return row
  }
  const plan = (
    title: string,
    from: number,
    hours: number,
    rest: Partial<MaintenancePlan>,
  ): MaintenancePlan => ({
    title,
    reason: '',
    scope: { oltIds: [], pons: [], nodeIds: [], onus: [] },
    behaviour: 'mute',
    startsAt: now() + from * hour,
    endsAt: now() + (from + hours) * hour,
    repeats: 'never',
    repeatsUntil: null,
    timeZone: 'Asia/Jakarta',
    ...rest,
  })
  const [one, two, , four] = plant.olts
  if (one !== undefined && two !== undefined && four !== undefined) {
    const { shelf, slot, port } = unpackOnuAddress(plant.address[two.firstRow]!)
    add(
      plan('Line card swap, Harbour rack 4', -1, 3, {
        reason: 'Card 3 shows bit errors since Tuesday.',
        scope: { oltIds: [four.id], pons: [], nodeIds: [], onus: [] },
      }),
      { down: 12 },
    )
    add(
      plan('Splice at ODB K-14', -5, 3, {
        scope: {
          oltIds: [],
          pons: [{ oltId: two.id, pon: { shelf, slot, port } }],
          nodeIds: [],
          onus: [],
        },
      }),
      { asks: { endedAt: now() - 2 * hour, stillDown: 12 }, down: 12 },
    )
    add(
      plan('Weekly power test', 20, 1, {
        scope: { oltIds: [one.id], pons: [], nodeIds: [], onus: [] },
        behaviour: 'mark',
        repeats: 'weekly',
      }),
    )
    add(
      plan('Move feeder 12 to the new duct', 49, 6, {
        behaviour: 'skip',
        reason: 'Road works, permit 2026/441.',
        scope: { oltIds: [two.id], pons: [], nodeIds: [], onus: [] },
      }),
    )
    add(plan('Firmware of the test bench', -75, 2, { behaviour: 'skip' }))
  }

  const at = (id: string, baseVersion: number): MaintenanceRow => {
    const row = windows.get(id)
    if (row === undefined) throw new NocturneError('not-found')
    if (row.version !== baseVersion) throw new NocturneError('conflict')
    return row
  }
  const put = (row: MaintenanceRow): { version: number } => {
    windows.set(row.id, { ...row, version: row.version + 1 })
    changed()
    return { version: row.version + 1 }
  }

  return {
    active: (): number => [...windows.values()].filter((row) => row.state === 'active').length,
    handlers: {
      'alarms.maintenance': ({
        ended,
      }: Input<'alarms.maintenance'>): Output<'alarms.maintenance'> => ({
        windows: [...windows.values()].filter(
          (row) => ended || row.asks !== null || row.state === 'planned' || row.state === 'active',
        ),
      }),
      'alarms.planMaintenance': (input: Input<'alarms.planMaintenance'>) => {
        const { id } = add(input, { owner: { ...owner, name: 'Sari Wijaya' } })
        changed()
        return { id }
      },
      'alarms.changeMaintenance': (input: Input<'alarms.changeMaintenance'>) => {
        const row = at(input.id, input.baseVersion)
        return put({
          ...row,
          ...input.plan,
          onus: onusOf(input.plan.scope),
          nextStartsAt: input.plan.startsAt,
          nextEndsAt: input.plan.endsAt,
        })
      },
      'alarms.endMaintenance': ({ id, baseVersion }: Input<'alarms.endMaintenance'>) => {
        const row = at(id, baseVersion)
        const active = row.state === 'active'
        return put({
          ...row,
          state: active ? 'ended' : 'cancelled',
          nextStartsAt: null,
          nextEndsAt: null,
          asks: active && row.down > 0 ? { endedAt: now(), stillDown: row.down } : null,
        })
      },
      'alarms.answerMaintenance': ({ id }: Input<'alarms.answerMaintenance'>) => {
        const row = windows.get(id)
        if (row === undefined) throw new NocturneError('not-found')
        put({ ...row, asks: null })
        return {}
      },
    },
  }
}

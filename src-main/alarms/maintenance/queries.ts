import type { MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import type { QueryHandlers } from '../../engine/handlers.ts'
import type { PlantLookup } from '../../engine/capability-ports.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { isEverything, reaches, type Reach } from '../../engine/reach.ts'
import { belongsOfWindow } from '../belongs.ts'
import { compileScope, countScope } from './scope.ts'
import type { MaintenanceReads, MaintenanceRecord } from './tables.ts'
import type { LiveWindow, MaintenanceWindows } from './windows.ts'

const pastRow = ({ id, version, plan, state, owner, asks }: MaintenanceRecord): MaintenanceRow => ({
  ...plan,
  id,
  version,
  state,
  nextStartsAt: null,
  nextEndsAt: null,
  owner: { ...owner },
  onus: 0,
  down: 0,
  asks: asks === null ? null : { ...asks },
})

/** The order of the list: what asks, what is on, what comes next. */
const rankOf = ({ isOn, record }: LiveWindow): number => (record.asks !== null ? 0 : isOn ? 1 : 2)

export const createMaintenanceQueries = (deps: {
  readonly facts: Pick<NetworkFacts, 'olt' | 'onus'>
  readonly windows: MaintenanceWindows
  readonly reads: MaintenanceReads
  readonly plant: () => PlantLookup | null
}): QueryHandlers<'alarms.maintenance'> => {
  const rowOf = (window: LiveWindow): MaintenanceRow => {
    const { onus, down } = countScope(window.scope, deps.facts, 0)
    return {
      ...pastRow(window.record),
      state: window.isOn ? 'active' : window.record.state,
      nextStartsAt: window.run?.start ?? null,
      nextEndsAt: window.run?.end ?? null,
      onus,
      down,
    }
  }
  /** All of it: what a window is about is named as a whole. */
  const isWithin = (reach: Reach, record: MaintenanceRecord): boolean =>
    isEverything(reach) ||
    reaches(reach, belongsOfWindow(record, compileScope(record.plan.scope, deps.plant())))
  return {
    'alarms.maintenance': ({ ended }, { reach }) => {
      const living = deps.windows
        .all()
        .filter(({ record }) => isWithin(reach, record))
        .toSorted(
          (one, other) =>
            rankOf(one) - rankOf(other) ||
            (one.run?.start ?? 0) - (other.run?.start ?? 0) ||
            one.record.createdAt - other.record.createdAt,
        )
      const ids = new Set(living.map(({ record }) => record.id))
      const past = ended
        ? deps.reads.ended().filter((one) => !ids.has(one.id) && isWithin(reach, one))
        : []
      return { windows: [...living.map(rowOf), ...past.map(pastRow)] }
    },
  }
}

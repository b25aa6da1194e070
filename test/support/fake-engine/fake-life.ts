import type { EventName, Payload } from '../../../src-shared/contract/index.ts'
import type { FakeNetwork } from './fake-network.ts'
import { setState, stateAt, type FakePlant } from './fake-plant.ts'
import { rowOf } from './fake-rows.ts'

export interface FakeLife {
  readonly plant: FakePlant
  readonly network: FakeNetwork
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly now: () => number
}

const tickMs = 250

/** Twice a second a few ONUs drift, and now and then one goes or comes back. Returns the stop. */
export const startFakeLife = ({ plant, network, emit, now }: FakeLife): (() => void) => {
  let tick = 0
  const step = (): void => {
    tick += 1
    const { random } = plant
    if (plant.size === 0) return
    const changed = new Set<number>()
    const drifts = Math.max(1, Math.round(plant.size / 600))
    for (let index = 0; index < drifts; index += 1) {
      const row = Math.floor(random() * plant.size)
      plant.onuRx[row]! += (random() - 0.5) * 0.4
      plant.down[row] = Math.round(plant.down[row]! * (0.8 + random() * 0.4))
      changed.add(row)
    }
    if (tick % 12 === 0) {
      const row = Math.floor(random() * plant.size)
      if (plant.state[row] === stateAt('online')) {
        setState(plant, row, 'offline', random() < 0.5 ? 'dying-gasp' : 'losi', now())
        changed.add(row)
      } else if (plant.state[row] === stateAt('offline')) {
        setState(plant, row, 'online', 'none', now())
        changed.add(row)
      }
    }
    // The counts of a hundred thousand rows are not worth doing at every tick in a fake.
    if (plant.size < 5000 || tick % 8 === 0) {
      const summary = network.summary([])
      emit('network.changed', {
        at: summary.at,
        counts: summary.counts,
        oldestStatusAt: summary.oldestStatusAt,
        oltsReachable: summary.olts.reachable,
        oltsTotal: summary.olts.total,
        oltsRevision: Math.floor(tick / 8),
      })
    }
    for (const [viewId, view] of network.views) {
      const page = view.rows.subarray(view.offset, view.offset + view.limit)
      const onus = Array.from(page)
        .filter((row) => changed.has(row))
        .map((row) => rowOf(plant, row, now()))
      if (onus.length > 0) emit('network.viewChanged', { viewId, onus, outdated: tick > 40 })
    }
  }
  const timer = setInterval(step, tickMs)
  return () => clearInterval(timer)
}

import type { EventName, Payload } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createFakeNetwork, type FakeNetwork, type NetworkQueries } from './fake-network.ts'
import { causeAt, stateAt, type FakePlant } from './fake-plant.ts'

/** Past moments: the same plant with other ONUs off, told from the hour alone. */

const hourMs = 3_600_000
const dayMs = 24 * hourMs
/** As the fake history says of itself. */
const daysKept = 212

type Emit = <Name extends EventName>(name: Name, payload: Payload<Name>) => void
type Answered =
  | 'network.summary'
  | 'network.olts'
  | 'network.olt'
  | 'network.oltStrip'
  | 'network.worstSignals'
  | 'network.onu'
  | 'network.openView'
  | 'network.viewPage'

export const createFakeMoments = (deps: {
  readonly plant: FakePlant
  readonly network: FakeNetwork
  readonly now: () => number
  readonly emit: Emit
}): Pick<NetworkQueries, Answered> & {
  readonly 'network.prepareAsOf': (
    input: Parameters<NetworkQueries['network.prepareAsOf']>[0],
  ) => Promise<ReturnType<NetworkQueries['network.prepareAsOf']>>
  readonly cancel: (taskId: string) => void
} => {
  const { plant, network, now, emit } = deps
  const moments = new Map<number, FakeNetwork>()
  const views = new Map<string, FakeNetwork>()
  const cancelled = new Set<string>()

  const networkAt = (asOf: number | null | undefined): FakeNetwork => {
    if (typeof asOf !== 'number') return network
    if (asOf > now()) throw new NocturneError('invalid-input', { what: 'as-of' })
    const oldestAt = now() - daysKept * dayMs
    if (asOf < oldestAt) throw new NocturneError('before-history', { oldestAt })
    const made =
      moments.get(asOf) ?? createFakeNetwork(plantAt(plant, asOf, now()), () => asOf - 1_000)
    moments.set(asOf, made)
    return made
  }

  return {
    'network.summary': (input) => networkAt(input.asOf).queries['network.summary'](input),
    'network.olts': (input) => networkAt(input.asOf).queries['network.olts'](input),
    'network.olt': (input) => networkAt(input.asOf).queries['network.olt'](input),
    'network.oltStrip': (input) => networkAt(input.asOf).queries['network.oltStrip'](input),
    'network.worstSignals': (input) => networkAt(input.asOf).queries['network.worstSignals'](input),
    'network.onu': (input) => networkAt(input.asOf).queries['network.onu'](input),
    'network.openView': (input) => {
      const at = networkAt(input.asOf)
      views.set(input.viewId, at)
      return at.queries['network.openView'](input)
    },
    'network.viewPage': (input) =>
      (views.get(input.viewId) ?? network).queries['network.viewPage'](input),
    'network.prepareAsOf': async ({ taskId, asOf }) => {
      const at = networkAt(asOf)
      const total = plant.olts.length
      for (let done = 0; done <= total; done++) {
        if (cancelled.has(taskId)) throw new NocturneError('cancelled')
        emit('workspace.progress', { taskId, step: 'as-of', done, total })
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      const { counts } = at.summary([])
      return { asOf, onus: counts.total, unknown: counts.unknown }
    },
    cancel: (taskId) => {
      cancelled.add(taskId)
    },
  }
}

const plantAt = (plant: FakePlant, at: number, now: number): FakePlant => {
  const hour = Math.floor(at / hourMs)
  const state = plant.state.slice()
  const cause = plant.cause.slice()
  const since = plant.since.map((time) => time - (now - at))
  const lastDown = plant.lastDown.map((time) => time - (now - at))
  const onuRx = plant.onuRx.slice()
  const [online, offline] = [stateAt('online'), stateAt('offline')]
  for (let row = 0; row < plant.size; row++) {
    const turn = (Math.imul(row + 1, 2_654_435_761) ^ Math.imul(hour, 40_503)) >>> 0
    if (state[row] === offline) {
      if (turn % 3 > 0) state[row] = online
    } else if (state[row] === online && turn % 29 === 0) {
      state[row] = offline
      cause[row] = causeAt(turn % 2 === 0 ? 'dying-gasp' : 'losi')
      lastDown[row] = at - (turn % 900) * 1_000
      since[row] = lastDown[row]!
    }
    onuRx[row] = onuRx[row]! - (turn % 5) * 0.3
  }
  // One OLT was out of reach every seventh hour.
  const olts = plant.olts.map((olt, index) => ({
    ...olt,
    quiet: null,
    reachable: index === hour % 7 ? false : olt.reachable,
  }))
  return { ...plant, olts, state, cause, since, lastDown, onuRx }
}

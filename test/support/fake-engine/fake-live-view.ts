import type { EventName, Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import { formatOnu, packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { setState, stateAt, type FakePlant } from './fake-plant.ts'
import { rowOf } from './fake-rows.ts'

/** Reads one ONU of the generated plant every two seconds for a minute, as the engine does. */

export type Emit = <Name extends EventName>(name: Name, payload: Payload<Name>) => void

export interface FakeLiveViewOptions {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: Emit
  /** Who watches this OLT already; null: nobody. */
  readonly takenBy: (oltId: string) => string | null
}

type Opened = Input<'network.openLiveView'> & { readonly until: number }

export interface FakeLiveView {
  readonly open: (input: Input<'network.openLiveView'>) => Output<'network.openLiveView'>
  readonly close: (input: Input<'network.closeLiveView'>) => Output<'network.closeLiveView'>
  readonly openOn: (oltId: string) => Opened | null
}

const limitMs = 60_000
const everyMs = 2000

export const createFakeLiveView = (options: FakeLiveViewOptions): FakeLiveView => {
  const { plant, now, emit, takenBy } = options
  let opened: Opened | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let turn = 0

  const tell = (change: Partial<Payload<'network.liveReading'>>): void => {
    if (opened === null) return
    const { oltId, address } = opened
    emit('network.liveReading', {
      oltId,
      address,
      at: now(),
      onu: null,
      answerMs: null,
      problem: null,
      ended: null,
      ...change,
    })
  }

  const end = (ended: 'time' | 'closed'): void => {
    clearInterval(timer)
    tell({ ended })
    opened = null
  }

  /** Someone works at the connector: light wanders, and now and then it is gone for a moment. */
  const read = (row: number): void => {
    if (opened === null) return
    if (now() >= opened.until) return end('time')
    turn += 1
    const { random } = plant
    if (plant.state[row] === stateAt('online')) {
      plant.onuRx[row] = Math.max(-31, Math.min(-15, plant.onuRx[row]! + (random() - 0.47) * 1.4))
      plant.oltRx[row] = plant.onuRx[row]! - 1.1 + (random() - 0.5) * 0.3
      plant.down[row] = Math.max(40, plant.down[row]! * (0.6 + random() * 0.85))
      plant.up[row] = Math.max(10, plant.up[row]! * (0.6 + random() * 0.85))
    }
    if (turn % 13 === 9) setState(plant, row, 'offline', 'losi', now())
    if (turn % 13 === 11) setState(plant, row, 'online', 'none', now())
    if (turn % 17 === 5) {
      tell({ problem: { code: 'olt-no-answer', params: { host: '10.20.0.11', port: 161 } } })
      return
    }
    const at = now()
    const onu = rowOf(plant, row, at)
    const lit = onu.onuRxDbm !== null
    tell({
      onu: {
        ...onu,
        statusAt: at,
        opticsAt: lit ? at : onu.opticsAt,
        countersAt: lit ? at : onu.countersAt,
        onuRxDbm: lit ? Math.round(plant.onuRx[row]! * 100) / 100 : null,
        oltRxDbm: lit ? Math.round(plant.oltRx[row]! * 100) / 100 : null,
      },
      answerMs: 12 + Math.round(random() * 9),
    })
  }

  return {
    openOn: (oltId) => (opened?.oltId === oltId ? opened : null),
    open: (input) => {
      const name = takenBy(input.oltId)
      if (name !== null) throw new NocturneError('live-view-taken', { name })
      const packed = packOnuAddress(input.address)
      const row = plant.address.findIndex(
        (each, index) => each === packed && plant.olts[plant.olt[index]!]?.id === input.oltId,
      )
      if (row < 0) throw new NocturneError('not-found', { onu: formatOnu(input.address) })
      if (opened !== null) end('closed')
      opened = { ...input, until: now() + limitMs }
      timer = setInterval(() => read(row), everyMs)
      setTimeout(() => read(row), 300)
      return { until: opened.until, everyMs }
    },
    close: ({ oltId }) => {
      if (opened?.oltId === oltId) end('closed')
      return {}
    },
  }
}

import { packOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import {
  causeClassOf,
  downCauses,
  onuStates,
  type DownCause,
  type OnuState,
} from '../../../src-shared/domain/onu-state.ts'
import { seededRandom } from '../seeded-random.ts'

/** A generated network in columns; the same seed and size give the same network. */

export interface FakeOlt {
  readonly id: string
  version: number
  name: string
  host: string
  port: number
  readonly family: 'zte-c3xx' | 'huawei-smartax'
  reachable: boolean
  removed: boolean
  note: string | null
  /** Left out: not. */
  quiet?: { readonly since: number; readonly until: number | null } | null
  /** Left out: as the family says. */
  opticsPolling?: 'family' | 'on' | 'off'
  readonly firstRow: number
  readonly rows: number
}

export interface FakePlant {
  readonly size: number
  readonly startedAt: number
  readonly olts: FakeOlt[]
  /** Serials that waited and have been authorised since. */
  readonly authorised?: Set<string>
  readonly olt: Uint16Array
  readonly address: Int32Array
  readonly state: Uint8Array
  readonly cause: Uint8Array
  readonly since: Float64Array
  readonly lastDown: Float64Array
  readonly onuRx: Float32Array
  readonly oltRx: Float32Array
  readonly distance: Float32Array
  readonly up: Float32Array
  readonly down: Float32Array
  readonly serial: string[]
  readonly name: string[]
  readonly model: string[]
  readonly random: () => number
}

export const stateAt = (state: OnuState): number => onuStates.indexOf(state)
export const causeAt = (cause: DownCause): number => downCauses.indexOf(cause)

const places = ['Harbour', 'Kemang', 'Senayan', 'Old Town', 'Airport', 'Riverside', 'Menteng']
const people = [
  'Sari',
  'Budi',
  'Okafor',
  'Lindqvist',
  'Wijaya',
  'Moreau',
  'Tan',
  'Hartono',
  'Novak',
]
const streets = [
  'Jl. Melati',
  'Jl. Kenanga',
  'Dock Road',
  'Mill Lane',
  'Jl. Anggrek',
  'Hill Street',
]
const models = ['F601', 'F660', 'HG8310M', 'HG8245H', 'EG8145V5', 'F670L']

export const oltUuidOf = (index: number): string =>
  `01930000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`

/** One OLT for a handful of ONUs, four for a small plant, then 2,048 ONUs on each. */
const oltCountFor = (size: number): number =>
  size === 0 ? 0 : size <= 64 ? 1 : size <= 4096 ? 4 : Math.ceil(size / 2048)

export const createFakePlant = (size: number, now: number, seed = 20_261_122): FakePlant => {
  const random = seededRandom(seed)
  const oltCount = oltCountFor(size)
  const per = oltCount === 0 ? 0 : Math.floor(size / oltCount)
  const perPon = size > 4096 ? 64 : 48
  const olts: FakeOlt[] = Array.from({ length: oltCount }, (_, index) => ({
    id: oltUuidOf(index + 1),
    version: 1,
    name: `${places[index % places.length]} ${Math.floor(index / places.length) + 1}`,
    host: `10.20.${Math.floor(index / 250)}.${(index % 250) + 11}`,
    port: 161,
    family: index % 2 === 0 ? 'zte-c3xx' : 'huawei-smartax',
    reachable: !(oltCount >= 4 && index === 2),
    removed: false,
    note: index === 0 ? 'Rack 4, unit 12. Key at the front desk.' : null,
    // The fourth one is left alone, as during work on it.
    quiet: index === 3 ? { since: now - 25 * 60_000, until: now + 35 * 60_000 } : null,
    opticsPolling: index === 0 ? 'on' : 'family',
    firstRow: index * per,
    rows: index === oltCount - 1 ? size - index * per : per,
  }))
  const plant: FakePlant = {
    size,
    startedAt: now - 3 * 3_600_000,
    olts,
    authorised: new Set(),
    olt: new Uint16Array(size),
    address: new Int32Array(size),
    state: new Uint8Array(size),
    cause: new Uint8Array(size),
    since: new Float64Array(size),
    lastDown: new Float64Array(size).fill(Number.NaN),
    onuRx: new Float32Array(size),
    oltRx: new Float32Array(size),
    distance: new Float32Array(size),
    up: new Float32Array(size),
    down: new Float32Array(size),
    serial: [],
    name: [],
    model: [],
    random,
  }
  for (const [oltIndex, olt] of olts.entries()) {
    for (let at = 0; at < olt.rows; at += 1) {
      fillRow(plant, olt.firstRow + at, oltIndex, at, perPon, now)
    }
  }
  return plant
}

const fillRow = (
  plant: FakePlant,
  row: number,
  oltIndex: number,
  at: number,
  perPon: number,
  now: number,
): void => {
  const { random } = plant
  const olt = plant.olts[oltIndex]!
  const zte = olt.family === 'zte-c3xx'
  const pon = Math.floor(at / perPon)
  plant.olt[row] = oltIndex
  plant.address[row] = packOnuAddress({
    shelf: zte ? 1 : 0,
    slot: Math.floor(pon / 16) + (zte ? 2 : 1),
    port: (pon % 16) + (zte ? 1 : 0),
    onuId: (at % perPon) + (zte ? 1 : 0),
  })
  const vendor = zte ? 'ZTEG' : 'HWTC'
  plant.serial[row] =
    `${vendor}${(((row + 1) * 2_654_435_761) >>> 0).toString(16).padStart(8, '0').toUpperCase()}`
  plant.name[row] =
    `${people[Math.floor(random() * people.length)]} ${streets[Math.floor(random() * streets.length)]} ${Math.floor(random() * 180) + 1}`
  plant.model[row] = models[Math.floor(random() * models.length)]!

  const badSplitter = oltIndex === 0 && pon === 3
  plant.distance[row] = Math.round(400 + random() ** 1.6 * 14_000)
  const loss = 15.5 + plant.distance[row]! / 2900 + random() * 5 + (badSplitter ? 5.5 : 0)
  const tail = random() < 0.015 ? random() * 6 : 0
  plant.onuRx[row] = 3 - loss - tail
  plant.oltRx[row] = 2 - loss - tail * 0.8 - random()
  if (random() < 0.002) plant.onuRx[row] = -6.4
  plant.up[row] = Math.round(random() ** 4 * 24_000)
  plant.down[row] = Math.round(random() ** 3 * 180_000)

  const luck = random()
  const ago = Math.round(random() ** 3 * 30 * 86_400_000)
  if (!olt.reachable) setState(plant, row, 'unknown', 'none', now - 840_000)
  else if (luck < 0.018) setState(plant, row, 'offline', 'dying-gasp', now - ago)
  else if (luck < 0.03) setState(plant, row, 'offline', random() < 0.7 ? 'los' : 'losi', now - ago)
  else if (luck < 0.036) setState(plant, row, 'offline', 'unknown', now - ago)
  else if (luck < 0.042) setState(plant, row, 'disabled', 'deactivated', now - ago)
  else if (luck < 0.044) setState(plant, row, 'starting', 'none', now - 12_000)
  else if (luck < 0.045) setState(plant, row, 'auth-failed', 'auth-failed', now - ago)
  else setState(plant, row, 'online', 'none', now - ago)
}

export const setState = (
  plant: FakePlant,
  row: number,
  state: OnuState,
  cause: DownCause,
  at: number,
): void => {
  plant.state[row] = stateAt(state)
  plant.cause[row] = causeAt(cause)
  plant.since[row] = at
  if (state === 'offline') plant.lastDown[row] = at
}

export const causeClassAt = (plant: FakePlant, row: number) =>
  causeClassOf(downCauses[plant.cause[row]!]!)

import { describe, expect, test } from 'vitest'
import { packOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { onuStates, type OnuState } from '../../src-shared/domain/onu-state.ts'
import type { StripData } from '../../src-renderer/components/charts/strip-cells.ts'
import {
  compare,
  levelsOf,
  scatterOf,
  sliceOfPon,
} from '../../src-renderer/screens/network-pons/pon-strip.ts'

interface Onu {
  readonly port?: number
  readonly id: number
  readonly state?: OnuState
  readonly dbm?: number
  readonly metres?: number
}

const stripOf = (onus: readonly Onu[]): StripData => ({
  rows: Int32Array.from(onus, (_, row) => row),
  addresses: Int32Array.from(onus, ({ port = 1, id }) =>
    packOnuAddress({ shelf: 0, slot: 1, port, onuId: id }),
  ),
  states: Uint8Array.from(onus, ({ state = 'online' }) => onuStates.indexOf(state)),
  signals: new Uint8Array(onus.length),
  marginsDb: new Float64Array(onus.length),
  causes: new Uint8Array(onus.length),
  onuRxDbm: Float64Array.from(onus, ({ dbm = Number.NaN }) => dbm),
  oltRxDbm: new Float64Array(onus.length).fill(Number.NaN),
  distancesM: Float64Array.from(onus, ({ metres = Number.NaN }) => metres),
})

const pon = { shelf: 0, slot: 1, port: 1 }

describe('the light of a port leaves out', () => {
  test('other ports, and a port that has no ONU', () => {
    const strip = stripOf([{ id: 1 }, { id: 2 }, { port: 2, id: 1 }])
    expect(sliceOfPon(strip, pon).rows).toHaveLength(2)
    expect(sliceOfPon(strip, { ...pon, port: 2 }).rows).toHaveLength(1)
    expect(sliceOfPon(strip, { ...pon, port: 9 }).rows).toHaveLength(0)
  })

  test('ONUs that are not online, were not read, or told what cannot be', () => {
    const strip = stripOf([
      { id: 1, dbm: -20, metres: 900 },
      { id: 2, dbm: -21, metres: 900, state: 'offline' },
      { id: 3, metres: 900 },
      { id: 4, dbm: -80, metres: 900 },
      { id: 5, dbm: -20 },
    ])
    expect(scatterOf(strip, 'onuRx').map(({ address }) => address & 1023)).toEqual([1])
    // The histogram counts the impossible one as such.
    expect(levelsOf(strip, 'onuRx')).toEqual([-20, null, -80, -20])
    expect(levelsOf(strip, 'oltRx')).toEqual([null, null, null, null])
  })
})

describe('before and after', () => {
  test('nothing to compare is no change of zero', () => {
    const { changes, medianDb } = compare(stripOf([]), stripOf([{ id: 1, dbm: -20 }]), 'onuRx')
    expect(changes).toEqual([])
    expect(medianDb).toBeNaN()
  })

  test('the greatest change stands first, and who came and went is counted', () => {
    const before = stripOf([
      { id: 1, dbm: -26.1 },
      { id: 2, dbm: -20 },
      { id: 3, dbm: -22 },
      { id: 4, state: 'offline' },
      { id: 5, dbm: -19 },
    ])
    const after = stripOf([
      { id: 1, dbm: -21 },
      { id: 2, dbm: -20.2 },
      { id: 3, dbm: -24 },
      { id: 4, dbm: -21 },
      { id: 5, state: 'offline' },
      { id: 6, dbm: -18 },
    ])
    const found = compare(before, after, 'onuRx')
    expect(found.changes.map(({ address, change }) => [address & 1023, change])).toEqual([
      [1, 5.1],
      [3, -2],
      [2, -0.2],
    ])
    expect(found).toMatchObject({ medianDb: -0.2, better: 1, worse: 1, gained: 1, lost: 1 })
  })
})

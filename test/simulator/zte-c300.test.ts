import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ifMibIndex,
  newTreeIndex,
  ponTreeIndex,
} from '../../src-main/simulator/families/zte-index.ts'
import { encodePower } from '../../src-main/simulator/families/zte-onu-cells.ts'
import { get, manualClock, smallPlant, walk } from '../support/simulated-plant.ts'
import { type Binding, signed } from '../support/snmp-datagrams.ts'

const z = '1.3.6.1.4.1.3902'
const clock = manualClock()
const plant = smallPlant(clock)
const text = (binding: Binding): string => Buffer.from(binding.value).toString('utf8')
const pon = (slot: number, port: number) => ({ shelf: 1, slot, port }) as never
const numbers = (rows: readonly Binding[]): number[] => rows.map((row) => signed(row.value))
const indexes = (rows: readonly Binding[], count: number): string[] =>
  rows.map((row) => row.oid.split('.').slice(-count).join('.'))

describe('the ZTE C300/C320 personality', () => {
  it('keeps three index spaces apart, as the recordings number them', () => {
    expect(ponTreeIndex(pon(1, 1))).toBe(268_501_248)
    expect(ponTreeIndex(pon(1, 8))).toBe(268_503_040)
    expect(newTreeIndex(1, 1)).toBe(285_278_465)
    expect(newTreeIndex(3, 1)).toBe(285_278_977)
    expect(ifMibIndex('C320', 1, 1)).toBe(268_435_456)
    expect(ifMibIndex('C320', 4, 1)).toBe(268_632_064)
    expect(ifMibIndex('C300', 2, 1)).toBe(268_435_456)
  })

  it('uses one number for two ports in two spaces', () => {
    // (a) of 1/1/1 is (c) of slot 2, port 2
    expect(ifMibIndex('C320', 2, 2)).toBe(ponTreeIndex(pon(1, 1)))
    expect(text(get(plant, 'ZT', `1.3.6.1.2.1.31.1.1.1.1.${ponTreeIndex(pon(1, 1))}`))).toBe(
      'gpon_1/2/2',
    )
  })

  it('counts phases from 0 in the 1012 tree and from 1 in the 1082 tree', () => {
    const old = walk(plant, 'ZT', `${z}.1012.3.28.2.1.4`)
    const renewed = walk(plant, 'ZT', `${z}.1082.500.10.2.3.8.1.4`)
    expect(numbers(old)).toEqual(Array(11).fill(3))
    expect(numbers(renewed)).toEqual(Array(11).fill(4))
    expect(indexes(old, 2)[0]).toMatch(/^268501248\.\d+$/)
    expect(indexes(renewed, 2)[0]).toMatch(/^285278465\.\d+$/)
  })

  it.each([
    ['power-off', 4, 9],
    ['cut-drop', 1, 3],
    ['disable', 6, 10],
  ] as const)('after %s shows phase %i and reason %i', (kind, phase, reason) => {
    const other = smallPlant(clock)
    const onu = other.truth('ZT').onus[1]?.onu ?? ''
    other.control({ kind, olt: 'ZT', which: { onus: [onu] } })
    clock.advance(4000)
    const cell = `268501248.${onu.split(':')[1]}`
    expect(signed(get(other, 'ZT', `${z}.1012.3.28.2.1.4.${cell}`).value)).toBe(phase)
    expect(signed(get(other, 'ZT', `${z}.1012.3.28.2.1.7.${cell}`).value)).toBe(reason)
    expect(signed(get(other, 'ZT', `${z}.1012.3.28.2.1.1.${cell}`).value)).toBe(
      kind === 'disable' ? 2 : 1,
    )
  })

  it('marks missing light with 65535 and -80000 in both trees', () => {
    const dark = smallPlant(clock)
    dark.control({ kind: 'cut-pon', olt: 'ZT', pon: '1/1/1' })
    expect(numbers(walk(dark, 'ZT', `${z}.1012.3.50.12.1.1.10.268501248`))).toEqual(
      Array(6).fill(65_535),
    )
    expect(numbers(walk(dark, 'ZT', `${z}.1082.500.20.2.2.2.1.10.285278465`))).toEqual(
      Array(6).fill(65_535),
    )
    expect(numbers(walk(dark, 'ZT', `${z}.1015.1010.11.2.1.2.268501248`))).toEqual(
      Array(6).fill(-80_000),
    )
    expect(numbers(walk(dark, 'ZT', `${z}.1082.500.1.2.4.2.1.2.285278465`))).toEqual(
      Array(6).fill(-80_000),
    )
  })

  it('gives the light of the ONU under one more index, in steps of 0.002 dB', () => {
    const rows = walk(plant, 'ZT', `${z}.1012.3.50.12.1.1.10`)
    const truth = plant.truth('ZT')
    expect(rows).toHaveLength(11)
    for (const [i, row] of rows.entries()) {
      expect(row.oid.endsWith('.1')).toBe(true)
      expect(Math.abs(signed(row.value) * 0.002 - 30 - (truth.onus[i]?.rxDbm ?? 0))).toBeLessThan(
        0.0011,
      )
    }
  })

  it('never writes a power that reads as "none"', () => {
    expect(encodePower(-18.73)).toBe(5635)
    fc.assert(
      fc.property(fc.double({ min: -40, max: 8, noNaN: true }), (dbm) => {
        const value = encodePower(dbm)
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThan(65_535)
        const read = (value > 30_000 ? value - 65_536 : value) * 0.002 - 30
        expect(Math.abs(read - dbm)).toBeLessThan(0.0032)
      }),
      { seed: 31995 },
    )
  })

  it('gives serials as octets in the old tree and as prefixed text in the new one', () => {
    const [first] = plant.truth('ZT').onus
    const [octets] = walk(plant, 'ZT', `${z}.1012.3.28.1.1.5`)
    const [written] = walk(plant, 'ZT', `${z}.1082.500.10.2.3.3.1.18`)
    expect(octets?.value).toHaveLength(8)
    expect(text(written as Binding)).toBe(`1,${first?.serial}`)
  })

  it('counts octets in 32 bits that wrap, where the firmware does so', () => {
    const narrow = smallPlant(clock, { quirks: { counterBits: 32 } })
    const wide = walk(plant, 'ZT', `${z}.1015.1010.5.56.1.1.3`)
    const short = walk(narrow, 'ZT', `${z}.1015.1010.5.56.1.1.3`)
    expect(wide.every((row) => row.tag === 0x46)).toBe(true)
    expect(short.every((row) => row.tag === 0x41 && signed(row.value) < 2 ** 32)).toBe(true)
    expect(numbers(wide).some((value) => value > 2 ** 32)).toBe(true)
  })

  it('lists cards, and unconfigured ONUs in both trees', () => {
    expect(walk(plant, 'ZT', `${z}.1082.10.1.2.4.1.4`).map(text)).toEqual([
      'GTGOG',
      'GTGOG',
      'PRAM',
      'SMXA',
    ])
    expect(indexes(walk(plant, 'ZT', `${z}.1012.3.13.3.1.2`), 2)).toEqual(['268501248.1'])
    expect(indexes(walk(plant, 'ZT', `${z}.1082.500.2.2.11.2.1.2`), 2)).toEqual(['285278465.1'])
  })
})

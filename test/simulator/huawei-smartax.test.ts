import { describe, expect, it } from 'vitest'
import { get, manualClock, smallPlant, walk } from '../support/simulated-plant.ts'
import { type Binding, signed } from '../support/snmp-datagrams.ts'

const xpon = '1.3.6.1.4.1.2011.6.128.1.1'
const none = 2_147_483_647
const ifIndex = 4_194_304_000
const clock = manualClock()
const plant = smallPlant(clock, { quirks: { dateAndTimeOctets: 11 } })
const truth = plant.truth('HW')
const text = (binding: Binding): string => Buffer.from(binding.value).toString('utf8')
const onuCell = (column: string, onu: string): Binding => {
  const [pon = '', id = ''] = onu.split(':')
  const base = pon === '0/0/0' ? ifIndex : ifIndex + 0x2000 + 3 * 256
  return get(plant, 'HW', `${xpon}.${column}.${base}.${id}`)
}

describe('the Huawei SmartAX personality', () => {
  it('numbers GPON ports as the recordings do', () => {
    const names = walk(plant, 'HW', '1.3.6.1.2.1.31.1.1.1.1').map((b) => [
      b.oid.split('.').at(-1),
      text(b),
    ])
    expect(names).toContainEqual(['4194304000', 'GPON 0/0/0'])
    expect(names).toContainEqual([String(4_194_312_192 + 3 * 256), 'GPON 0/1/3'])
    expect(names).toContainEqual(['234897408', 'ethernet0/2/0'])
  })

  it('gives no value, not zero, for the optics of an ONU without light', () => {
    const dark = smallPlant(clock)
    dark.control({ kind: 'cut-pon', olt: 'HW', pon: '0/0/0' })
    for (const column of [1, 2, 3, 4, 5, 6]) {
      const rows = walk(dark, 'HW', `${xpon}.2.51.1.${column}.${ifIndex}`)
      expect(rows).toHaveLength(6)
      expect(rows.map((row) => signed(row.value))).toEqual(Array(6).fill(none))
    }
    expect(
      walk(dark, 'HW', `${xpon}.2.46.1.20.${ifIndex}`).map((row) => signed(row.value)),
    ).toEqual(Array(6).fill(-1))
  })

  it('lets optics vanish altogether where the firmware does so', () => {
    const dark = smallPlant(clock, { quirks: { offlineOptics: 'absent' } })
    const column = `${xpon}.2.51.1.4`
    const before = walk(dark, 'HW', column).length
    dark.control({ kind: 'cut-pon', olt: 'HW', pon: '0/0/0' })
    expect(walk(dark, 'HW', column, 10)).toHaveLength(before - 6)
    expect(get(dark, 'HW', `${column}.${ifIndex}.${truth.onus[0]?.onu.split(':')[1]}`).tag).toBe(
      0x81,
    )
  })

  it('gives serials as eight octets, four letters and four raw', () => {
    for (const { onu, serial } of truth.onus) {
      const { tag, value } = onuCell('2.43.1.3', onu)
      expect(tag).toBe(0x04)
      expect(value).toHaveLength(8)
      const letters = Buffer.from(value.subarray(0, 4)).toString('latin1')
      expect(letters + Buffer.from(value.subarray(4)).toString('hex').toUpperCase()).toBe(serial)
    }
  })

  it('tells run state, cause and light as the facts encode them', () => {
    for (const { onu, rxDbm, oltRxDbm, distanceM } of truth.onus) {
      expect(signed(onuCell('2.46.1.15', onu).value)).toBe(1)
      expect(signed(onuCell('2.46.1.20', onu).value)).toBe(distanceM)
      expect(signed(onuCell('2.51.1.4', onu).value)).toBe(Math.round(rxDbm * 100))
      expect(signed(onuCell('2.51.1.6', onu).value)).toBe(Math.round(oltRxDbm * 100 + 10_000))
    }
  })

  it.each([
    ['power-off', 13],
    ['cut-drop', 2],
    ['disable', 8],
  ] as const)('after %s gives down cause %i', (kind, number) => {
    const other = smallPlant(clock)
    const onu = other.truth('HW').onus[1]?.onu ?? ''
    other.control({ kind, olt: 'HW', which: { onus: [onu] } })
    const cell = `${ifIndex}.${onu.split(':')[1]}`
    clock.advance(4000)
    expect(signed(get(other, 'HW', `${xpon}.2.46.1.15.${cell}`).value)).toBe(2)
    expect(signed(get(other, 'HW', `${xpon}.2.46.1.24.${cell}`).value)).toBe(number)
    expect(signed(get(other, 'HW', `${xpon}.2.46.1.1.${cell}`).value)).toBe(
      kind === 'disable' ? 2 : 1,
    )
  })

  it('gives times as 11 octets of local time with the zone, or 8 without', () => {
    const [first] = truth.onus
    const long = Buffer.from(onuCell('2.46.1.22', first?.onu ?? '').value)
    expect(long).toHaveLength(11)
    expect(long.subarray(8).toString('hex')).toBe('2b0700')
    const year = new Date((first?.lastUpMs ?? 0) + 7 * 3_600_000).getUTCFullYear()
    expect(long.readUInt16BE(0)).toBe(year)
    const short = smallPlant(clock)
    expect(walk(short, 'HW', `${xpon}.2.46.1.22`)[0]?.value).toHaveLength(8)
  })

  it('shows unconfigured ONUs under their PON', () => {
    const rows = walk(plant, 'HW', `${xpon}.2.48.1.2`)
    expect(rows.map((row) => row.oid.split('.').slice(-2).join('.'))).toEqual([
      `${ifIndex + 0x2000 + 3 * 256}.1`,
      `${ifIndex + 0x2000 + 3 * 256}.2`,
    ])
    expect(walk(plant, 'HW', `${xpon}.2.48.1.10`)).toHaveLength(2)
  })

  it('counts octets in 64 bits that only grow', () => {
    const [first] = truth.onus
    const read = (): number => signed(onuCell('4.23.1.4', first?.onu ?? '').value)
    expect(onuCell('4.23.1.4', first?.onu ?? '').tag).toBe(0x46)
    let last = read()
    for (let i = 0; i < 200; i++) {
      clock.advance(300_000)
      const next = read()
      expect(next).toBeGreaterThan(last)
      last = next
    }
  })

  it('names boards and counts the ONUs of a port', () => {
    expect(walk(plant, 'HW', '1.3.6.1.4.1.2011.6.3.3.2.1.21').map(text)).toEqual([
      'H805GPFD',
      'H805GPFD',
      'H801MCUD',
    ])
    expect(walk(plant, 'HW', `${xpon}.2.21.1.16`).map((row) => signed(row.value))).toEqual([6, 5])
  })
})

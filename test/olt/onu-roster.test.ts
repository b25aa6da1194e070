import { describe, expect, it } from 'vitest'
import { packOnuAddress, ponOf, unpackOnuAddress } from '../../src-shared/domain/onu-address.ts'
import { createOnuRoster } from '../../src-main/olt/onu-roster.ts'

const pon = (port: number): number => packOnuAddress({ shelf: 0, slot: 0, port, onuId: 0 })
const serials = Array.from({ length: 900 }, (_, n) => `UBNT${n.toString(16).padStart(8, '0')}`)

describe('ONUs that the OLT gives no number', () => {
  it('never share an address', () => {
    const roster = createOnuRoster()
    const places = serials.map((serial) => roster.place(serial, pon(1)))
    expect(new Set(places).size).toBe(900)
    expect(places.every((place) => place > pon(1) && ponOf(place) === pon(1))).toBe(true)
  })

  it('are refused when a PON port has no number left', () => {
    const roster = createOnuRoster()
    for (let n = 0; n < 1023; n++) expect(roster.place(`s${n}`, pon(1))).toBeGreaterThan(0)
    expect(roster.place('one too many', pon(1))).toBe(-1)
  })

  it('have the same address after a restart, whoever else has come', () => {
    const before = createOnuRoster().place('UBNT01020304', pon(3))
    const after = createOnuRoster()
    after.place('UBNT99999999', pon(3))
    expect(after.place('UBNT01020304', pon(3))).toBe(before)
  })

  it('stay where they were last seen while they are offline', () => {
    const roster = createOnuRoster()
    const online = roster.place('UBNT01020304', pon(3))
    expect(roster.place('UBNT01020304', -1)).toBe(online)
    expect(roster.serialOf(online)).toBe('UBNT01020304')
  })

  it('move with their number when they come up on another port', () => {
    const roster = createOnuRoster()
    const first = roster.place('UBNT01020304', -1)
    const moved = roster.place('UBNT01020304', pon(5))
    expect(ponOf(moved)).toBe(pon(5))
    expect(unpackOnuAddress(moved).onuId).toBe(unpackOnuAddress(first).onuId)
    expect(roster.serialOf(first)).toBeUndefined()
  })
})

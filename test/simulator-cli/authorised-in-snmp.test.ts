import { describe, expect, it, onTestFinished } from 'vitest'
import { get, walk } from '../support/simulated-plant.ts'
import { bySsh } from './support/cli-person.ts'
import {
  bdcomOlt,
  cdataOlt,
  cliPlant,
  huaweiOlt,
  vsolOlt,
  zteC600Olt,
  zteOlt,
} from './support/cli-plant.ts'

/** How a family is told by its CLI, and where its SNMP tells of it (facts/olt.md 1 to 5 and 9). */
interface Way {
  readonly olt: Readonly<Record<string, unknown>> & { readonly name: string }
  readonly pon: string
  readonly serial: string
  /** Of the serial column. */
  readonly octets: string
  readonly enter: readonly string[]
  readonly add: readonly string[]
  readonly remove: readonly string[]
  readonly text: string
  /** Columns; a state is a number. */
  readonly serials: string
  readonly texts: string
  readonly states: string
  readonly booting: number
  readonly working: number
  /** Column of those that nobody has configured, and what it says; null: not by SNMP. */
  readonly found: { readonly column: string; readonly says: string } | null
  /** Index of the ONU's row. */
  readonly row: string
}

const huawei = '1.3.6.1.4.1.2011.6.128.1.1.2'
const zte = '1.3.6.1.4.1.3902'
const vsol = '1.3.6.1.4.1.37950.1.1.6.1.1'
const cdata = '1.3.6.1.4.1.17409.2.8.4'
const bdcom = '1.3.6.1.4.1.3320.101.10.1.1'
const zteSerial = { serial: 'ZTEGC0FFEE01', octets: 'ZTEG\u00c0\u00ff\u00ee\u0001' } as const

const ways: readonly Way[] = [
  {
    olt: huaweiOlt,
    pon: '0/0/1',
    serial: 'HWTC11E70E9A',
    octets: 'HWTC\u0011\u00e7\u000e\u009a',
    enter: ['enable', 'undo smart', 'scroll', 'config', 'interface gpon 0/0'],
    add: [
      'ont add 1 9 sn-auth 4857544311E70E9A omci ont-lineprofile-id 12 ont-srvprofile-id 101 desc "Rumah 7"',
    ],
    remove: ['ont delete 1 9'],
    text: 'Rumah 7',
    serials: `${huawei}.43.1.3`,
    texts: `${huawei}.43.1.9`,
    states: `${huawei}.46.1.15`,
    booting: 2,
    working: 1,
    found: { column: `${huawei}.48.1.2`, says: 'HWTC\u0011\u00e7\u000e\u009a' },
    row: '4194304256.9',
  },
  {
    olt: zteOlt,
    pon: '1/2/2',
    ...zteSerial,
    enter: ['enable', 'terminal length 0', 'configure terminal', 'interface gpon-olt_1/2/2'],
    add: [
      'onu 7 type ZTE-F660V6.0 sn ZTEGC0FFEE01',
      'interface gpon-onu_1/2/2:7',
      'description Rumah 7',
    ],
    remove: ['interface gpon-olt_1/2/2', 'no onu 7'],
    text: 'Rumah 7',
    serials: `${zte}.1012.3.28.1.1.5`,
    texts: `${zte}.1012.3.28.1.1.3`,
    states: `${zte}.1012.3.28.2.1.4`,
    booting: 6,
    working: 3,
    found: { column: `${zte}.1012.3.13.3.1.2`, says: zteSerial.octets },
    row: '268567040.7',
  },
  {
    olt: zteC600Olt,
    pon: '1/2/2',
    ...zteSerial,
    enter: ['terminal length 0', 'configure terminal', 'interface gpon_olt-1/2/2'],
    add: [
      'onu 7 type ZTE-F660V6.0 sn ZTEGC0FFEE01',
      'interface gpon_onu-1/2/2:7',
      'description Rumah 7',
    ],
    remove: ['interface gpon_olt-1/2/2', 'no onu 7'],
    text: 'Rumah 7',
    serials: `${zte}.1082.500.10.2.3.3.1.6`,
    texts: `${zte}.1082.500.10.2.3.3.1.3`,
    states: `${zte}.1082.500.10.2.3.8.1.4`,
    booting: 7,
    working: 4,
    found: { column: `${zte}.1082.500.2.2.11.2.1.2`, says: zteSerial.octets },
    row: '285278722.7',
  },
  {
    olt: vsolOlt,
    pon: '0/0/1',
    serial: 'GPON0A0B0C0D',
    octets: 'GPON0A0B0C0D',
    enter: ['enable', 'configure terminal', 'interface gpon 0/1'],
    add: ['onu add 9 profile default sn GPON0A0B0C0D', 'onu 9 desc Rumah_7'],
    remove: ['no onu 9'],
    text: 'Rumah_7',
    serials: `${vsol}.2.1.5`,
    texts: `${vsol}.4.1.24`,
    states: `${vsol}.1.1.5`,
    booting: 6,
    working: 3,
    found: null,
    row: '1.9',
  },
  {
    olt: cdataOlt,
    pon: '0/0/1',
    serial: 'CDTC0A0B0C0D',
    octets: 'CDTC\u000a\u000b\u000c\u000d',
    enter: ['enable', 'config', 'interface gpon 0/0'],
    add: [
      'ont add 1 9 sn-auth CDTC0A0B0C0D ont-lineprofile-id 12 ont-srvprofile-id 101',
      'ont description 1 9 Rumah 7',
    ],
    remove: ['ont delete 1 9'],
    text: 'Rumah 7',
    serials: `${cdata}.1.1.3`,
    texts: `${cdata}.1.1.2`,
    states: `${cdata}.1.1.7`,
    booting: 2,
    working: 1,
    found: { column: `${cdata}.7.1.3`, says: 'CDTC0A0B0C0D' },
    row: String(0x01000109),
  },
  {
    olt: bdcomOlt,
    pon: '0/0/1',
    serial: '02:BD:C0:0A:0B:0C',
    octets: '\u0002\u00bd\u00c0\u000a\u000b\u000c',
    enter: ['enable', 'terminal length 0', 'config', 'interface epon 0/1'],
    add: ['epon bind-onu mac 02bd.c00a.0b0c 9', 'interface epon 0/1:9', 'description Rumah_7'],
    remove: ['interface epon 0/1', 'no epon bind-onu sequence 9'],
    text: 'Rumah_7',
    serials: `${bdcom}.3`,
    texts: '1.3.6.1.2.1.31.1.1.1.18',
    states: `${bdcom}.26`,
    booting: 2,
    working: 3,
    found: null,
    // an interface of its own: behind those of the 33 that are there
    row: '63',
  },
]

describe('what is authorised by SSH shows in SNMP, and what is deleted is gone', () => {
  it.each(ways)('on a simulated $olt.family', async (way) => {
    const { name } = way.olt
    const { plant, cli, control, clock } = await cliPlant(way.olt)
    const column = (oid: string): ReadonlyMap<string, string> =>
      new Map(
        walk(plant, name, oid).map((row) => [
          row.oid.slice(oid.length + 1),
          Buffer.from(row.value).toString('latin1'),
        ]),
      )
    const found = (): readonly string[] =>
      way.found === null ? [] : [...column(way.found.column).values()]
    const waits = way.found === null ? [] : [way.found.says]
    const state = (): number => get(plant, name, `${way.states}.${way.row}`).value[0] ?? -1

    control({ kind: 'add-unconfigured', olt: name, pon: way.pon, serial: way.serial })
    expect(found()).toEqual(waits)
    expect(column(way.serials).has(way.row)).toBe(false)
    const person = await bySsh({
      port: cli.sshPort ?? 0,
      userName: cli.userName,
      password: cli.password,
    })
    onTestFinished(() => person.leave())
    await person.until(/[>#] ?$/)
    const type = async (lines: readonly string[]) => {
      for (const line of lines) await person.say(line, /[>#] ?$/)
    }
    await type([...way.enter, ...way.add])
    expect(column(way.serials).get(way.row)).toBe(way.octets)
    expect(column(way.texts).get(way.row)).toBe(way.text)
    expect([state(), found()]).toEqual([way.booting, []])
    clock.ms += 61_000
    expect(state()).toBe(way.working)
    await type(way.remove)
    expect(column(way.serials).has(way.row)).toBe(false)
    expect(found()).toEqual(waits)
  })
})

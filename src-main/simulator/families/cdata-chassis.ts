import { type OltModel, type PonPort, ponName } from '../population/olt-model.ts'
import { unit } from '../population/seeded-random.ts'
import type { Column, ValueWriter } from '../snmp/mib-view.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer, text } from './cell-writers.ts'
import { cdataOnuIndex, cdataPonIndex } from './cdata-index.ts'
import { type FamilyView, table } from './family.ts'
import { type Interface, interfaceTables } from './interfaces.ts'
import { isPonUp } from './onu-cells.ts'
import { onuSetters } from './onu-setters.ts'
import { scalarRow, systemGroup } from './system-group.ts'

/** Behind the eight PON ports; the recording is of another box and counts the other way round. */
const firstUplink = 9
const uplinks = 4

/** System, interfaces and PON modules of an FD1608S (facts/olt.md 5; shapes of a relative's recording). */
export const cdataChassis = (olt: OltModel): FamilyView => {
  const draw = (item: number, what: number): number => unit(olt.seed, item, what)
  const pon = (item: number): PonPort => olt.pons[item] as PonPort
  // device, slot, interface
  const ponRows = new RowSet(3, () =>
    olt.pons.map((one, item) => ({ index: [1, one.slot, cdataPonIndex(one)], item })),
  )
  const scalar = (oid: string, write: ValueWriter): Column => ({
    oid: parseOid(`1.3.6.1.4.1.${oid}`),
    rows: scalarRow(),
    write,
  })
  return {
    rowSets: [],
    columns: [
      // free text, by default the name of the box
      ...systemGroup(olt, {
        description: olt.name.toLowerCase(),
        objectId: '1.3.6.1.4.1.17409',
      }).columns,
      ...interfaceTables(olt, interfacesOf(olt)).columns,
      scalar(
        '17409.2.3.1.1.13',
        text(() => `AF16-${olt.serialBase % 1e10}`),
      ),
      { ...scalar('17409.2.3.1.1.14', constant(0)), set: onuSetters(olt).save },
      scalar(
        '34592.1.3.1.5.2.1.1.4',
        text(() => 'V1.2'),
      ),
      scalar(
        '34592.1.3.1.5.2.1.1.5',
        text(() => 'V3.3.86'),
      ),
      scalar(
        '34592.1.3.100.1.8.1',
        integer(
          (_, nowMs) => 9 + Math.floor(14 * unit(olt.seed, 1, 91, Math.floor(nowMs / 60_000))),
        ),
      ),
      scalar('34592.1.3.100.1.8.2', constant(242)),
      scalar('34592.1.3.100.1.8.3', constant(70 + Math.floor(40 * draw(0, 92)))),
      scalar('34592.1.3.100.1.8.6', constant(280 + Math.floor(80 * draw(0, 93)))),
      ...table('1.3.6.1.4.1.17409.2.3.3.5.1', ponRows, {
        4: integer((item) => 319 + Math.floor(10 * draw(item, 94))),
        5: integer((item) => (pon(item).laser.dark ? 0 : 1200 + Math.floor(900 * draw(item, 95)))),
        6: integer((item) =>
          pon(item).laser.dark ? -4000 : Math.round(pon(item).launchDbm * 100),
        ),
        100: integer((item) => 3000 + Math.floor(1200 * draw(item, 96))),
      }),
    ],
  }
}

const interfacesOf = (olt: OltModel): readonly Interface[] => [
  ...olt.pons.map((pon, item): Interface => ({
    ifIndex: cdataPonIndex(pon),
    name: `pon${ponName(pon)}`,
    description: `pon${ponName(pon)}`,
    type: 117,
    mtu: 1500,
    speedMbps: 2488,
    mac: new Uint8Array(0),
    downRate: 6_000_000,
    alias: '',
    isUp: (nowMs) => isPonUp(olt, item, nowMs),
  })),
  ...Array.from({ length: uplinks }, (_, p): Interface => ({
    ifIndex: cdataOnuIndex({ ...(olt.pons[0] as PonPort), port: firstUplink + p }, 0),
    name: `ge0/0/${p + 1}${p === 0 ? '-uplink' : ''}`,
    description: `ge0/0/${p + 1}${p === 0 ? '-uplink' : ''}`,
    type: 117,
    mtu: 1500,
    speedMbps: 1000,
    mac: new Uint8Array(0),
    downRate: p === 0 ? 80_000 * olt.onus.count : 0,
    alias: '',
    isUp: () => p === 0,
  })),
]

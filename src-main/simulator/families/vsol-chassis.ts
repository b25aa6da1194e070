import { descriptionOf } from '../population/olt-config.ts'
import type { OltModel, PonPort } from '../population/olt-model.ts'
import { unit } from '../population/seeded-random.ts'
import type { Column, ValueWriter } from '../snmp/mib-view.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer, text } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { type Interface, interfaceTables } from './interfaces.ts'
import { countOnline, countOnus, isPonUp, macOf } from './onu-cells.ts'
import { scalarRow, systemGroup } from './system-group.ts'

const vsol = '1.3.6.1.4.1.37950.1.1'
const uplinks = 4
const ponPorts = 8
/** As in the recording of a relative: uplinks, PON ports, a VLAN, then the ONUs. */
const vlanIfIndex = uplinks + ponPorts + 1

/** ifName of an ONU and of its PON port, `GPON0/1:3` and `GPON0/1` (facts/olt.md 3). */
const vsolOnuName = (olt: OltModel, onu: number): string =>
  `${vsolPonName(olt.pons[olt.onus.pon[onu] as number] as PonPort)}:${olt.onus.onuId[onu] as number}`

const vsolPonName = (pon: PonPort): string => `GPON0/${pon.port}`

/** System, interfaces and PON modules of a V1600G (facts/olt.md 3; shapes of the V1600D recording). */
export const vsolChassis = (olt: OltModel): FamilyView => {
  const draw = (item: number, what: number): number => unit(olt.seed, item, what)
  const pon = (item: number): PonPort => olt.pons[item] as PonPort
  const ponRows = new RowSet(1, () => olt.pons.map(({ port }, item) => ({ index: [port], item })))
  const scalar = (oid: string, write: ValueWriter): Column => ({
    oid: parseOid(`${vsol}.${oid}`),
    rows: scalarRow(),
    write,
  })
  const interfaces = interfaceTables(olt, interfacesOf(olt), {
    ifIndexOf: (onu) => vlanIfIndex + 1 + onu,
    nameOf: (onu) => vsolOnuName(olt, onu),
    macOf: (onu) => macOf(olt, onu),
    aliasOf: (onu) => descriptionOf(olt, onu),
    speedMbps: 1000,
  })
  return {
    rowSets: interfaces.rowSets,
    columns: [
      ...systemGroup(olt, {
        description: olt.scenario.model,
        objectId: `${vsol}.5.10.14.1`,
      }).columns,
      ...interfaces.columns,
      scalar(
        '5.10.12.3',
        integer(
          (_, nowMs) => 14 + Math.floor(18 * unit(olt.seed, 1, 91, Math.floor(nowMs / 60_000))),
        ),
      ),
      scalar('5.10.12.4', constant(18 + Math.floor(20 * draw(0, 92)))),
      scalar(
        '5.10.12.5.1',
        text(() => `${olt.scenario.model}_GPON`),
      ),
      scalar(
        '5.10.12.5.4',
        text(() => 'V1.4.2R'),
      ),
      scalar(
        '5.10.12.5.5',
        text(() => 'V1.0.1'),
      ),
      scalar('5.10.12.5.9', constant(36 + Math.floor(10 * draw(0, 93)))),
      scalar(
        '5.10.12.5.11',
        text(() => `V22${String(olt.serialBase % 1e8).padStart(8, '0')}`),
      ),
      scalar(
        '5.10.12.5.15',
        text(() => 'GPON-OLT'),
      ),
      ...table(`${vsol}.5.10.13.1.1`, ponRows, {
        1: integer((item) => pon(item).port),
        2: text((item) => `${(27 + 12 * draw(item, 94)).toFixed(2)} .C`),
        3: text((item) => `${(3.2 + 0.09 * draw(item, 95)).toFixed(2)} V`),
        4: text((item) =>
          pon(item).laser.dark ? '0.00 mA' : `${(12 + 9 * draw(item, 96)).toFixed(2)} mA`,
        ),
        5: text((item) =>
          pon(item).laser.dark ? '-40.00 dbm' : `${pon(item).launchDbm.toFixed(2)} dbm`,
        ),
      }),
      ...table(`${vsol}.6.1.1.18.1`, ponRows, {
        2: integer((item) => countOnus(olt, item)),
        3: integer((item, nowMs) => countOnline(olt, item, nowMs)),
      }),
    ],
  }
}

const interfacesOf = (olt: OltModel): readonly Interface[] => {
  const mac = Uint8Array.from([0x02, 0x6d, 0x61, 0x16, 0x00, 0x01])
  const base = { mtu: 1500, mac, downRate: 0, alias: '' }
  return [
    ...Array.from({ length: uplinks }, (_, p): Interface => ({
      ...base,
      ifIndex: p + 1,
      name: `GE0/${p + 1}`,
      description: ' ',
      type: 6,
      speedMbps: 1000,
      downRate: p === 0 ? 80_000 * olt.onus.count : 0,
      isUp: () => p === 0,
    })),
    ...olt.pons.map((pon, item): Interface => ({
      ...base,
      ifIndex: uplinks + pon.port,
      name: vsolPonName(pon),
      description: ' ',
      type: 1,
      speedMbps: 2488,
      downRate: 6_000_000,
      isUp: (nowMs) => isPonUp(olt, item, nowMs),
    })),
    {
      ...base,
      ifIndex: vlanIfIndex,
      name: 'vlan110',
      description: 'vlan110',
      type: 53,
      speedMbps: 1000,
      isUp: () => true,
    },
  ]
}

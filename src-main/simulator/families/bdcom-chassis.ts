import { descriptionOf } from '../population/olt-config.ts'
import type { OltModel, PonPort } from '../population/olt-model.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { type Interface, interfaceTables } from './interfaces.ts'
import { countOnline, countOnus, isPonUp, macOf } from './onu-cells.ts'
import { onuSetters } from './onu-setters.ts'
import { scalarRow, systemGroup } from './system-group.ts'

const enterprise = '1.3.6.1.4.1.3320'
const uplinks = 6
const firstPon = uplinks + 1
/** ONUs get their interfaces in the order in which they were bound, as in a relative's recording. */
const firstOnu = 30

export const bdcomOnuIfIndex = (onu: number): number => firstOnu + onu

export const bdcomPonName = (pon: PonPort): string => `EPON0/${pon.port}`

/** `EPON0/1:3`, by which an ONU's place is known. */
export const bdcomOnuName = (olt: OltModel, onu: number): string =>
  `${bdcomPonName(olt.pons[olt.onus.pon[onu] as number] as PonPort)}:${olt.onus.onuId[onu] as number}`

/** System, interfaces and PON ports of a P3310C (facts/olt.md 4; shapes of a relative's recording). */
export const bdcomChassis = (olt: OltModel): FamilyView => {
  const ponRows = new RowSet(1, () =>
    olt.pons.map(({ port }, item) => ({ index: [firstPon + port - 1], item })),
  )
  const interfaces = interfaceTables(olt, interfacesOf(olt), {
    ifIndexOf: bdcomOnuIfIndex,
    nameOf: (onu) => bdcomOnuName(olt, onu),
    macOf: (onu) => macOf(olt, onu),
    aliasOf: (onu) => descriptionOf(olt, onu),
    speedMbps: 1000,
  })
  return {
    rowSets: interfaces.rowSets,
    columns: [
      ...systemGroup(olt, {
        description: [
          `BDCOM(tm) ${olt.scenario.model} Software, Version 10.1.0F Build 69083`,
          'Copyright by Shanghai Baud Data Communication CO. LTD.',
          'Compiled: 2019-10-18 9:54:22 by SYS',
        ].join('\r\n'),
        objectId: `${enterprise}.1.294.0`,
      }).columns,
      ...interfaces.columns,
      ...table(`${enterprise}.101.6.1.1`, ponRows, {
        1: integer((item) => firstPon + (olt.pons[item] as PonPort).port - 1),
        9: constant(1),
        12: integer((item) => (olt.pons[item]?.laser.dark === true ? 2 : 1)),
        21: integer((item, nowMs) => countOnline(olt, item, nowMs)),
        22: integer((item, nowMs) => countOnus(olt, item) - countOnline(olt, item, nowMs)),
      }),
      {
        oid: parseOid(`${enterprise}.20.15.1.1`),
        rows: scalarRow(),
        write: constant(0),
        set: onuSetters(olt).save,
      },
    ],
  }
}

const interfacesOf = (olt: OltModel): readonly Interface[] => {
  const base = {
    mtu: 1500,
    speedMbps: 1000,
    mac: Uint8Array.from([0x02, 0xfa, 0xf7, 0x33, 0x10, 0x01]),
    alias: '',
  }
  return [
    ...Array.from({ length: uplinks }, (_, p): Interface => ({
      ...base,
      ifIndex: p + 1,
      name: `GigaEthernet0/${p + 1}`,
      description: `GigaEthernet0/${p + 1}`,
      type: 6,
      downRate: p === 0 ? 80_000 * olt.onus.count : 0,
      isUp: () => p === 0,
    })),
    ...olt.pons.map((pon, item): Interface => ({
      ...base,
      ifIndex: firstPon + pon.port - 1,
      name: bdcomPonName(pon),
      description: bdcomPonName(pon),
      type: 1,
      downRate: 3_000_000,
      isUp: (nowMs) => isPonUp(olt, item, nowMs),
    })),
  ]
}

import { type OltModel, type PonPort, presentOnus } from '../population/olt-model.ts'
import { onuOctets } from '../population/onu-readings.ts'
import type { ValueWriter } from '../snmp/mib-view.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, counter, integer, text, writeSerial } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { modelOf } from './onu-cells.ts'
import { heardRows, onuSetters } from './onu-setters.ts'
import { hasOptics } from './optics.ts'
import { scalarRow } from './system-group.ts'
import { newTreeIndex } from './zte-index.ts'
import { uniLink, zteOnuCells } from './zte-onu-cells.ts'

/** Rows of ONUs under a numbering of PON ports, with fixed arcs behind. */
export const zteOnuRows = (
  olt: OltModel,
  space: (p: number) => number,
  ...tail: readonly number[]
): RowSet =>
  new RowSet(2 + tail.length, () =>
    presentOnus(olt).map((onu) => ({
      index: [space(olt.onus.pon[onu] as number), olt.onus.onuId[onu] as number, ...tail],
      item: onu,
    })),
  )

/** Rows of ONUs that nobody has configured, counted on each PON port. */
export const zteFoundRows = (olt: OltModel, space: (p: number) => number): RowSet =>
  new RowSet(2, () => {
    const perPon = new Map<number, number>()
    return olt.unconfigured.map((found, item) => {
      const n = (perPon.get(found.pon) ?? 0) + 1
      perPon.set(found.pon, n)
      return { index: [space(found.pon), n], item }
    })
  })

/** What is told of such an ONU. */
export const zteFoundCells = (olt: OltModel) => {
  const found = (item: number) => olt.unconfigured[item]
  const serial: ValueWriter = (writer, item) =>
    writeSerial(writer, found(item)?.vendor ?? 0, found(item)?.number ?? 0)
  return {
    serial,
    type: text((item) => `ZTE-${found(item)?.model.equipment ?? ''}`),
    software: text((item) => found(item)?.model.software ?? ''),
  }
}

/**
 * The 1082 tree: all that a C600 has, and the second of two on a C300/C320 V2.1. Index space (b).
 * `serials`: where sources disagree, the column of 500.10.2.3.3.1 that holds serial numbers.
 */
export const zteNewTree = (
  olt: OltModel,
  serials: Readonly<Record<number, ValueWriter>>,
): FamilyView => {
  const enterprise = '1.3.6.1.4.1.3902.1082'
  const bits = olt.quirks.counterBits
  const space = (p: number): number => {
    const { slot, port } = olt.pons[p] as PonPort
    return newTreeIndex(slot, port)
  }
  const onus = zteOnuRows(olt, space)
  const interfaces = zteOnuRows(olt, space, 1)
  const found = zteFoundRows(olt, space)
  const ports = new RowSet(3, () =>
    presentOnus(olt).flatMap((onu) =>
      Array.from({ length: modelOf(olt, onu).ethernetPorts }, (_, p) => ({
        index: [space(olt.onus.pon[onu] as number), olt.onus.onuId[onu] as number, p + 1],
        item: onu * 8 + p,
      })),
    ),
  )
  const cells = zteOnuCells(olt)
  const foundCells = zteFoundCells(olt)
  const sets = onuSetters(olt)
  return {
    rowSets: [onus, interfaces, found, ports],
    columns: [
      ...table(`${enterprise}.500.1.2.4.2.1`, onus, { 2: cells.oltRx }, hasOptics(olt)),
      ...table(
        `${enterprise}.500.2.2.11.2.1`,
        found,
        {
          2: foundCells.serial,
          8: foundCells.type,
          10: foundCells.software,
        },
        heardRows(olt),
      ),
      ...table(`${enterprise}.500.4.2.2.2.1`, onus, {
        1: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, true)),
        44: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, false)),
      }),
      ...table(
        `${enterprise}.500.10.2.3.3.1`,
        onus,
        {
          1: cells.type,
          2: cells.name,
          3: cells.description,
          ...serials,
        },
        undefined,
        { 2: sets.name, 3: sets.description },
      ),
      ...table(
        `${enterprise}.500.10.2.3.8.1`,
        onus,
        {
          1: cells.admin,
          4: cells.phaseInNewTree,
          5: cells.lastOnline,
          6: cells.lastOffline,
          7: cells.reason,
        },
        undefined,
        { 1: sets.admin(1, 2) },
      ),
      ...table(`${enterprise}.500.20.2.1.10.1`, onus, { 1: constant(0) }, undefined, {
        1: sets.reboot(1),
      }),
      {
        oid: parseOid(`${enterprise}.20.1.2.10.1.1`),
        rows: scalarRow(),
        write: constant(0),
        set: sets.save,
      },
      ...table(`${enterprise}.500.10.2.3.10.1`, onus, { 2: cells.distance }),
      ...table(`${enterprise}.500.20.2.1.2.1`, onus, {
        1: cells.vendor,
        2: cells.software,
        3: cells.serial,
        8: cells.equipment,
      }),
      ...table(
        `${enterprise}.500.20.2.2.2.1`,
        interfaces,
        { 10: cells.onuRx, 14: cells.onuTx, 17: cells.voltage, 19: cells.temperature },
        hasOptics(olt),
      ),
      ...table(`${enterprise}.500.20.2.3.2.1`, ports, {
        5: constant(1),
        6: integer((item, nowMs) => uniLink(olt, item, nowMs)),
      }),
    ],
  }
}

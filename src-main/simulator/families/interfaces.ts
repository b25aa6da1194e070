import { type OltModel, presentOnus } from '../population/olt-model.ts'
import { isOnline, onuOctets, portOctets } from '../population/onu-readings.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import {
  constant,
  counter,
  gauge32,
  integer,
  octets as octetString,
  text,
  timeTicks,
} from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { scalarRow } from './system-group.ts'

export interface Interface {
  readonly ifIndex: number
  readonly name: string
  readonly description: string
  /** IANAifType: 6 ethernet, 24 loopback, 250 gpon. */
  readonly type: number
  readonly mtu: number
  readonly speedMbps: number
  readonly mac: Uint8Array
  /** Mean octets per second towards the subscribers; 0 for an idle port. */
  readonly downRate: number
  readonly alias: string
  readonly isUp: (nowMs: number) => boolean
}

/** Of families that give each ONU an interface of its own. */
export interface OnuInterfaces {
  readonly ifIndexOf: (onu: number) => number
  readonly nameOf: (onu: number) => string
  readonly macOf: (onu: number) => Uint8Array
  readonly aliasOf: (onu: number) => string
  readonly speedMbps: number
}

/** ifTable and ifXTable (RFC 2863). ONUs with interfaces come after the ports of the chassis. */
export const interfaceTables = (
  olt: OltModel,
  list: readonly Interface[],
  ofOnus?: OnuInterfaces,
): FamilyView => {
  const rows = new RowSet(1, () => [
    ...list.map(({ ifIndex }, item) => ({ index: [ifIndex], item })),
    ...(ofOnus === undefined
      ? []
      : presentOnus(olt).map((onu) => ({
          index: [ofOnus.ifIndexOf(onu)],
          item: list.length + onu,
        }))),
  ])
  const at = (item: number): Interface =>
    list[item] ?? onuInterface(olt, ofOnus as OnuInterfaces, item - list.length)
  const octets = (item: number, nowMs: number, up: boolean): number =>
    item >= list.length
      ? onuOctets(olt, item - list.length, nowMs, up)
      : portOctets(olt, item, at(item).downRate * (up ? 0.12 : 1), nowMs)
  const octetsIn = (item: number, nowMs: number): number => octets(item, nowMs, true)
  const octetsOut = (item: number, nowMs: number): number => octets(item, nowMs, false)
  const frames = (read: typeof octetsIn) => (item: number, nowMs: number) =>
    Math.floor(read(item, nowMs) / 870)
  const zero = counter(32, () => 0)
  const zero64 = counter(64, () => 0)
  return {
    rowSets: [rows],
    columns: [
      { oid: parseOid('1.3.6.1.2.1.2.1'), rows: scalarRow(), write: integer(() => rows.count) },
      ...table('1.3.6.1.2.1.2.2.1', rows, {
        1: integer((item) => at(item).ifIndex | 0),
        2: text((item) => at(item).description),
        3: integer((item) => at(item).type),
        4: integer((item) => at(item).mtu),
        5: gauge32((item) => Math.min(0xffffffff, at(item).speedMbps * 1_000_000)),
        6: octetString((item) => at(item).mac),
        7: constant(1),
        8: integer((item, nowMs) => (at(item).isUp(nowMs) ? 1 : 2)),
        9: timeTicks(() => 0),
        10: counter(32, octetsIn),
        11: counter(32, frames(octetsIn)),
        13: zero,
        14: zero,
        16: counter(32, octetsOut),
        17: counter(32, frames(octetsOut)),
        19: zero,
        20: zero,
      }),
      ...table('1.3.6.1.2.1.31.1.1.1', rows, {
        1: text((item) => at(item).name),
        2: zero,
        3: zero,
        4: zero,
        5: zero,
        6: counter(64, octetsIn),
        7: counter(64, frames(octetsIn)),
        8: zero64,
        9: zero64,
        10: counter(64, octetsOut),
        11: counter(64, frames(octetsOut)),
        12: zero64,
        13: zero64,
        14: constant(2),
        15: gauge32((item) => at(item).speedMbps),
        16: constant(2),
        17: constant(2),
        18: text((item) => at(item).alias),
        19: timeTicks(() => 0),
      }),
    ],
  }
}

/** Made when a cell of it is asked for. */
const onuInterface = (olt: OltModel, ofOnus: OnuInterfaces, onu: number): Interface => ({
  ifIndex: ofOnus.ifIndexOf(onu),
  name: ofOnus.nameOf(onu),
  description: ofOnus.nameOf(onu),
  type: 1,
  mtu: 1500,
  speedMbps: ofOnus.speedMbps,
  mac: ofOnus.macOf(onu),
  downRate: 0,
  alias: ofOnus.aliasOf(onu),
  isUp: (nowMs) => isOnline(olt, onu, nowMs),
})

import type { OltModel } from '../population/olt-model.ts'
import { portOctets } from '../population/onu-readings.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, counter, gauge32, integer, octets, text, timeTicks } from './cell-writers.ts'
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

/** ifTable and ifXTable (RFC 2863). */
export const interfaceTables = (olt: OltModel, list: readonly Interface[]): FamilyView => {
  const rows = new RowSet(1, () => list.map(({ ifIndex }, item) => ({ index: [ifIndex], item })))
  const at = (item: number): Interface => list[item] as Interface
  const octetsIn = (item: number, nowMs: number): number =>
    portOctets(olt, item, at(item).downRate * 0.12, nowMs)
  const octetsOut = (item: number, nowMs: number): number =>
    portOctets(olt, item, at(item).downRate, nowMs)
  const frames = (read: typeof octetsIn) => (item: number, nowMs: number) =>
    Math.floor(read(item, nowMs) / 870)
  const zero = counter(32, () => 0)
  const zero64 = counter(64, () => 0)
  return {
    rowSets: [],
    columns: [
      { oid: parseOid('1.3.6.1.2.1.2.1'), rows: scalarRow(), write: constant(list.length) },
      ...table('1.3.6.1.2.1.2.2.1', rows, {
        1: integer((item) => at(item).ifIndex | 0),
        2: text((item) => at(item).description),
        3: integer((item) => at(item).type),
        4: integer((item) => at(item).mtu),
        5: gauge32((item) => Math.min(0xffffffff, at(item).speedMbps * 1_000_000)),
        6: octets((item) => at(item).mac),
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

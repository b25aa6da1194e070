import type { OltModel, PonPort } from '../population/olt-model.ts'
import { ponName } from '../population/olt-model.ts'
import { unit } from '../population/seeded-random.ts'
import { parseOid } from '../snmp/oid.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer, text, writeDateAndTime } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { ethernetIfIndex, gponIfIndex } from './huawei-index.ts'
import { type Interface, interfaceTables } from './interfaces.ts'
import { countOnus, isPonUp, wallClock } from './onu-cells.ts'
import { scalarRow, systemGroup, type SystemIdentity } from './system-group.ts'

interface Board {
  readonly slot: number
  readonly name: string
}

interface Personality extends SystemIdentity {
  readonly version: string
  readonly ponBoard: string
  readonly controlBoard: string
  readonly controlSlot: number
  readonly uplinks: number
}

/** sysObjectIDs from facts/olt.md 1.1. The MA5800's is not known: its value here is invented. */
const personalities: Readonly<Record<string, Personality>> = {
  MA5608T: {
    description: 'Huawei Integrated Access Software',
    objectId: '1.3.6.1.4.1.2011.2.248',
    version: 'MA5608T V800R018C10',
    ponBoard: 'H805GPFD',
    controlBoard: 'H801MCUD',
    controlSlot: 2,
    uplinks: 4,
  },
  MA5683T: {
    description: 'Huawei Integrated Access Software',
    objectId: '1.3.6.1.4.1.2011.2.133',
    version: 'MA5683T V800R018C10',
    ponBoard: 'H805GPFD',
    controlBoard: 'H802SCUN',
    controlSlot: 7,
    uplinks: 4,
  },
  'MA5800-X7': {
    description: 'Huawei Integrated Access Software.MA5800V100R022',
    objectId: '1.3.6.1.4.1.2011.2.999',
    version: 'MA5800V100R022C00',
    ponBoard: 'H901GPHF',
    controlBoard: 'H903MPLB',
    controlSlot: 8,
    uplinks: 4,
  },
}

/** "No value" in every optical column. */
const noValue = 2_147_483_647
const xpon = '1.3.6.1.4.1.2011.6.128.1.1.2'

/** System, interfaces, boards and PON ports of a SmartAX (facts/olt.md 1.1 to 1.3, recording). */
export const huaweiChassis = (olt: OltModel): FamilyView => {
  const personality = personalities[olt.scenario.model] as Personality
  const boards = boardsOf(olt, personality)
  const ponRows = new RowSet(1, () =>
    olt.pons.map((pon, item) => ({ index: [gponIfIndex(pon)], item })),
  )
  const boardRows = new RowSet(2, () =>
    boards.map(({ slot }, item) => ({ index: [0, slot], item })),
  )
  const clock = wallClock(olt)
  const pon = (item: number): PonPort => olt.pons[item] as PonPort
  const draw = (item: number, what: number): number => unit(olt.seed, item, what)
  const board = (item: number): Board => boards[item] as Board
  return {
    rowSets: [],
    columns: [
      ...systemGroup(olt, personality).columns,
      ...interfaceTables(olt, interfacesOf(olt, personality)).columns,
      {
        oid: parseOid('1.3.6.1.4.1.2011.6.3.1.999'),
        rows: scalarRow(),
        write: text(() => personality.version),
      },
      ...table('1.3.6.1.4.1.2011.2.6.7.1.1.2.1', boardRows, {
        5: integer(
          (item, nowMs) =>
            9 + Math.floor(14 * unit(olt.seed, item, 81, Math.floor(nowMs / 60_000))),
        ),
        6: integer((item) => 39 + Math.floor(20 * draw(item, 82))),
        7: text((item) => board(item).name),
        10: integer((item) => 29 + Math.floor(14 * draw(item, 83))),
        11: integer((item) => 40 + Math.floor(20 * draw(item, 84))),
      }),
      ...table('1.3.6.1.4.1.2011.6.3.3.2.1', boardRows, {
        1: integer((item) => board(item).slot),
        // 3 is what a board shows here that has failed; the recording holds working ones only
        8: integer((item) => (olt.failedSlots.has(board(item).slot) ? 3 : 2)),
        21: text((item) => board(item).name),
      }),
      ...table(`${xpon}.21.1`, ponRows, {
        6: text((item) => `FEEDER ${ponName(pon(item))}`),
        9: constant(1),
        10: integer((item, nowMs) => (isPonUp(olt, item, nowMs) ? 1 : 2)),
        16: integer((item) => countOnus(olt, item)),
        17: (writer) => writeDateAndTime(writer, olt.bootedAtMs + 95_000, clock),
        18: (writer, item, nowMs) =>
          writeDateAndTime(writer, cutOf(olt, item, nowMs)?.startMs ?? Number.NaN, clock),
        19: integer((item, nowMs) => (cutOf(olt, item, nowMs) ? 1 : -1)),
      }),
      ...table(`${xpon}.23.1`, ponRows, {
        1: integer((item) => 30 + Math.floor(12 * draw(item, 85))),
        2: integer((item) => 319 + Math.floor(8 * draw(item, 86))),
        3: integer((item) => (pon(item).laser.dark ? 0 : 28 + Math.floor(18 * draw(item, 87)))),
        4: integer((item) =>
          pon(item).laser.dark ? noValue : Math.round(pon(item).launchDbm * 100),
        ),
        5: constant(noValue),
      }),
    ],
  }
}

const cutOf = (olt: OltModel, item: number, nowMs: number) =>
  olt.pons[item]?.cuts.find((cut) => cut.beyondM === 0 && nowMs >= cut.startMs && nowMs < cut.endMs)

const boardsOf = (olt: OltModel, personality: Personality): readonly Board[] => [
  ...[...new Set(olt.pons.map((pon) => pon.slot))].map((slot) => ({
    slot,
    name: personality.ponBoard,
  })),
  { slot: personality.controlSlot, name: personality.controlBoard },
]

const interfacesOf = (olt: OltModel, personality: Personality): readonly Interface[] => {
  const noMac = new Uint8Array(6)
  const software = personality.version.replace(/ /g, '-')
  return [
    {
      ifIndex: 128,
      name: 'InLoopBack0',
      description: 'InLoopBack0',
      type: 24,
      mtu: 1500,
      speedMbps: 0,
      mac: noMac,
      downRate: 0,
      alias: '',
      isUp: () => true,
    },
    ...Array.from({ length: personality.uplinks }, (_, p): Interface => ({
      ifIndex: ethernetIfIndex(personality.controlSlot, p),
      name: `ethernet0/${personality.controlSlot}/${p}`,
      description: `Huawei-${software}-ETHERNET`,
      type: 6,
      mtu: 2048,
      speedMbps: 10_000,
      mac: noMac,
      downRate: p === 0 ? 80_000 * olt.onus.count : 0,
      alias: p === 0 ? 'uplink to core' : '',
      isUp: () => p === 0,
    })),
    ...olt.pons.map((pon, item): Interface => ({
      ifIndex: gponIfIndex(pon),
      name: `GPON ${ponName(pon)}`,
      description: `Huawei-${software}-GPON_UNI`,
      type: 250,
      mtu: 2000,
      speedMbps: 2488,
      mac: noMac,
      downRate: 6_000_000,
      alias: '',
      isUp: (nowMs) => isPonUp(olt, item, nowMs),
    })),
  ]
}

import { type OltModel, type PonPort, ponName } from '../population/olt-model.ts'
import { unit } from '../population/seeded-random.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer, text } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { type Interface, interfaceTables } from './interfaces.ts'
import { isPonUp } from './onu-cells.ts'
import { systemGroup } from './system-group.ts'
import { newTreeIndex } from './zte-index.ts'

interface Card {
  readonly slot: number
  readonly type: string
  readonly ports: number
}

const enterprise = '1.3.6.1.4.1.3902.1082'
const software = 'V1.2.2'

/** Slots of the control cards; the second stands by. A C620 has room for one. */
const controlSlots = { C600: [10, 11], C620: [3] } as const

/** System, cards, interfaces and optics of a C600 (facts/olt.md 2.1 to 2.3). */
export const zteC600Chassis = (olt: OltModel): FamilyView => {
  const { model } = olt.scenario
  const cards = cardsOf(olt)
  const card = (item: number): Card => cards[item] as Card
  const draw = (item: number, what: number): number => unit(olt.seed, item, what)
  const cardRows = new RowSet(3, () =>
    cards.map(({ slot }, item) => ({ index: [1, 1, slot], item })),
  )
  const opticRows = new RowSet(1, () =>
    olt.pons.map((pon, item) => ({ index: [newTreeIndex(pon.slot, pon.port)], item })),
  )
  return {
    rowSets: [],
    columns: [
      ...systemGroup(olt, {
        description: `ZXA10 ${model}, ZTE ZXA10 Software Version: ${software}`,
        objectId: `${enterprise}.1001.${model === 'C600' ? 600 : 620}.1.1`,
      }).columns,
      ...interfaceTables(olt, interfacesOf(olt)).columns,
      ...table(`${enterprise}.10.1.2.4.1`, cardRows, {
        2: constant(600_001),
        4: text((item) => card(item).type),
        5: integer((item) => (olt.failedSlots.has(card(item).slot) ? 6 : 1)),
        7: integer((item) => card(item).ports),
        9: integer(
          (item, nowMs) =>
            6 + Math.floor(12 * unit(olt.seed, item, 91, Math.floor(nowMs / 60_000))),
        ),
        11: integer((item) => 24 + Math.floor(12 * draw(item, 92))),
        14: text((item) => String(730_000_000_000 + Math.floor(draw(item, 93) * 9e9))),
        23: text(() => 'V1.8.0'),
        27: text(() => software),
      }),
      ...table(`${enterprise}.30.40.2.4.1`, opticRows, {
        2: constant(-80_000),
        3: integer((item) => {
          const { laser, launchDbm } = olt.pons[item] as PonPort
          return laser.dark ? -80_000 : Math.round(launchDbm * 1000)
        }),
        5: integer((item) => 14_000 + Math.floor(9000 * draw(item, 94))),
        6: integer((item) => 3240 + Math.floor(80 * draw(item, 95))),
        8: integer((item) => 33_000 + Math.floor(14_000 * draw(item, 96))),
      }),
    ],
  }
}

const controlSlotsOf = (olt: OltModel): readonly number[] =>
  controlSlots[olt.scenario.model === 'C620' ? 'C620' : 'C600']

const cardsOf = (olt: OltModel): readonly Card[] => [
  ...[...new Set(olt.pons.map((pon) => pon.slot))].map((slot) => ({
    slot,
    type: 'GFGL',
    ports: 16,
  })),
  ...controlSlotsOf(olt).map((slot) => ({ slot, type: 'SFUB', ports: 4 })),
]

/** One numbering for ports and tables; ifDescr holds what a user has written there: nothing. */
const interfacesOf = (olt: OltModel): readonly Interface[] => {
  const [control = 10] = controlSlotsOf(olt)
  const mac = Uint8Array.from([0x02, 0x1a, 0x7e, 0x60, 0x20, 0x30])
  return [
    ...olt.pons.map((pon, item): Interface => ({
      ifIndex: newTreeIndex(pon.slot, pon.port),
      name: `gpon_olt-${ponName(pon)}`,
      description: '',
      type: 250,
      mtu: 1500,
      speedMbps: 2488,
      mac: new Uint8Array(6),
      downRate: 6_000_000,
      alias: '',
      isUp: (nowMs) => isPonUp(olt, item, nowMs),
    })),
    ...[1, 2].map((port): Interface => ({
      ifIndex: newTreeIndex(control, port),
      name: `xgei-1/${control}/${port}`,
      description: '',
      type: 6,
      mtu: 9600,
      speedMbps: 10_000,
      mac,
      downRate: port === 1 ? 80_000 * olt.onus.count : 0,
      alias: '',
      isUp: () => port === 1,
    })),
  ]
}

import { type OltModel, type PonPort, ponName } from '../population/olt-model.ts'
import { unit } from '../population/seeded-random.ts'
import { RowSet } from '../snmp/row-set.ts'
import { constant, integer, text } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { type Interface, interfaceTables } from './interfaces.ts'
import { isPonUp } from './onu-cells.ts'
import { systemGroup } from './system-group.ts'
import { ifMibIndex, newTreeIndex, ponTreeIndex } from './zte-index.ts'

interface Card {
  readonly slot: number
  readonly type: string
  readonly title: string
  readonly ports: number
  /** Power cards answer 0 for load, as in the recording. */
  readonly hasProcessor: boolean
}

const enterprise = '1.3.6.1.4.1.3902'

/** System, entities, cards, interfaces and PON ports of a C300/C320 V2.1 (facts/olt.md 2, recording). */
export const zteChassis = (olt: OltModel): FamilyView => {
  const { model } = olt.scenario
  const cards = cardsOf(olt)
  const cardRows = new RowSet(3, () =>
    cards.map(({ slot }, item) => ({ index: [1, 1, slot], item })),
  )
  const ponRows = new RowSet(1, () =>
    olt.pons.map((pon, item) => ({ index: [ponTreeIndex(pon)], item })),
  )
  const opticRows = new RowSet(1, () =>
    olt.pons.map((pon, item) => ({ index: [newTreeIndex(pon.slot, pon.port)], item })),
  )
  const entityRows = new RowSet(1, () => [
    { index: [1], item: -1 },
    ...cards.map(({ slot }, item) => ({ index: [slot * 10], item })),
  ])
  const card = (item: number): Card => cards[item] as Card
  const draw = (item: number, what: number): number => unit(olt.seed, item, what)
  const load = (item: number, nowMs: number): number =>
    card(item).hasProcessor
      ? 6 + Math.floor(12 * unit(olt.seed, item, 91, Math.floor(nowMs / 60_000)))
      : 0
  const memory = (item: number): number =>
    card(item).hasProcessor ? 24 + Math.floor(12 * draw(item, 92)) : 0
  const cardSerial = (item: number): string =>
    String(730_000_000_000 + Math.floor(draw(item, 93) * 9e9))
  const cardCells = {
    2: constant(599_041),
    4: text((item) => card(item).type),
    5: integer((item) => (olt.failedSlots.has(card(item).slot) ? 6 : 1)),
    6: constant(4),
    7: integer((item) => card(item).ports),
    9: integer(load),
    10: constant(100),
    11: integer(memory),
    12: constant(100),
    14: text(cardSerial),
  }
  return {
    rowSets: [],
    columns: [
      ...systemGroup(olt, {
        description: `${model} Version V2.1.0 Software, Copyright (c) by ZTE Corporation Compiled`,
        objectId: `${enterprise}.1082.1001.${model === 'C300' ? 300 : 320}.2.1`,
      }).columns,
      ...interfaceTables(olt, interfacesOf(olt, cards)).columns,
      ...table('1.3.6.1.2.1.47.1.1.1.1', entityRows, {
        2: text((item) => (item < 0 ? `${model} shelf` : card(item).title)),
        4: integer((item) => (item < 0 ? 0 : 1)),
        5: integer((item) => (item < 0 ? 5 : card(item).hasProcessor ? 9 : 6)),
        6: integer((item) => (item < 0 ? -1 : card(item).slot)),
        11: text((item) => (item < 0 ? '210100000001' : cardSerial(item))),
        12: text(() => 'ZTE'),
        13: text((item) => (item < 0 ? `${model}_SHELF` : card(item).type)),
      }),
      ...table(`${enterprise}.1012.3.11.3.1`, ponRows, { 1: constant(1) }),
      ...table(`${enterprise}.1012.3.13.1.1`, ponRows, {
        1: text((item) => `OLT-${item + 1}`),
        2: text((item) => `OLT-${item + 1}`),
        12: constant(128),
      }),
      ...table(`${enterprise}.1015.2.1.1.3.1`, cardRows, {
        4: cardCells[4],
        5: cardCells[5],
        9: cardCells[9],
        11: cardCells[11],
      }),
      ...table(`${enterprise}.1082.10.1.2.4.1`, cardRows, cardCells),
      ...table(`${enterprise}.1082.30.40.2.4.1`, opticRows, {
        3: integer((item) => {
          const { laser, launchDbm } = olt.pons[item] as PonPort
          return laser.dark ? -40_000 : Math.round(launchDbm * 1000)
        }),
        5: integer((item) => 14_000 + Math.floor(9000 * draw(item, 94))),
        6: integer((item) => 3240 + Math.floor(80 * draw(item, 95))),
        8: integer((item) => 33_000 + Math.floor(14_000 * draw(item, 96))),
      }),
    ],
  }
}

const cardsOf = (olt: OltModel): readonly Card[] => {
  const large = olt.pons.some((pon) => pon.port > 8)
  const lines = [...new Set(olt.pons.map((pon) => pon.slot))].map((slot): Card => ({
    slot,
    type: large ? 'GTGHG' : 'GTGOG',
    title: `${large ? 16 : 8} ports GPON OLT line card.`,
    ports: large ? 16 : 8,
    hasProcessor: true,
  }))
  const small = olt.scenario.model === 'C320'
  return [
    ...lines,
    {
      slot: small ? 3 : 18,
      type: small ? 'PRAM' : 'PRWG',
      title: 'General Power Card.',
      ports: 3,
      hasProcessor: false,
    },
    {
      slot: small ? 4 : 10,
      type: small ? 'SMXA' : 'SCXN',
      title: 'Type A switch management card.',
      ports: 3,
      hasProcessor: true,
    },
  ]
}

const interfacesOf = (olt: OltModel, cards: readonly Card[]): readonly Interface[] => {
  const { model } = olt.scenario
  const control = (cards.at(-1) as Card).slot
  const mac = Uint8Array.from([0x02, 0x1a, 0x7e, 0x10, 0x20, 0x30])
  return [
    ...olt.pons.map((pon, item): Interface => ({
      ifIndex: ifMibIndex(model, pon.slot, pon.port),
      name: `gpon_${ponName(pon)}`,
      description: '',
      type: 250,
      mtu: 1500,
      speedMbps: 2488,
      mac: new Uint8Array(6),
      downRate: 6_000_000,
      alias: '',
      isUp: (nowMs) => isPonUp(olt, item, nowMs),
    })),
    ...[1, 2, 3].map((port): Interface => ({
      ifIndex: ifMibIndex(model, control, port),
      name: `${port === 2 ? 'xgei' : 'gei'}_1/${control}/${port}`,
      description: '',
      type: 6,
      mtu: 9600,
      speedMbps: port === 2 ? 10_000 : 1000,
      mac,
      downRate: port === 2 ? 80_000 * olt.onus.count : 0,
      alias: '',
      isUp: () => port === 2,
    })),
  ]
}

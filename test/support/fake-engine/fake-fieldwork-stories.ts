import type { Output } from '../../../src-shared/contract/index.ts'
import type { OrderFact, WorkOrderKind } from '../../../src-shared/domain/work-order.ts'

type Type = Output<'fieldwork.setup'>['types'][number]

interface Story {
  readonly kind: WorkOrderKind
  readonly subject: string
  /** Whose of the three; null: nobody's. */
  readonly person: number | null
  /** From today, and the hour it begins. */
  readonly day: number
  readonly hour: number
  readonly facts: (assigneeId: string, from: number, type: Type) => readonly OrderFact[]
}

const planned = (assigneeId: string, from: number, type: Type): OrderFact[] => [
  { kind: 'scheduled', assigneeId, from, to: from + type.minutes * 60_000 },
]
const sent = (...of: Parameters<typeof planned>): OrderFact[] => [
  ...planned(...of),
  { kind: 'dispatched' },
]
const there = (...of: Parameters<typeof planned>): OrderFact[] => [
  ...sent(...of),
  { kind: 'accepted' },
  { kind: 'departed' },
  { kind: 'arrived', latE7: null, lngE7: null },
]
const signed = (...of: Parameters<typeof planned>): OrderFact[] => [
  ...there(...of),
  { kind: 'measured', when: 'before', rxDbm: -28.1, by: 'meter', targetDbm: -20 },
  { kind: 'answered', itemId: 'found', value: 'Connector at the box was dirty' },
  { kind: 'answered', itemId: 'clean', value: true },
  { kind: 'answered', itemId: 'online', value: true },
  { kind: 'measured', when: 'after', rxDbm: -18.9, by: 'meter', targetDbm: -20 },
  {
    kind: 'used',
    lineId: '01930000-0000-7000-9c06-000000000001',
    name: 'SC/APC fast connector',
    sku: 'CON-SCA',
    quantityMilli: 2000,
    unit: 'pcs',
    serial: null,
  },
  { kind: 'done' },
  {
    kind: 'signed',
    name: 'Dewi Lestari',
    strokes: [
      { points: [80, 260, 120, 120, 160, 90, 170, 180, 150, 280, 210, 240, 260, 180, 300, 250] },
      { points: [320, 250, 380, 150, 430, 240, 480, 160, 520, 250, 640, 200] },
    ],
  },
]

const story = (
  kind: WorkOrderKind,
  subject: string,
  place: readonly [number | null, number, number],
  facts: Story['facts'],
): Story => ({ kind, subject, person: place[0], day: place[1], hour: place[2], facts })

/** The first is one that somebody is at: checklist half done. */
export const fakeOrderStories: readonly Story[] = [
  story('repair', 'Drop cable torn by a truck', [0, 0, 8], (...of) => [
    ...there(...of),
    { kind: 'measured', when: 'before', rxDbm: -28.4, by: 'meter', targetDbm: -20 },
    { kind: 'answered', itemId: 'found', value: 'Cable torn at the gate, 12 m replaced' },
  ]),
  story('install', 'New connection, 100 Mbit/s', [0, 0, 10], sent),
  story('repair', 'ONU restarts every hour', [0, 0, 13], sent),
  story('move', 'Customer moves to the upper floor', [1, 0, 9], sent),
  story('repair', 'LOS lamp is red', [1, 0, 10], planned),
  story('install', 'New connection, 30 Mbit/s', [2, 0, 13], planned),
  story('repair', 'Connector at the box is dirty', [2, 0, 15], planned),
  story('install', 'New connection, 50 Mbit/s', [0, 1, 8], planned),
  story('survey', 'Village wants to be connected', [2, 1, 9], planned),
  story('repair', 'No light since last night', [0, -1, 9], signed),
  story('repair', 'Slow in the evening, light is weak', [2, -1, 9], (...of) => [
    ...signed(...of),
    { kind: 'closed' },
  ]),
  story('survey', 'Can the new shop be connected?', [1, -1, 10], (...of) => [
    ...planned(...of),
    { kind: 'cancelled', reason: 'The shop is closed for good.' },
  ]),
  story('collect', 'Fetch the ONU of a closed account', [null, 0, 0], () => []),
  story('repair', 'Light has fallen by 3 dB in a week', [null, 0, 0], () => []),
  story('install', 'New connection, 20 Mbit/s', [null, 0, 0], () => []),
]

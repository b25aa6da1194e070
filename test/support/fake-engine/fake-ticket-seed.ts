import type { Output } from '../../../src-shared/contract/index.ts'

/** What tickets of the fake engine are made from. */

type Setup = Output<'tickets.setup'>

export const uuidOf = (kind: string, number: number): string =>
  `01930000-0000-7000-${kind}-${number.toString(16).padStart(12, '0')}`

export const fakeSubjects = [
  'No light since this morning',
  'Slow in the evening',
  'Router restarts by itself',
  'Cable torn down by a truck',
  'Moves to another house',
  'Invoice is not understood',
] as const

export const fakeTicketSetup = (): Setup => ({
  settings: {
    version: 1,
    prefix: 'T-',
    closeAfterDays: 7,
    p1From: 100,
    p2From: 20,
    p3From: 2,
  },
  queues: ['Field', 'Billing'].map((name, index) => ({
    id: uuidOf('9a00', index + 1),
    version: 1,
    name,
    active: true,
    position: index,
  })),
  calendars: [
    {
      id: uuidOf('9a01', 1),
      version: 1,
      name: 'Office',
      timeZone: 'Asia/Jakarta',
      week: Array.from({ length: 7 }, (_, day) =>
        day < 6 ? [{ fromMinute: 480, toMinute: 1020 }] : [],
      ),
      holidays: [{ on: '08-17', name: 'Hari Kemerdekaan' }],
    },
  ],
  slas: (['P1', 'P2', 'P3', 'P4'] as const).map((priority, index) => ({
    id: uuidOf('9a03', index + 1),
    version: 1,
    name: priority,
    active: priority !== 'P4',
    position: index,
    calendarId: uuidOf('9a01', 1),
    firstResponseMin: [15, 30, 120, 240][index]!,
    updateMin: [30, 120, 540, null][index]!,
    solutionMin: [240, 480, 1_080, 2_700][index]!,
    escalateAfterMin: index < 2 ? [30, 120] : [],
    priorities: [priority],
    queues: [],
  })),
  templates: [
    {
      id: uuidOf('9a02', 1),
      version: 1,
      name: 'Being looked at',
      bodyEn: 'Dear {{customer}}, {{number}} is being looked at.',
      bodyId: 'Yth. {{customer}}, {{number}} sedang diperiksa.',
    },
  ],
})

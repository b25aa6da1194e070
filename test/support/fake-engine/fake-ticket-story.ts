import type { Output } from '../../../src-shared/contract/index.ts'

type Record = Output<'tickets.ticket'>
type Story = {
  readonly now: number
  readonly by: string
  readonly subscriber: Record['ticket']['subscriber']
}

const minuteMs = 60_000
const hourMs = 3_600_000

/** The first ticket of the fake engine: with everything that a record can show. */
export const storyOf = (record: Record, { now, by, subscriber }: Story): Record => ({
  ...record,
  ticket: { ...record.ticket, subscriber },
  tags: ['melati', 'drop-cable'],
  promise: {
    slaId: '01930000-0000-7000-9a05-000000000001',
    name: 'Home',
    calendar: 'Office',
    timeZone: 'Asia/Jakarta',
  },
  clocks: [
    {
      metric: 'first-response',
      state: 'running',
      round: 1,
      targetMs: 2 * hourMs,
      usedMs: 4 * hourMs,
      dueAt: now - 2 * hourMs,
      metAt: null,
      levels: [
        { level: 0, at: now - 2.5 * hourMs },
        { level: 1, at: now - 2 * hourMs },
      ],
    },
    {
      metric: 'solution',
      state: 'running',
      round: 1,
      targetMs: 8 * hourMs,
      usedMs: 100 * minuteMs,
      dueAt: now + 6 * hourMs,
      metAt: null,
      levels: [
        { level: 0, at: now + 4 * hourMs },
        { level: 1, at: now + 6 * hourMs },
      ],
    },
  ],
  told: {
    at: now - 30 * minuteMs,
    channel: 'whatsapp',
    body: 'We see that your line has no light. A technician looks at the splitter this morning.',
    by,
  },
  snapshot: {
    at: now - 2 * hourMs,
    kind: 'alarm',
    what: 'onu-offline-optical',
    severity: 'major',
    since: now - 130 * minuteMs,
    oltNames: ['Kemang 1'],
    onu: {
      oltName: 'Kemang 1',
      address: '0/1/3:12',
      serial: 'HWTC6616869B',
      state: 'offline',
      cause: 'los',
      stateSince: now - 130 * minuteMs,
      onuRxDbm: -27.9,
      oltRxDbm: -29.1,
      distanceM: 4120,
      readAt: now - 131 * minuteMs,
      dropDb: 6.4,
      verdict: 'single-drop',
    },
    siblings: { total: 32, down: 1, medianRxDbm: -21.3 },
    lastChange: { at: now - 40 * hourMs, what: 'set-speed', by },
    affectedOnus: 1,
    affectedSubscribers: 1,
  },
})

export const storyFile = {
  id: '01930000-0000-7000-9afe-000000000001',
  name: 'router.txt',
  mediaType: 'text/plain',
  bytes: 15,
  content: new TextEncoder().encode('LOS since 06:12'),
}

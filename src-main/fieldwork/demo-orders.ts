import type { OrderFact, OrderPaper, WorkOrderKind } from '../../src-shared/domain/work-order.ts'
import type { Reads } from '../store/reads.ts'
import type { Transaction } from '../store/write-path.ts'
import { createOrderDesk, type OrderDesk } from './desk.ts'
import type { FieldworkDependencies } from './ports.ts'
import { usualWeek } from './seed.ts'
import { paperOf, type OrderData } from './tables.ts'
import { localDays } from './working-hours.ts'

const lookMs = 4_000
const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

interface DemoDependencies extends FieldworkDependencies {
  readonly reads: Reads
  readonly desk: OrderDesk
  readonly changed: () => void
  readonly makeTechnician?: (tx: Transaction, name: string, login: string) => string
}

const people = [
  ['Budi Santoso', 'budi'],
  ['Rina Wulandari', 'rina'],
  ['Agus Salim', 'agus'],
] as const

/** Day from today, hour it begins, minutes, and how far it has come. */
interface Story {
  readonly kind: WorkOrderKind
  readonly subject: string
  readonly details: string
  readonly person: 0 | 1 | 2 | null
  readonly day: number
  readonly hour: number
  readonly minutes: number
  readonly to:
    | 'draft'
    | 'scheduled'
    | 'dispatched'
    | 'en-route'
    | 'on-site'
    | 'closed'
    | 'cancelled'
}

const story = (
  kind: WorkOrderKind,
  subject: string,
  place: readonly [0 | 1 | 2 | null, number, number, number],
  to: Story['to'],
  details = '',
): Story => ({
  kind,
  subject,
  details,
  person: place[0],
  day: place[1],
  hour: place[2],
  minutes: place[3],
  to,
})

const stories: readonly Story[] = [
  story('repair', 'No light since last night', [0, -2, 9, 90], 'closed'),
  story('repair', 'Television stutters, internet does not', [1, -2, 13, 90], 'closed'),
  story('repair', 'Slow in the evening, light is weak', [2, -1, 9, 90], 'closed'),
  story('repair', 'ONU does not start any more', [0, -1, 14, 45], 'closed'),
  story('survey', 'Can the new shop be connected?', [1, -1, 10, 60], 'cancelled'),
  story(
    'repair',
    'Drop cable torn by a truck',
    [0, 0, 8, 90],
    'on-site',
    'The truck took the cable at the gate.',
  ),
  story('install', 'New connection, 100 Mbit/s', [0, 0, 10, 120], 'dispatched'),
  story('repair', 'ONU restarts every hour', [0, 0, 13, 90], 'dispatched'),
  story('move', 'Customer moves to the upper floor', [1, 0, 9, 120], 'en-route'),
  // Two at once, to see what the board makes of it.
  story('repair', 'LOS lamp is red', [1, 0, 10, 90], 'scheduled'),
  story('install', 'New connection, 30 Mbit/s', [2, 0, 13, 120], 'scheduled'),
  story('repair', 'Connector at the box is dirty', [2, 0, 15, 90], 'scheduled'),
  story('install', 'New connection, 50 Mbit/s', [0, 1, 8, 120], 'scheduled'),
  story('survey', 'Village wants to be connected', [2, 1, 9, 60], 'scheduled'),
  story('collect', 'Fetch the ONU of a closed account', [null, 0, 0, 45], 'draft'),
  story('repair', 'Light has fallen by 3 dB in a week', [null, 0, 0, 90], 'draft'),
  story('install', 'New connection, 20 Mbit/s', [null, 0, 0, 120], 'draft'),
]

/**
 * Orders to look around in, in a simulated workspace: some days of three technicians, in all states. Once,
 * and only where there is none. Never used on a workspace of one's own. The returned function ends it.
 */
export const startDemoOrders = (deps: DemoDependencies): (() => void) => {
  const { clock, reads, log } = deps
  let callOff = (): void => undefined
  let before = -1
  const look = (): void => {
    try {
      const count = (sql: string): number => reads.get<{ n: number }>(sql)?.n ?? 0
      if (count('SELECT count(*) AS n FROM work_order') > 0) return
      const services = count(`SELECT count(*) AS n FROM subscriber_service WHERE state = 'live'`)
      if (services > 0 && services === before) {
        deps.write('fieldwork.fillSimulated', {}, (tx) => fill(deps, tx))
        deps.changed()
        return
      }
      before = services
      callOff = clock.after(lookMs, look)
    } catch (error) {
      log.error('the simulated work orders could not be filled in', { error })
    }
  }
  callOff = clock.after(lookMs, look)
  return () => callOff()
}

const fill = (deps: DemoDependencies, tx: Transaction): void => {
  const technicians = people.map(([name, login]) => {
    const id = deps.makeTechnician?.(tx, name, login) ?? null
    if (id !== null) {
      tx.run(
        `INSERT INTO technician (account_id, version, week, active) VALUES (?, 1, ?, 1)`,
        id,
        JSON.stringify(usualWeek),
      )
    }
    return id
  })
  const customers = tx.all<{ serviceId: string; subscriberId: string }>(
    `SELECT v.id AS serviceId, v.subscriber_id AS subscriberId FROM subscriber_service v
      JOIN subscriber s ON s.id = v.subscriber_id WHERE v.state = 'live'
      ORDER BY s.number, v.id LIMIT 400`,
  )
  const now = deps.clock.now()
  const [today] = localDays(now, now + 1, deps.zone)
  for (const [index, one] of stories.entries()) {
    const customer = customers[(index * 23 + 5) % Math.max(1, customers.length)]
    const type = tx.get<{ id: string }>(
      `SELECT id FROM work_order_type WHERE kind = ? ORDER BY position LIMIT 1`,
      one.kind,
    )
    const assigneeId = one.person === null ? null : (technicians[one.person] ?? null)
    if (customer === undefined || type === undefined || today === undefined) return
    const from = today.at(one.hour * 60) + one.day * dayMs
    tell(deps, tx, { ...one, ...customer, typeId: type.id, assigneeId, from })
  }
}

/** Each step at its time, by what the commands do as well; nothing of it lies in the future. */
const tell = (
  deps: DemoDependencies,
  tx: Transaction,
  one: Story & {
    readonly serviceId: string
    readonly subscriberId: string
    readonly typeId: string
    readonly assigneeId: string | null
    readonly from: number
  },
): void => {
  const end = deps.clock.now()
  let now = Math.min(end, one.from - 20 * hourMs)
  const desk = createOrderDesk({ ...deps, clock: { ...deps.clock, now: () => Math.min(now, end) } })
  const order = desk.open(tx, {
    typeId: one.typeId,
    subject: one.subject,
    details: one.details,
    subscriberId: one.subscriberId,
    serviceId: one.serviceId,
    ticketId: null,
    followsId: null,
    place: null,
    spot: null,
    minutes: one.minutes,
    accountId: null,
  })
  const { assigneeId } = one
  if (one.to === 'draft' || assigneeId === null) return
  const say = (fact: OrderFact, minutes: number): void => {
    now += minutes * minuteMs
    desk.say(tx, order.id, fact, { accountId: assigneeId, mayPlan: true })
  }
  const to = one.from + one.minutes * minuteMs
  say({ kind: 'scheduled', assigneeId, from: one.from, to }, 5)
  if (one.to === 'scheduled') return
  if (one.to === 'cancelled') return say({ kind: 'cancelled', reason: 'The customer is away.' }, 60)
  say({ kind: 'dispatched' }, 60)
  if (one.to === 'dispatched') return
  now = Math.max(now, Math.min(one.from, end - 40 * minuteMs) - 25 * minuteMs)
  say({ kind: 'accepted' }, 1)
  say({ kind: 'departed' }, 3)
  if (one.to === 'en-route') return
  say({ kind: 'arrived', latE7: order.latE7, lngE7: order.lngE7 }, 18)
  if (one.to === 'on-site') return
  work(order, say)
  say({ kind: 'done' }, 12)
  say({ kind: 'signed', name: 'Pelanggan', strokes: drawn }, 4)
  say({ kind: 'closed' }, 90)
}

const work = (order: OrderData, say: (fact: OrderFact, minutes: number) => void): void => {
  const paper: OrderPaper = paperOf(order)
  const light = (when: 'before' | 'after', rxDbm: number): void =>
    say({ kind: 'measured', when, rxDbm, by: 'meter', targetDbm: -21.5 }, 3)
  if (paper.light === 'both') light('before', -27.8)
  for (const { id, kind } of paper.items) {
    const value =
      kind === 'tick' ? true : kind === 'number' ? 42 : 'Connector cleaned, clip replaced'
    say({ kind: 'answered', itemId: id, value }, 6)
  }
  say(
    {
      kind: 'used',
      lineId: order.id,
      name: 'SC/APC fast connector',
      sku: 'CON-SCA',
      quantityMilli: 2000,
      unit: 'pcs',
      serial: null,
    },
    2,
  )
  if (paper.light !== 'none') light('after', -19.6)
}

const drawn = [
  { points: [80, 260, 120, 120, 160, 90, 170, 180, 150, 280, 210, 240, 260, 180, 300, 250] },
  { points: [320, 250, 380, 150, 430, 240, 480, 160, 520, 250, 640, 200] },
]

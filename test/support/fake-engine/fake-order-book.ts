import { usualWeek, firstTypes } from '../../../src-main/fieldwork/seed.ts'
import type { Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import type { WorkOrderRow } from '../../../src-shared/contract/fieldwork-model.ts'
import { lightVerdict, powerTarget } from '../../../src-shared/domain/power-budget.ts'
import { foldOrder } from '../../../src-shared/domain/work-order-fold.ts'
import type { OrderEvent, OrderFact } from '../../../src-shared/domain/work-order.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { uuidOf } from './fake-ticket-seed.ts'
import { fakeOrderStories } from './fake-fieldwork-stories.ts'

type Record = Output<'fieldwork.order'>
type Setup = Output<'fieldwork.setup'>

interface Order {
  readonly row: Omit<
    WorkOrderRow,
    | 'state'
    | 'stateSince'
    | 'assignee'
    | 'windowFrom'
    | 'windowTo'
    | 'doneAt'
    | 'signedAt'
    | 'clashes'
  >
  readonly details: string
  readonly paper: Record['paper']
  readonly followsId: string | null
  readonly events: OrderEvent[]
  version: number
}

const dayMs = 86_400_000
const range = { minDbm: -27, maxDbm: -8 }
const target = powerTarget({ launchDbm: 3.8, fibreM: 4200, splits: [4, 8], connectors: 6 })

export const fakeTargetDbm = target.targetDbm

export interface FakeFieldworkDependencies {
  readonly now: () => number
  readonly session: () => {
    readonly account: { readonly id: string; readonly name: string }
  } | null
  readonly emit: (name: 'fieldwork.changed', payload: Payload<'fieldwork.changed'>) => void
  /** By the list of subscribers. */
  readonly subscribers: () => readonly {
    readonly id: string
    readonly name: string
    readonly code: string
  }[]
  /** False: an empty workspace. */
  readonly filled: boolean
}

/** Work orders of the fake engine: what was said about each, folded by the real fold. */
export const createFakeOrderBook = (deps: FakeFieldworkDependencies) => {
  const { now } = deps
  let revision = 1
  let made = 0
  const me = (): { id: string; name: string } => ({
    id: deps.session()?.account.id ?? uuidOf('9c09', 1),
    name: deps.session()?.account.name ?? '',
  })
  const people = ['Budi Santoso', 'Rina Wulandari', 'Agus Salim'].map((name, index) => ({
    id: uuidOf('9c00', index + 1),
    name,
  }))
  const nameOf = (id: string | null): string | null =>
    people.find((one) => one.id === id)?.name ?? (id === me().id ? me().name : null)
  const setup: Setup = {
    types: firstTypes.map(({ kind, en, id, minutes, paper }, index) => ({
      id: uuidOf('9c01', index + 1),
      version: 1,
      kind,
      name: { en, id },
      minutes,
      paper: { ...paper, items: [...paper.items], photos: [...paper.photos] },
      active: true,
    })),
    technicians: deps.filled
      ? people.map(({ id, name }) => ({
          accountId: id,
          name,
          version: 1,
          week: usualWeek.map((spans) => spans.map(([from, to]) => [from, to] as [number, number])),
          home: null,
          active: true,
        }))
      : [],
    others: [{ id: uuidOf('9c09', 1), name: 'Sari Dewi' }],
    settings: {
      version: 1,
      prefix: 'WO-',
      travelKmh: 25,
      depot: { latitude: -7.79, longitude: 110.37 },
    },
    zone: 'Asia/Jakarta',
    revision: 1,
  }
  const orders = new Map<string, Order>()
  const changed = (): void => {
    revision += 1
    deps.emit('fieldwork.changed', { revision })
  }
  const present = (id: string, baseVersion?: number): Order => {
    const found = orders.get(id)
    if (found === undefined) throw new NocturneError('not-found', { what: 'work-order' })
    if (baseVersion !== undefined && baseVersion !== found.version) {
      throw new NocturneError('conflict', { what: 'work-order' })
    }
    return found
  }
  const viewOf = ({ paper, events }: Order) => foldOrder(paper, events)
  const rowOf = (order: Order): WorkOrderRow => {
    const view = viewOf(order)
    return {
      ...order.row,
      version: order.version,
      state: view.state,
      stateSince: view.since ?? order.row.createdAt,
      assignee:
        view.assigneeId === null
          ? null
          : { id: view.assigneeId, name: nameOf(view.assigneeId) ?? '' },
      windowFrom: view.from,
      windowTo: view.to,
      doneAt: view.doneAt,
      signedAt: view.signedAt,
      clashes: view.clashes.size,
      updatedAt: order.events.at(-1)?.at ?? order.row.createdAt,
    }
  }
  const say = (order: Order, fact: OrderFact, at = now(), actorId = me().id): void => {
    const id = uuidOf('9c03', (made += 1))
    order.events.push({
      id,
      deviceId: 'office',
      seq: order.events.length + 1,
      at,
      actorId,
      forAssignee: true,
      fact,
    })
    const clash = viewOf(order).clashes.get(id)
    if (clash !== undefined) {
      order.events.pop()
      const { number } = order.row
      const code = {
        state: 'order-state',
        reassigned: 'order-not-yours',
        signed: 'order-signed',
        incomplete: 'order-incomplete',
      } as const
      throw new NocturneError(code[clash], { number, state: viewOf(order).state })
    }
    order.version += 1
  }
  const open = (
    input: Pick<Input<'fieldwork.open'>, 'typeId' | 'subject'> &
      Partial<Input<'fieldwork.open'>> & { readonly at?: number },
  ): Order => {
    const type = setup.types.find(({ id }) => id === input.typeId)
    if (type === undefined) throw new NocturneError('not-found', { what: 'work-order-type' })
    const no = orders.size + 1
    const subscriber = deps.subscribers().find(({ id }) => id === input.subscriberId) ?? null
    const at = input.at ?? now()
    const order: Order = {
      row: {
        id: uuidOf('9c02', no),
        version: 1,
        number: `WO-${String(no).padStart(6, '0')}`,
        kind: type.kind,
        type: type.name,
        subject: input.subject,
        minutes: input.minutes ?? type.minutes,
        subscriber,
        place: input.place ?? (subscriber === null ? '' : `Jalan Mawar ${no * 3}, Sleman`),
        spot: input.spot ?? {
          latitude: -7.79 + Math.sin(no * 2.3) * 0.05,
          longitude: 110.37 + Math.cos(no * 1.7) * 0.05,
        },
        ticket:
          input.ticketId === undefined || input.ticketId === null
            ? null
            : { id: input.ticketId, number: 'T-000001' },
        createdAt: at,
        updatedAt: at,
      },
      details: input.details ?? '',
      paper: type.paper,
      followsId: input.followsId ?? null,
      events: [],
      version: 1,
    }
    orders.set(order.row.id, order)
    return order
  }
  const today = new Date(now()).setHours(0, 0, 0, 0)

  let isSeeded = false
  const seeded = (): void => {
    if (isSeeded || !deps.filled) return
    isSeeded = true
    const customers = deps.subscribers()
    for (const [index, story] of fakeOrderStories.entries()) {
      const type = setup.types.find(({ kind }) => kind === story.kind)!
      const from = today + story.day * dayMs + story.hour * 3_600_000
      const order = open({
        typeId: type.id,
        subject: story.subject,
        subscriberId: customers[(index * 5) % Math.max(1, customers.length)]?.id ?? null,
        at: Math.min(now(), from) - dayMs,
      })
      const person = people[story.person ?? 0]!.id
      let at = Math.min(now(), from) - dayMs / 2
      for (const fact of story.facts(person, from, type)) {
        at += 4 * 60_000
        if (fact.kind === 'departed') at = Math.max(at, Math.min(now() - 50 * 60_000, from))
        say(order, fact, Math.min(at, now()), person)
      }
    }
  }
  const all = (): readonly Order[] => {
    seeded()
    return [...orders.values()]
  }

  const recordOf = (order: Order): Record => {
    const view = viewOf(order)
    const hasOnu = order.row.subscriber !== null
    const reading = (when: 'before' | 'after'): Record['light']['before'] => {
      const read = view.light[when]
      if (read === null) return null
      const { at, by, rxDbm, targetDbm } = read
      return { at, by, rxDbm, targetDbm, verdict: lightVerdict(rxDbm, targetDbm, range) }
    }
    const minutes = (ms: number): number => Math.round(ms / 60_000)
    return {
      order: rowOf(order),
      details: order.details,
      phone: hasOnu ? '+6281234567890' : '',
      serviceId: null,
      onu: hasOnu
        ? { oltId: uuidOf('9c04', 1), oltName: 'OLT Sleman', serial: 'HWTC1A2B3C4D' }
        : null,
      paper: order.paper,
      answers: [...view.answers].map(([itemId, { value, at, by }]) => ({
        itemId,
        value,
        at,
        by: nameOf(by),
      })),
      light: {
        before: reading('before'),
        after: reading('after'),
        target: hasOnu
          ? { ...target, parts: [...target.parts], assumed: [...target.assumed] }
          : null,
        now: hasOnu ? { rxDbm: -19.35, at: now() - 90_000 } : null,
      },
      photos: view.photos.map(({ photoId, slotId, at }) => ({
        id: photoId,
        slotId,
        mediaType: 'image/png',
        bytes: 68,
        at,
      })),
      materials: view.materials.map(({ lineId, name, sku, quantityMilli, unit, serial, at }) => ({
        lineId,
        name,
        sku,
        quantityMilli,
        unit,
        serial,
        at,
      })),
      signature:
        view.signature === null
          ? null
          : {
              name: view.signature.name,
              at: view.signature.at,
              strokes: view.signature.strokes.map(({ points }) => ({ points: [...points] })),
            },
      reason: view.reason,
      amendments: view.amendments.map(({ at, by, text }) => ({ at, by: nameOf(by), text })),
      missing: [...view.missing],
      spent: {
        travel: minutes(view.spentMs.travel),
        work: minutes(view.spentMs.work),
        paused: minutes(view.spentMs.paused),
      },
      events: order.events
        .map(({ id, at, actorId, deviceId, fact }) => ({
          id,
          at,
          receivedAt: at,
          by: nameOf(actorId),
          deviceId,
          fact: fact as Record['events'][number]['fact'],
          clash: view.clashes.get(id) ?? null,
        }))
        .toReversed(),
      ticketState: order.row.ticket === null ? null : 'open',
      follows:
        order.followsId === null
          ? null
          : { id: order.followsId, number: present(order.followsId).row.number },
      followedBy: all()
        .filter(({ followsId }) => followsId === order.row.id)
        .map((next) => ({ id: next.row.id, number: next.row.number, state: viewOf(next).state })),
      may: { work: true, plan: true },
    }
  }

  return {
    setup,
    all,
    present,
    seeded,
    open,
    say,
    rowOf,
    recordOf,
    changed,
    revision: () => revision,
    me,
    newPhotoId: () => uuidOf('9c05', (made += 1)),
  }
}

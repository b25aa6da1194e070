import {
  isAssigneesMove,
  isOrderOver,
  mayMoveOrder,
  stateAfterMove,
  workOrderMoves,
  type MissingForDone,
  type OrderClash,
  type OrderEvent,
  type OrderFact,
  type OrderFactKind,
  type OrderPaper,
  type WorkOrderMove,
  type WorkOrderState,
} from './work-order.ts'

type FactOf<Kind extends OrderFactKind> = Extract<OrderFact, { readonly kind: Kind }>
interface Said {
  readonly at: number
  readonly by: string | null
}

export interface OrderView {
  readonly state: WorkOrderState
  /** Null: it was never moved. */
  readonly since: number | null
  readonly assigneeId: string | null
  readonly from: number | null
  readonly to: number | null
  readonly answers: ReadonlyMap<string, Said & { readonly value: boolean | number | string }>
  readonly light: {
    readonly before: ({ readonly at: number } & FactOf<'measured'>) | null
    readonly after: ({ readonly at: number } & FactOf<'measured'>) | null
  }
  readonly photos: readonly (Said & FactOf<'photographed'>)[]
  readonly materials: readonly (Said & FactOf<'used'>)[]
  readonly arrivedAt: number | null
  readonly doneAt: number | null
  readonly signature: (Said & Omit<FactOf<'signed'>, 'kind'>) | null
  /** Why it was signed off without one, cancelled or not completed. */
  readonly reason: string | null
  readonly signedAt: number | null
  readonly amendments: readonly (Said & { readonly text: string })[]
  readonly missing: readonly MissingForDone[]
  readonly clashes: ReadonlyMap<string, OrderClash>
  readonly spentMs: { readonly travel: number; readonly work: number; readonly paused: number }
}

/**
 * The order of the fold. A device's own events stay as it wrote them, even where its clock jumped back:
 * each counts as not before the one that it wrote before.
 */
export const inOrder = (events: Iterable<OrderEvent>): readonly OrderEvent[] => {
  const once = new Map<string, OrderEvent>()
  for (const event of events) once.set(`${event.deviceId}/${event.seq}`, event)
  const ofDevices = new Map<string, OrderEvent[]>()
  for (const event of once.values()) {
    const own = ofDevices.get(event.deviceId) ?? []
    own.push(event)
    ofDevices.set(event.deviceId, own)
  }
  const timed: { readonly at: number; readonly event: OrderEvent }[] = []
  for (const own of ofDevices.values()) {
    let last = Number.NEGATIVE_INFINITY
    for (const event of own.toSorted((a, b) => a.seq - b.seq)) {
      last = Math.max(last, event.at)
      timed.push({ at: last, event })
    }
  }
  return timed
    .toSorted(
      (a, b) =>
        a.at - b.at ||
        (a.event.deviceId < b.event.deviceId ? -1 : a.event.deviceId > b.event.deviceId ? 1 : 0) ||
        a.event.seq - b.event.seq,
    )
    .map(({ event }) => event)
}

/** Everything that follows from the events; the paper is what was asked for. */
export const foldOrder = (paper: OrderPaper, events: Iterable<OrderEvent>): OrderView => {
  const fold = startOfFold()
  for (const event of inOrder(events)) {
    const clash = clashOf(fold, paper, event)
    if (clash === null) apply(fold, event)
    else fold.clashes.set(event.id, clash)
  }
  return { ...fold, missing: missingIn(fold, paper) }
}

type Fold = {
  -readonly [Key in keyof Omit<OrderView, 'missing'>]: OrderView[Key] extends ReadonlyMap<
    infer Name,
    infer Value
  >
    ? Map<Name, Value>
    : OrderView[Key] extends readonly (infer One)[]
      ? One[]
      : OrderView[Key] extends object
        ? { -readonly [Inner in keyof OrderView[Key]]: OrderView[Key][Inner] }
        : OrderView[Key]
} & {
  light: { before: OrderView['light']['before']; after: OrderView['light']['after'] }
  signature: OrderView['signature']
  clock: { what: 'travel' | 'work' | 'paused' | null; at: number }
}

const startOfFold = (): Fold => ({
  state: 'draft',
  since: null,
  assigneeId: null,
  from: null,
  to: null,
  answers: new Map(),
  light: { before: null, after: null },
  photos: [],
  materials: [],
  arrivedAt: null,
  doneAt: null,
  signature: null,
  reason: null,
  signedAt: null,
  amendments: [],
  clashes: new Map(),
  spentMs: { travel: 0, work: 0, paused: 0 },
  clock: { what: null, at: 0 },
})

const moves: ReadonlySet<string> = new Set(workOrderMoves)
const isMove = (kind: string): kind is WorkOrderMove => moves.has(kind)

const clashOf = (fold: Fold, paper: OrderPaper, event: OrderEvent): OrderClash | null => {
  const { kind } = event.fact
  const isSigned = fold.state === 'signed-off' || fold.state === 'closed'
  if (kind === 'amended') return isSigned ? null : 'state'
  if (isSigned && kind !== 'closed') return 'signed'
  if (!isMove(kind)) return isOrderOver(fold.state) ? 'state' : null
  if (
    isAssigneesMove(kind) &&
    !event.forAssignee &&
    fold.assigneeId !== null &&
    event.actorId !== fold.assigneeId
  ) {
    return 'reassigned'
  }
  if (!mayMoveOrder(fold.state, kind)) return 'state'
  if (kind === 'done' && missingIn(fold, paper).length > 0) return 'incomplete'
  return null
}

const clockOf: Readonly<Partial<Record<WorkOrderState, 'travel' | 'work' | 'paused'>>> = {
  'en-route': 'travel',
  'on-site': 'work',
  paused: 'paused',
}

const move = (fold: Fold, to: WorkOrderState, at: number): void => {
  // A clock that was put back stands still until it has caught up: no minute counts twice.
  const now = Math.max(at, fold.clock.at)
  if (fold.clock.what !== null) fold.spentMs[fold.clock.what] += now - fold.clock.at
  fold.state = to
  fold.since = at
  fold.clock = { what: clockOf[to] ?? null, at: now }
}

const apply = (fold: Fold, event: OrderEvent): void => {
  const { fact, at } = event
  const said = { at, by: event.actorId }
  if (isMove(fact.kind)) move(fold, stateAfterMove(fact.kind), at)
  switch (fact.kind) {
    case 'scheduled':
      fold.assigneeId = fact.assigneeId
      fold.from = fact.from
      fold.to = fact.to
      break
    case 'arrived':
      fold.arrivedAt = at
      break
    case 'done':
      fold.doneAt = at
      break
    case 'reopened':
      fold.doneAt = null
      break
    case 'signed':
      fold.signedAt = at
      fold.signature = { ...said, name: fact.name, strokes: fact.strokes }
      break
    case 'unsigned':
      fold.signedAt = at
      fold.reason = fact.reason
      break
    case 'cancelled':
    case 'not-completed':
      fold.reason = fact.reason
      break
    case 'answered':
      if (fact.value === null) fold.answers.delete(fact.itemId)
      else fold.answers.set(fact.itemId, { ...said, value: fact.value })
      break
    case 'measured':
      fold.light[fact.when] = { at, ...fact }
      break
    case 'photographed':
      fold.photos.push({ ...said, ...fact })
      break
    case 'photo-dropped':
      fold.photos = fold.photos.filter(({ photoId }) => photoId !== fact.photoId)
      break
    case 'used':
      fold.materials = fold.materials.filter(({ lineId }) => lineId !== fact.lineId)
      fold.materials.push({ ...said, ...fact })
      break
    case 'unused':
      fold.materials = fold.materials.filter(({ lineId }) => lineId !== fact.lineId)
      break
    case 'timed':
      fold.spentMs[fact.what] += fact.minutes * 60_000
      break
    case 'amended':
      fold.amendments.push({ ...said, text: fact.text })
      break
    default:
      // A note, and moves that say nothing more: they stand in the time line.
      break
  }
}

const isAnswered = (value: boolean | number | string | undefined): boolean =>
  value !== undefined && value !== false && value !== ''

const missingIn = (
  fold: Pick<Fold, 'answers' | 'photos' | 'light' | 'materials'>,
  paper: OrderPaper,
): readonly MissingForDone[] => [
  ...paper.items
    .filter(({ id, required }) => required && !isAnswered(fold.answers.get(id)?.value))
    .map(({ id }) => ({ kind: 'item', id }) as const),
  ...paper.photos
    .filter(({ id, required }) => required && !fold.photos.some(({ slotId }) => slotId === id))
    .map(({ id }) => ({ kind: 'photo', id }) as const),
  ...(['before', 'after'] as const)
    .filter((when) => paper.light === 'both' || paper.light === when)
    .filter((when) => fold.light[when] === null)
    .map((id) => ({ kind: 'light', id }) as const),
  ...(paper.needsMaterial && fold.materials.length === 0
    ? [{ kind: 'material', id: '' } as const]
    : []),
]

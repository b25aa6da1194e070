/**
 * The life of a work order: a pure fold over what was said about it. Events are only ever added, by the
 * office and by laptops that were away for days; whatever order they arrive in, and however often, the
 * order of the fold is the same, and so is what comes of it (facts/business.md, invariant 36).
 */
export const workOrderStates = [
  'draft',
  'scheduled',
  'dispatched',
  'accepted',
  'en-route',
  'on-site',
  'paused',
  'done',
  'signed-off',
  'closed',
  'cancelled',
  'not-completed',
] as const

export type WorkOrderState = (typeof workOrderStates)[number]

export const workOrderKinds = ['install', 'repair', 'move', 'collect', 'survey'] as const
export type WorkOrderKind = (typeof workOrderKinds)[number]

/** What moves it, from where to where. What is not here is refused, or kept as a clash. */
const moves = {
  scheduled: {
    from: ['draft', 'scheduled', 'dispatched', 'accepted', 'en-route'],
    to: 'scheduled',
  },
  dispatched: { from: ['scheduled'], to: 'dispatched' },
  accepted: { from: ['dispatched'], to: 'accepted' },
  departed: { from: ['accepted'], to: 'en-route' },
  // Who was there already, or sits in the office, sets off without a word.
  arrived: { from: ['accepted', 'en-route'], to: 'on-site' },
  paused: { from: ['on-site'], to: 'paused' },
  resumed: { from: ['paused'], to: 'on-site' },
  done: { from: ['on-site'], to: 'done' },
  // The customer was not content: the work goes on.
  reopened: { from: ['done'], to: 'on-site' },
  signed: { from: ['done'], to: 'signed-off' },
  unsigned: { from: ['done'], to: 'signed-off' },
  closed: { from: ['signed-off'], to: 'closed' },
  cancelled: {
    from: ['draft', 'scheduled', 'dispatched', 'accepted', 'en-route', 'on-site', 'paused'],
    to: 'cancelled',
  },
  'not-completed': {
    from: ['dispatched', 'accepted', 'en-route', 'on-site', 'paused'],
    to: 'not-completed',
  },
} as const satisfies Record<
  string,
  { readonly from: readonly WorkOrderState[]; readonly to: WorkOrderState }
>

export type WorkOrderMove = keyof typeof moves
export const workOrderMoves = Object.keys(moves) as readonly WorkOrderMove[]

export const mayMoveOrder = (state: WorkOrderState, move: WorkOrderMove): boolean =>
  (moves[move].from as readonly WorkOrderState[]).includes(state)

export const stateAfterMove = (move: WorkOrderMove): WorkOrderState => moves[move].to

/** Nothing is left to do. */
export const isOrderOver = (state: WorkOrderState): boolean =>
  state === 'signed-off' || state === 'closed' || state === 'cancelled' || state === 'not-completed'

/** Whose turn it is: who is to do it says these, and nobody else without the right to plan. */
const ofAssignee: ReadonlySet<string> = new Set<WorkOrderMove>([
  'accepted',
  'departed',
  'arrived',
  'paused',
  'resumed',
  'done',
  'reopened',
  'signed',
  'unsigned',
  'not-completed',
])

export const isAssigneesMove = (move: string): boolean => ofAssignee.has(move)

export interface ChecklistItem {
  readonly id: string
  readonly label: { readonly en: string; readonly id: string }
  readonly kind: 'tick' | 'text' | 'number'
  /** Of a number; empty: none. */
  readonly unit: string
  readonly required: boolean
}

export interface PhotoSlot {
  readonly id: string
  readonly label: { readonly en: string; readonly id: string }
  readonly required: boolean
}

/** What is to be done: copied from the type when the order is opened, and never changed after. */
export interface OrderPaper {
  readonly items: readonly ChecklistItem[]
  readonly photos: readonly PhotoSlot[]
  /** Which readings of light it asks for. */
  readonly light: 'none' | 'after' | 'both'
  /** At least one material must be booked before it is done. */
  readonly needsMaterial: boolean
}

interface Stroke {
  /** Points of one stroke in thousandths of the pad's width: x, y, x, y … */
  readonly points: readonly number[]
}

/** What an event says, by its kind. */
export type OrderFact =
  | {
      readonly kind: 'scheduled'
      readonly assigneeId: string
      /** Wall ms. */
      readonly from: number
      readonly to: number
    }
  | {
      readonly kind: 'dispatched' | 'accepted' | 'departed' | 'resumed' | 'done' | 'closed'
    }
  | {
      readonly kind: 'arrived'
      /** WGS 84 in ten-millionths of a degree; null: not said. */
      readonly latE7: number | null
      readonly lngE7: number | null
    }
  | {
      readonly kind: 'paused' | 'reopened' | 'unsigned' | 'cancelled' | 'not-completed'
      readonly reason: string
    }
  | {
      readonly kind: 'signed'
      readonly name: string
      readonly strokes: readonly Stroke[]
    }
  | {
      readonly kind: 'answered'
      readonly itemId: string
      /** Null: taken back. */
      readonly value: boolean | number | string | null
    }
  | {
      readonly kind: 'measured'
      readonly when: 'before' | 'after'
      readonly rxDbm: number
      readonly by: 'meter' | 'network'
      /** What should have arrived; null: nobody knows the way. */
      readonly targetDbm: number | null
    }
  | {
      readonly kind: 'photographed'
      readonly photoId: string
      /** Null: beside what was asked for. */
      readonly slotId: string | null
      readonly sha256: string
    }
  | { readonly kind: 'photo-dropped'; readonly photoId: string }
  | {
      readonly kind: 'used'
      readonly lineId: string
      readonly name: string
      readonly sku: string
      /** In thousandths of the unit. */
      readonly quantityMilli: number
      readonly unit: string
      readonly serial: string | null
    }
  | { readonly kind: 'unused'; readonly lineId: string }
  | { readonly kind: 'noted'; readonly text: string }
  | {
      readonly kind: 'timed'
      readonly what: 'travel' | 'work'
      /** Added to what was counted; may be negative. */
      readonly minutes: number
      readonly reason: string
    }
  | { readonly kind: 'amended'; readonly text: string }

export type OrderFactKind = OrderFact['kind']

export interface OrderEvent {
  readonly id: string
  /** Who wrote it down: the office's installation, or a field pack. */
  readonly deviceId: string
  /** From 1, without a gap on one device and for one order. */
  readonly seq: number
  /** The device's wall clock, ms. */
  readonly at: number
  readonly actorId: string | null
  /** By who may plan, in the assignee's place. */
  readonly forAssignee: boolean
  readonly fact: OrderFact
}

/**
 * Why an event counts for nothing but itself: `state` it does not fit there; `reassigned` somebody else
 * does it now; `signed` what was signed off is not changed; `incomplete` something required is missing.
 */
export type OrderClash = 'state' | 'reassigned' | 'signed' | 'incomplete'

export type MissingForDone =
  | { readonly kind: 'item'; readonly id: string }
  | { readonly kind: 'photo'; readonly id: string }
  | { readonly kind: 'light'; readonly id: 'before' | 'after' }
  | { readonly kind: 'material'; readonly id: '' }

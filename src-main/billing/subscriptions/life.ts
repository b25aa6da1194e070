import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'

/**
 * A subscription's life as a pure function of what happened to it. Nothing here asks a clock or a
 * store. Events are kept for good; one that was undone before it took effect stands with its undo.
 * Source of the states: business.md, section 4.
 */

export type LifeState = 'draft' | 'trial' | 'active' | 'paused' | 'suspended' | 'ended'

/** What is bought, from a start or a change on. */
export interface Bought {
  /** The start or change that brought it: what tells one price from another on a billed line. */
  readonly priceId: string
  readonly planVersionId: string
  readonly quantity: number
  /** Minor units, in place of the plan's price; null: the plan's. */
  readonly priceOverride: number | null
  readonly extras: readonly { readonly code: string; readonly quantity: number }[]
}

interface Placed {
  readonly id: string
  /** In the order they were written. */
  readonly seq: number
  readonly on: CalendarDate
}

export type LifeEvent =
  | (Placed & {
      readonly kind: 'start'
      readonly bought: Bought
      /** Exclusive; null: no trial. */
      readonly trialUntil: CalendarDate | null
    })
  | (Placed & { readonly kind: 'change'; readonly bought: Bought })
  | (Placed & { readonly kind: 'pause' | 'resume' | 'suspend' | 'end' })
  | (Placed & {
      readonly kind: 'restore'
      /** Prepaid: its periods are counted from this day on. */
      readonly renews?: true
    })
  | (Placed & { readonly kind: 'undo'; readonly undoes: string })

export type Act = Exclude<LifeEvent['kind'], 'undo'>
type ActEvent = Exclude<LifeEvent, { readonly kind: 'undo' }>

/** Half-open: what holds from `from` up to `until`; null: without an end. */
export interface Piece {
  readonly from: CalendarDate
  readonly until: CalendarDate | null
  readonly state: 'trial' | 'active' | 'paused' | 'suspended'
  readonly bought: Bought
}

export interface Purchase {
  readonly from: CalendarDate
  readonly bought: Bought
  /** The same as before, its periods counted anew from this day on. */
  readonly renewed?: true
}

export interface Life {
  readonly start: CalendarDate
  /** Exclusive; null: nobody has ended it. */
  readonly end: CalendarDate | null
  /** In order, without a hole, none of them empty. */
  readonly pieces: readonly Piece[]
  /**
   * Whatever was bought, in order: what was another thing by the end of its first day among it, which
   * may stand on a bill and has no day of its own.
   */
  readonly purchases: readonly Purchase[]
}

/** From which states an act may be taken: everything else is refused. */
const allowedFrom: Readonly<Record<Exclude<Act, 'start'>, readonly Piece['state'][]>> = {
  // In debt nobody buys another plan.
  change: ['trial', 'active', 'paused'],
  pause: ['trial', 'active'],
  resume: ['paused'],
  // A pause is a wish, a suspension is for debt: the one never stands for the other.
  suspend: ['trial', 'active'],
  restore: ['suspended'],
  end: ['trial', 'active', 'paused', 'suspended'],
}

export const mayAct = (state: LifeState, act: Act): boolean =>
  act === 'start'
    ? false
    : state !== 'draft' && state !== 'ended' && allowedFrom[act].includes(state)

/** What still counts: without what was undone, in the order in which it takes effect. */
export const standing = (events: readonly LifeEvent[]): readonly ActEvent[] => {
  const undone = new Set(events.flatMap((event) => (event.kind === 'undo' ? [event.undoes] : [])))
  return events
    .filter((event): event is ActEvent => event.kind !== 'undo' && !undone.has(event.id))
    .toSorted((a, b) => (a.on === b.on ? a.seq - b.seq : a.on < b.on ? -1 : 1))
}

export type Told =
  | { readonly kind: 'life'; readonly life: Life }
  /** The start itself was undone: it never came to be. */
  | { readonly kind: 'never' }
  /** This event cannot be, in this state. */
  | { readonly kind: 'refused'; readonly event: ActEvent; readonly state: LifeState }

/** The whole life, or the first event that cannot be. */
export const tellLife = (events: readonly LifeEvent[]): Told => {
  const [first, ...rest] = standing(events)
  if (first === undefined) return { kind: 'never' }
  if (first.kind !== 'start') return { kind: 'refused', event: first, state: 'draft' }
  const pieces: Piece[] = []
  const purchases: Purchase[] = [{ from: first.on, bought: first.bought }]
  const { trialUntil } = first
  let { bought } = first
  let from = first.on
  let state: Piece['state'] = trialUntil === null ? 'active' : 'trial'

  /** Closes the piece that runs at `on`; a trial that is over by then is active from its last day on. */
  const close = (on: CalendarDate): void => {
    if (state === 'trial' && trialUntil !== null && on >= trialUntil) {
      put(trialUntil)
      state = 'active'
    }
    put(on)
  }
  const put = (until: CalendarDate): void => {
    if (until > from) pieces.push({ from, until, state, bought })
    if (until > from) from = until
  }

  for (const event of rest) {
    close(event.on)
    if (event.kind === 'start' || !mayAct(state, event.kind)) {
      return { kind: 'refused', event, state }
    }
    switch (event.kind) {
      case 'change':
        bought = event.bought
        purchases.push({ from: event.on, bought })
        break
      case 'pause':
        state = 'paused'
        break
      case 'suspend':
        state = 'suspended'
        break
      case 'resume':
      case 'restore':
        state = trialUntil !== null && event.on < trialUntil ? 'trial' : 'active'
        if (event.kind === 'restore' && event.renews === true) {
          purchases.push({ from: event.on, bought, renewed: true })
        }
        break
      case 'end': {
        const after = rest.slice(rest.indexOf(event) + 1)[0]
        if (after !== undefined) return { kind: 'refused', event: after, state: 'ended' }
        return { kind: 'life', life: { start: first.on, end: event.on, pieces, purchases } }
      }
    }
  }
  if (state === 'trial' && trialUntil !== null) {
    put(trialUntil)
    state = 'active'
  }
  pieces.push({ from, until: null, state, bought })
  return { kind: 'life', life: { start: first.on, end: null, pieces, purchases } }
}

export const pieceAt = (life: Life, on: CalendarDate): Piece | null =>
  life.pieces.find(({ from, until }) => on >= from && (until === null || on < until)) ?? null

export const stateAt = (life: Life, on: CalendarDate): LifeState => {
  if (life.end !== null && on >= life.end) return 'ended'
  if (on < life.start) return 'draft'
  return pieceAt(life, on)?.state ?? 'ended'
}

/** Since when it is in the state of that day. */
export const stateSince = (life: Life, on: CalendarDate): CalendarDate => {
  if (life.end !== null && on >= life.end) return life.end
  let since = life.start
  let last: Piece['state'] | null = null
  for (const { from, state } of life.pieces) {
    if (from > on) break
    if (state !== last) since = from
    last = state
  }
  return since
}

/** What is bought on a day: before the start what will be, after the end what was. */
export const boughtAt = (life: Life, on: CalendarDate): Bought | null =>
  (pieceAt(life, on) ?? life.purchases.findLast(({ from }) => from <= on) ?? life.purchases[0])
    ?.bought ?? null

/** The first day after `on` at which something changes; null: none. */
export const nextChange = (life: Life, on: CalendarDate): CalendarDate | null => {
  const days = [...life.pieces.map(({ from }) => from), ...(life.end === null ? [] : [life.end])]
  return days.filter((each) => each > on).toSorted()[0] ?? null
}

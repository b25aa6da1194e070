import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldOrder } from '../../src-shared/domain/work-order-fold.ts'
import type { OrderEvent, OrderFact, OrderPaper } from '../../src-shared/domain/work-order.ts'

const paper: OrderPaper = {
  items: [
    {
      id: 'clean',
      label: { en: 'Connector cleaned', id: 'Konektor dibersihkan' },
      kind: 'tick',
      unit: '',
      required: true,
    },
  ],
  photos: [{ id: 'ont', label: { en: 'ONU', id: 'ONU' }, required: true }],
  light: 'after',
  needsMaterial: false,
}
const bare: OrderPaper = { items: [], photos: [], light: 'none', needsMaterial: false }

const said = (deviceId: string, seq: number, at: number, fact: OrderFact, by = 'budi') =>
  ({
    id: `${deviceId}-${seq}`,
    deviceId,
    seq,
    at,
    actorId: by,
    forAssignee: false,
    fact,
  }) satisfies OrderEvent

const office = (seq: number, at: number, fact: OrderFact) => said('office', seq, at, fact, 'sari')
const scheduled = (seq = 1, at = 10, assigneeId = 'budi') =>
  office(seq, at, { kind: 'scheduled', assigneeId, from: 100, to: 200 })
const onSite = [
  scheduled(),
  office(2, 20, { kind: 'dispatched' }),
  said('laptop', 1, 30, { kind: 'accepted' }),
  said('laptop', 2, 40, { kind: 'departed' }),
  said('laptop', 3, 55, { kind: 'arrived', latE7: null, lngE7: null }),
]
const facts = [
  said('laptop', 4, 60, { kind: 'answered', itemId: 'clean', value: true }),
  said('laptop', 5, 61, { kind: 'photographed', photoId: 'p1', slotId: 'ont', sha256: 'x' }),
  said('laptop', 6, 62, {
    kind: 'measured',
    when: 'after',
    rxDbm: -19.4,
    by: 'meter',
    targetDbm: -21,
  }),
]
const signature = {
  kind: 'signed',
  name: 'Dewi',
  strokes: [{ points: [1, 2, 3, 4] }],
} as const

describe('the life of a work order', () => {
  it('is not done while something required is missing, and says what', () => {
    const view = foldOrder(paper, [...onSite, said('laptop', 4, 60, { kind: 'done' })])
    expect(view.state).toBe('on-site')
    expect(view.clashes.get('laptop-4')).toBe('incomplete')
    expect(view.missing).toEqual([
      { kind: 'item', id: 'clean' },
      { kind: 'photo', id: 'ont' },
      { kind: 'light', id: 'after' },
    ])
  })

  it('is signed off by a name and a signature, and takes nothing more but an amendment', () => {
    const view = foldOrder(paper, [
      ...onSite,
      ...facts,
      said('laptop', 7, 70, { kind: 'done' }),
      said('laptop', 8, 75, signature),
      said('laptop', 9, 80, { kind: 'answered', itemId: 'clean', value: false }),
      said('laptop', 10, 81, { kind: 'amended', text: 'Serial was read wrongly.' }),
      office(3, 90, { kind: 'closed' }),
    ])
    expect(view.state).toBe('closed')
    expect(view.signature?.name).toBe('Dewi')
    expect(view.answers.get('clean')?.value).toBe(true)
    expect([...view.clashes]).toEqual([['laptop-9', 'signed']])
    expect(view.amendments.map(({ text }) => text)).toEqual(['Serial was read wrongly.'])
    expect(view.spentMs).toEqual({ travel: 15, work: 15, paused: 0 })
  })

  it('is not signed before it is done', () => {
    const view = foldOrder(bare, [...onSite, said('laptop', 4, 60, signature)])
    expect(view.state).toBe('on-site')
    expect(view.clashes.get('laptop-4')).toBe('state')
  })

  it('keeps what was done for somebody who no longer had it, and says so', () => {
    const view = foldOrder(bare, [
      ...onSite.slice(0, 3),
      scheduled(3, 35, 'tono'),
      said('laptop', 2, 40, { kind: 'departed' }),
    ])
    expect(view.assigneeId).toBe('tono')
    expect(view.state).toBe('scheduled')
    expect(view.clashes.get('laptop-2')).toBe('reassigned')
  })

  it('takes what was found out even where the order was cancelled meanwhile, as a clash', () => {
    const view = foldOrder(paper, [
      ...onSite,
      office(3, 57, { kind: 'cancelled', reason: 'moved away' }),
      ...facts,
    ])
    expect(view.state).toBe('cancelled')
    expect(view.reason).toBe('moved away')
    expect([...view.clashes.keys()]).toEqual(['laptop-4', 'laptop-5', 'laptop-6'])
  })

  it('counts pauses apart, and corrections with their sign', () => {
    const view = foldOrder(bare, [
      ...onSite,
      said('laptop', 4, 60, { kind: 'paused', reason: 'rain' }),
      said('laptop', 5, 90, { kind: 'resumed' }),
      said('laptop', 6, 100, { kind: 'done' }),
      said('laptop', 7, 101, { kind: 'timed', what: 'travel', minutes: 5, reason: 'ferry' }),
    ])
    expect(view.spentMs).toEqual({ travel: 15 + 300_000, work: 15, paused: 30 })
  })

  it('keeps a device’s own order where its clock was put back', () => {
    const view = foldOrder(bare, [
      ...onSite,
      said('laptop', 4, 5, { kind: 'done' }),
      said('laptop', 5, 6, signature),
    ])
    expect(view.state).toBe('signed-off')
    expect(view.clashes.size).toBe(0)
  })

  it('counts no minute twice where a clock was put back', () => {
    const view = foldOrder(bare, [
      ...onSite,
      said('laptop', 4, 5, { kind: 'paused', reason: 'rain' }),
      said('laptop', 5, 90, { kind: 'resumed' }),
      said('laptop', 6, 100, { kind: 'done' }),
    ])
    // From setting off at 40 until it was done at 100.
    expect(view.spentMs).toEqual({ travel: 15, work: 10, paused: 35 })
  })
})

const fact: fc.Arbitrary<OrderFact> = fc.oneof(
  fc.constantFrom<OrderFact>(
    { kind: 'dispatched' },
    { kind: 'accepted' },
    { kind: 'departed' },
    { kind: 'resumed' },
    { kind: 'done' },
    { kind: 'closed' },
    { kind: 'arrived', latE7: 1, lngE7: 2 },
    { kind: 'paused', reason: 'x' },
    { kind: 'cancelled', reason: 'x' },
    { kind: 'unsigned', reason: 'x' },
    { kind: 'not-completed', reason: 'x' },
    { kind: 'photo-dropped', photoId: 'p' },
    { kind: 'unused', lineId: 'l' },
    signature,
  ),
  fc.record({
    kind: fc.constant('scheduled' as const),
    assigneeId: fc.constantFrom('budi', 'tono'),
    from: fc.nat(100),
    to: fc.nat(100),
  }),
  fc.record({
    kind: fc.constant('answered' as const),
    itemId: fc.constantFrom('clean', 'other'),
    value: fc.constantFrom(true, false, null, 'text', 3),
  }),
  fc.record({
    kind: fc.constant('photographed' as const),
    photoId: fc.constantFrom('p', 'q'),
    slotId: fc.constantFrom('ont', null),
    sha256: fc.constant('x'),
  }),
  fc.record({
    kind: fc.constant('measured' as const),
    when: fc.constantFrom('before' as const, 'after' as const),
    rxDbm: fc.integer({ min: -30, max: -8 }),
    by: fc.constant('meter' as const),
    targetDbm: fc.constant(null),
  }),
)

const story = fc
  .array(
    fc.record({
      deviceId: fc.constantFrom('office', 'laptop-a', 'laptop-b'),
      at: fc.nat(60),
      actorId: fc.constantFrom('budi', 'tono', 'sari'),
      forAssignee: fc.boolean(),
      fact,
    }),
    { maxLength: 30 },
  )
  .map((rows) => {
    const seqs = new Map<string, number>()
    return rows.map((row): OrderEvent => {
      const seq = (seqs.get(row.deviceId) ?? 0) + 1
      seqs.set(row.deviceId, seq)
      return { ...row, seq, id: `${row.deviceId}-${seq}` }
    })
  })

describe('events in any order and twice', () => {
  it('give the same order, whoever brings them when', () => {
    fc.assert(
      fc.property(
        story.chain((events) =>
          fc.record({
            events: fc.constant(events),
            shuffled: fc.shuffledSubarray(events, {
              minLength: events.length,
              maxLength: events.length,
            }),
            again: fc.subarray(events),
          }),
        ),
        ({ events, shuffled, again }) => {
          expect(foldOrder(paper, [...shuffled, ...again])).toEqual(foldOrder(paper, events))
        },
      ),
      { seed: 8, numRuns: 400 },
    )
  })

  it('end where the table of states ends: an order that was signed off stays so', () => {
    fc.assert(
      fc.property(story, (events) => {
        const view = foldOrder(bare, events)
        if (view.signedAt !== null) expect(['signed-off', 'closed']).toContain(view.state)
        // Nothing is dropped: each event counted or is a clash, and a clash is one of these events.
        for (const id of view.clashes.keys()) expect(events.some((one) => one.id === id)).toBe(true)
      }),
      { seed: 9, numRuns: 400 },
    )
  })
})

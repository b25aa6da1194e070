import type { Input, Output, ProcedureName } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'

type Names = Extract<ProcedureName, `billing.${'voucher' | 'makeV' | 'voidV'}${string}`>
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}
type Batch = Output<'billing.voucherBatches'>['batches'][number]
type Card = Output<'billing.vouchers'>['vouchers'][number]

/** Two batches of printed cards: one half used, one past its day. */
export const createFakeVouchers = (deps: {
  readonly plant: FakePlant
  readonly now: () => number
  readonly me: () => string
  readonly today: () => string
  readonly newId: () => string
  readonly changed: () => void
}): Handlers => {
  const { changed, newId, now } = deps
  const batches: Batch[] = []
  const cards = new Map<string, Card[]>()

  const make = (
    input: Pick<Batch, 'name' | 'value' | 'currency' | 'count' | 'expiresOn' | 'note'>,
    stateOf: (serial: number) => Card['state'],
    ageMs: number,
  ): Batch => {
    const id = newId()
    const number = batches.length + 1
    const made = Array.from({ length: input.count }, (_, index): Card => {
      const state = stateOf(index + 1)
      return {
        id: newId(),
        number: `${number}-${String(index + 1).padStart(4, '0')}`,
        state,
        usedAt: state === 'used' ? now() - 3_600_000 * (index + 1) : null,
        voidedAt: state === 'void' ? now() - 7_200_000 : null,
        voidReason: state === 'void' ? 'Lost on the way to the shop' : '',
      }
    })
    cards.set(id, made)
    const batch: Batch = {
      ...input,
      id,
      number,
      createdAt: now() - ageMs,
      createdBy: deps.me(),
      states: { new: 0, used: 0, void: 0, expired: 0 },
    }
    batches.unshift(batch)
    return batch
  }
  const counted = (batch: Batch): Batch => {
    const states = { new: 0, used: 0, void: 0, expired: 0 }
    for (const { state } of cards.get(batch.id) ?? []) states[state] += 1
    return { ...batch, states }
  }
  if (deps.plant.size > 0) {
    const card = { value: 11_100_000, currency: 'IDR', note: '' }
    make(
      { ...card, name: 'Kios Melati', count: 50, expiresOn: '2026-06-30' },
      (serial) => (serial <= 41 ? 'used' : 'expired'),
      30_000_000_000,
    )
    make(
      { ...card, name: 'Toko Cempaka', count: 120, expiresOn: '2027-12-31' },
      (serial) => (serial <= 37 ? 'used' : serial % 29 === 0 ? 'void' : 'new'),
      900_000_000,
    )
  }
  const find = (id: string): Batch => {
    const batch = batches.find((one) => one.id === id)
    if (batch === undefined) throw new NocturneError('not-found')
    return batch
  }
  return {
    'billing.voucherBatches': () => ({ batches: batches.map(counted) }),
    'billing.vouchers': ({ batchId, states, offset, limit }) => {
      const all = (cards.get(find(batchId).id) ?? []).filter(
        ({ state }) => states.length === 0 || states.includes(state),
      )
      return { total: all.length, vouchers: all.slice(offset, offset + limit) }
    },
    'billing.makeVouchers': (input) => {
      const { name, value, currency, count, expiresOn, note } = input
      const { id } = make({ name, value, currency, count, expiresOn, note }, () => 'new', 0)
      changed()
      return {
        batchId: id,
        folder: '/home/noc/.config/nocturne/workspace/exports',
        fileName: `vouchers-${id}.pdf`,
      }
    },
    'billing.voidVouchers': ({ batchId, voucherIds, count, reason }) => {
      const all = cards.get(find(batchId).id) ?? []
      const chosen = all.filter(
        ({ id, state }) => state === 'new' && (voucherIds.length === 0 || voucherIds.includes(id)),
      )
      if (chosen.length !== count) throw new NocturneError('conflict')
      cards.set(
        batchId,
        all.map((card) =>
          chosen.includes(card)
            ? { ...card, state: 'void', voidedAt: now(), voidReason: reason }
            : card,
        ),
      )
      changed()
      return { voided: count }
    },
  }
}

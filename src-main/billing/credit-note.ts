import { scaleMinor } from '../../src-shared/domain/money.ts'
import { spread } from './spread.ts'

/**
 * A credit note against one issued invoice. Taxes are not computed anew: of each tax of the invoice
 * the part that belongs to everything credited so far is taken, less what earlier notes took. So
 * the notes of an invoice add up to it to the last unit, whatever their number and order, and never
 * beyond it. Amounts are positive: the kind of the document says which way they go.
 */
export interface CreditableLine {
  readonly id: string
  readonly group: string
  /** As priced: with the taxes that are in the price. */
  readonly amount: number
  /** What earlier notes credited of it. */
  readonly credited: number
}

export interface CreditableGroup {
  readonly key: string
  readonly taxes: readonly {
    /** In the price. */
    readonly included: boolean
    readonly amount: number
    readonly base: number
    readonly creditedAmount: number
    readonly creditedBase: number
  }[]
}

export interface CreditableInvoice {
  readonly lines: readonly CreditableLine[]
  readonly groups: readonly CreditableGroup[]
  /** Of coins; goes with the last of the invoice. */
  readonly rounding: number
}

export interface CreditedLine {
  readonly id: string
  readonly amount: number
  readonly net: number
  readonly tax: number
}

export interface CreditDraft {
  readonly lines: readonly CreditedLine[]
  readonly groups: readonly {
    readonly key: string
    readonly net: number
    readonly taxes: readonly { readonly base: number; readonly amount: number }[]
  }[]
  readonly net: number
  readonly tax: number
  readonly rounding: number
  readonly total: number
}

export type CreditRefusal =
  | { readonly code: 'nothing' }
  | { readonly code: 'unknown-line'; readonly lineId: string }
  /** `left`: as much of the line can be credited. */
  | { readonly code: 'beyond-line'; readonly lineId: string; readonly left: number }

export type CreditResult =
  | { readonly ok: true; readonly draft: CreditDraft }
  | { readonly ok: false; readonly refusal: CreditRefusal }

export const creditAll = (
  invoice: CreditableInvoice,
): readonly { readonly id: string; readonly amount: number }[] =>
  invoice.lines
    .filter(({ amount, credited }) => amount !== credited)
    .map(({ id, amount, credited }) => ({ id, amount: amount - credited }))

/** Same sign as the line and no more than is left of it. */
const fits = ({ amount, credited }: CreditableLine, wanted: number): boolean => {
  const left = amount - credited
  return left >= 0 ? wanted >= 0 && wanted <= left : wanted <= 0 && wanted >= left
}

export const createCredit = (
  invoice: CreditableInvoice,
  wanted: readonly { readonly id: string; readonly amount: number }[],
): CreditResult => {
  const byLine = new Map<string, number>()
  for (const { id, amount } of wanted) byLine.set(id, (byLine.get(id) ?? 0) + amount)
  const known = new Map(invoice.lines.map((line) => [line.id, line]))
  for (const [lineId, amount] of byLine) {
    const line = known.get(lineId)
    if (line === undefined) return { ok: false, refusal: { code: 'unknown-line', lineId } }
    if (!fits(line, amount))
      return {
        ok: false,
        refusal: { code: 'beyond-line', lineId, left: line.amount - line.credited },
      }
  }
  const lines = invoice.lines
    .map((line) => ({ ...line, now: byLine.get(line.id) ?? 0 }))
    .filter(({ now }) => now !== 0)
  const all = invoice.lines.every(
    (line) => line.credited + (byLine.get(line.id) ?? 0) === line.amount,
  )
  const rounding = all ? invoice.rounding : 0
  if (lines.length === 0 && rounding === 0) return { ok: false, refusal: { code: 'nothing' } }

  const parts = invoice.groups.map((group) => creditGroup(group, invoice.lines, byLine))
  const kept = parts.filter(({ lines: own }) => own.length > 0)
  const sum = (of: (part: GroupPart) => number): number =>
    kept.reduce((total, part) => total + of(part), 0)
  const net = sum((part) => part.net)
  const tax = sum((part) => part.taxes.reduce((total, { amount }) => total + amount, 0))
  return {
    ok: true,
    draft: {
      lines: kept.flatMap(({ lines: own }) => own),
      groups: kept.map(({ key, net: own, taxes }) => ({ key, net: own, taxes })),
      net,
      tax,
      rounding,
      total: net + tax + rounding,
    },
  }
}

interface GroupPart {
  readonly key: string
  readonly net: number
  readonly taxes: readonly { readonly base: number; readonly amount: number }[]
  readonly lines: readonly CreditedLine[]
}

const creditGroup = (
  { key, taxes }: CreditableGroup,
  lines: readonly CreditableLine[],
  wanted: ReadonlyMap<string, number>,
): GroupPart => {
  const own = lines.filter(({ group }) => group === key)
  const whole = own.reduce((sum, { amount }) => sum + amount, 0)
  const before = own.reduce((sum, { credited }) => sum + credited, 0)
  const mine = own
    .map(({ id }) => ({ id, amount: wanted.get(id) ?? 0 }))
    .filter(({ amount }) => amount !== 0)
  const after = before + mine.reduce((sum, { amount }) => sum + amount, 0)
  // A group of charges and credits that cancel out has no tax to give back.
  const upTo = (value: number): number =>
    after === whole ? value : whole === 0 ? 0 : scaleMinor(value, after, whole)
  const now = taxes.map(({ included, amount, base, creditedAmount, creditedBase }) => ({
    included,
    base: upTo(base) - creditedBase,
    amount: upTo(amount) - creditedAmount,
  }))
  const sharesOf = (inside: boolean): readonly number[] =>
    spread(
      now.reduce((sum, { included, amount }) => (included === inside ? sum + amount : sum), 0),
      mine.map(({ amount }) => amount),
    )
  const [within, beyond] = [sharesOf(true), sharesOf(false)]
  const credited = mine.map(({ id, amount }, index): CreditedLine => {
    const inside = within[index] ?? 0
    return { id, amount, net: amount - inside, tax: inside + (beyond[index] ?? 0) }
  })
  return {
    key,
    net: credited.reduce((sum, line) => sum + line.net, 0),
    taxes: now.map(({ base, amount }) => ({ base, amount })),
    lines: credited,
  }
}

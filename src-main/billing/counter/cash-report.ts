import type {
  CashMoveKind,
  CashReport,
} from '../../../src-shared/contract/billing-counter-model.ts'

/** One movement, as far as a report needs it. In the order in which it was written. */
export interface MoveFacts {
  readonly kind: CashMoveKind
  readonly method: string
  readonly amount: number
  readonly at: number
}

/**
 * What a session came to. Only cash is in the drawer: what a card or a transfer brought is told by
 * method and expected nowhere. Rows follow one another as they were written, whatever the clock said.
 */
export const cashReportOf = (
  session: { readonly float: number; readonly openedAt: number },
  moves: readonly MoveFacts[],
): CashReport => {
  const sumOf = (...kinds: readonly CashMoveKind[]): number =>
    moves.filter(({ kind }) => kinds.includes(kind)).reduce((sum, { amount }) => sum + amount, 0)
  const taken = moves.filter(({ kind }) => kind === 'payment' || kind === 'reversal')
  const methods = [...new Set(taken.map(({ method }) => method))].toSorted().map((method) => {
    const own = taken.filter((move) => move.method === method)
    return {
      method,
      count: own.reduce((count, { kind }) => count + (kind === 'payment' ? 1 : -1), 0),
      amount: own.reduce((sum, { amount }) => sum + amount, 0),
    }
  })
  let [last, clockBack] = [session.openedAt, 0]
  for (const { at } of moves) {
    if (at < last) clockBack += 1
    last = at
  }
  return {
    float: session.float,
    methods,
    rounding: sumOf('rounding'),
    cashIn: sumOf('in'),
    cashOut: sumOf('out'),
    drops: sumOf('drop'),
    refunds: sumOf('refund'),
    expected: moves
      .filter(({ method }) => method === 'cash')
      .reduce((sum, { amount }) => sum + amount, session.float),
    clockBack,
  }
}

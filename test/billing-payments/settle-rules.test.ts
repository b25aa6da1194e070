import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chosenProblem,
  settlementsOf,
  takenBack,
  type FreeSource,
  type OpenDocument,
} from '../../src-shared/domain/settlements.ts'

const item = (id: string, open: number, dueOn: string): OpenDocument => ({
  id,
  open,
  dueOn,
  issuedOn: dueOn,
})
const money = (id: string, free: number, over: Partial<FreeSource> = {}): FreeSource => ({
  kind: 'payment',
  id,
  on: '2026-01-01',
  free,
  correctsId: null,
  ...over,
})

test('E09: instalments of 30, 50 and 20, and 40 paid: the oldest first', () => {
  const items = [
    item('b', 50, '2026-02-01'),
    item('c', 20, '2026-03-01'),
    item('a', 30, '2026-01-01'),
  ]
  expect(
    settlementsOf(items, [money('p', 40)]).map(({ documentId, amount }) => [documentId, amount]),
  ).toEqual([
    ['a', 30],
    ['b', 10],
  ])
})

test('a credit note settles its own document first, and credit goes before money', () => {
  const items = [item('old', 50, '2026-01-01'), item('own', 30, '2026-02-01')]
  const sources = [
    money('p', 100),
    money('n', 40, { kind: 'credit-note', correctsId: 'own', on: '2026-05-01' }),
  ]
  expect(
    settlementsOf(items, sources).map(({ sourceId, documentId, amount }) => [
      sourceId,
      documentId,
      amount,
    ]),
  ).toEqual([
    ['n', 'own', 30],
    ['n', 'old', 10],
    ['p', 'old', 40],
  ])
})

test('what somebody chose is refused where it does not fit', () => {
  const items = [item('a', 30, '2026-01-01'), item('b', 50, '2026-02-01')]
  const of = (...chosen: readonly (readonly [string, number])[]) =>
    chosenProblem(
      60,
      chosen.map(([documentId, amount]) => ({ documentId, amount })),
      items,
    )
  expect(of(['a', 30], ['b', 30])).toBeNull()
  expect(of(['x', 1])).toMatchObject({ code: 'document-not-open' })
  expect(of(['a', 31])).toMatchObject({ code: 'allocation-beyond-document', open: 30 })
  expect(of(['a', 10], ['a', 10])).toMatchObject({ code: 'allocation-twice' })
  expect(of(['a', 30], ['b', 31])).toMatchObject({ code: 'allocation-beyond-payment', over: 1 })
})

test('what is given back comes from what is free, then from the latest settlement, the last in part', () => {
  const settled = [
    { id: 'first', amount: 30 },
    { id: 'second', amount: 20 },
  ]
  expect(takenBack(10, 10, settled)).toEqual([])
  expect(takenBack(15, 10, settled)).toEqual([{ id: 'second', amount: 5 }])
  expect(takenBack(45, 10, settled)).toEqual([
    { id: 'second', amount: 20 },
    { id: 'first', amount: 15 },
  ])
})

test('afterwards nothing is free or nothing is open, and nothing is settled twice over', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 8 })
  fc.assert(
    fc.property(amounts, amounts, (opens, frees) => {
      const items = opens.map((open, index) => item(`d${index}`, open, `2026-01-0${index + 1}`))
      const sources = frees.map((free, index) => money(`p${index}`, free))
      const made = settlementsOf(items, sources)
      const sum = (of: (one: (typeof made)[number]) => boolean): number =>
        made.filter(of).reduce((total, { amount }) => total + amount, 0)
      const [open, free] = [opens, frees].map((all) => all.reduce((total, one) => total + one, 0))
      expect(sum(() => true)).toBe(Math.min(open!, free!))
      for (const { id, open: most } of items) {
        expect(sum(({ documentId }) => documentId === id)).toBeLessThanOrEqual(most)
      }
      for (const { id, free: most } of sources) {
        expect(sum(({ sourceId }) => sourceId === id)).toBeLessThanOrEqual(most)
      }
      expect(made.every(({ amount }) => amount > 0)).toBe(true)
    }),
    { seed: 5, numRuns: 300 },
  )
})

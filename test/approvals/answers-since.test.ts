import { expect, test } from 'vitest'
import { answersSince } from '../../src-renderer/screens/approvals/answers-since.ts'
import type { ApprovalRow } from '../../src-shared/contract/approvals.ts'

type State = ApprovalRow['state']

const of = (states: Readonly<Record<string, State>>) =>
  Object.entries(states).map(([id, state]) => ({ id, state }))

test('who asked is told what came of it: once, and of nothing that he did himself', () => {
  const before = new Map<string, State>(
    Object.entries({ a: 'waiting', b: 'waiting', c: 'waiting', d: 'approved', e: 'waiting' }),
  )
  const now = of({
    a: 'approved',
    b: 'declined',
    c: 'withdrawn',
    d: 'used',
    e: 'waiting',
    f: 'approved',
  })
  expect(answersSince(before, now)).toEqual([
    { id: 'a', answer: 'approved' },
    { id: 'b', answer: 'declined' },
  ])
  expect(answersSince(new Map(now.map(({ id, state }) => [id, state])), now)).toEqual([])
  // What nobody decided in time, and what is not as it was asked for.
  expect(answersSince(before, of({ a: 'expired', b: 'fallen' }))).toEqual([
    { id: 'a', answer: 'expired' },
    { id: 'b', answer: 'fallen' },
  ])
})

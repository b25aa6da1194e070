import type { Transaction } from '../store/write-path.ts'
import { noteChange } from './one-commands.ts'
import { readsIn, updateSubscriber } from './tables.ts'
import { noteEvent } from './timeline.ts'

/**
 * Something that was sold has begun: a lead is an active subscriber from then on. Whoever is none
 * stays as he is.
 */
export const leadBegins = (
  tx: Transaction,
  subscriberId: string,
  by: { readonly accountId: string | null; readonly at: number },
): boolean => {
  const before = readsIn(tx).subscriber(subscriberId)
  if (before === undefined || before.status !== 'lead') return false
  const { at, accountId } = by
  const version = updateSubscriber(
    tx,
    before,
    { status: 'active', status_since: at, status_reason: '' },
    at,
  )
  noteEvent(tx, {
    subscriberId,
    at,
    kind: 'status',
    accountId,
    data: { from: 'lead', to: 'active', reason: '' },
  })
  noteChange(tx, subscriberId, version, ['status'])
  return true
}

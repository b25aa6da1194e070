import type { SubscriberEvent } from '../../src-shared/contract/subscribers-model.ts'
import type { NoteSubscriberEvent } from '../engine/capability-ports.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

/** The time line of a subscriber: written in the transaction of what happened, never changed. */
export const noteEvent = (
  tx: Transaction,
  event: NoteSubscriberEvent & { readonly at: number },
): void => {
  const { subscriberId, at, kind, objectKind = null, objectId = null, accountId, data = {} } = event
  tx.run(
    `INSERT INTO subscriber_event (subscriber_id, at, kind, object_kind, object_id, account_id, data)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    subscriberId,
    at,
    kind,
    objectKind,
    objectId,
    accountId,
    JSON.stringify(data),
  )
}

type Row = Omit<SubscriberEvent, 'by' | 'data'> & {
  readonly accountId: string | null
  readonly data: string
}

export const createTimelineReads = (
  reader: StoreReader,
  nameOfAccount: (accountId: string) => string | null,
) => {
  const page = reader.prepare<[{ id: string; before: number; beyond: string; limit: number }], Row>(
    `SELECT seq, at, kind, object_kind AS objectKind, object_id AS objectId,
      account_id AS accountId, data FROM subscriber_event
      WHERE subscriber_id = :id AND seq < :before
        AND (object_kind IS NOT 'service'
          OR object_id NOT IN (SELECT value FROM json_each(:beyond)))
      ORDER BY seq DESC LIMIT :limit`,
  )
  return {
    /** The newest first. `beyond`: services of which nothing is told. */
    page: (
      id: string,
      before: number | null,
      limit: number,
      beyond: readonly string[],
    ): readonly SubscriberEvent[] =>
      page
        .all({
          id,
          before: before ?? Number.MAX_SAFE_INTEGER,
          beyond: JSON.stringify(beyond),
          limit,
        })
        .map(({ accountId, data, ...row }) => ({
          ...row,
          by: accountId === null ? null : nameOfAccount(accountId),
          data: JSON.parse(data) as SubscriberEvent['data'],
        })),
  }
}

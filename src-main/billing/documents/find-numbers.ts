import type { DocumentKind } from '../../../src-shared/contract/billing-documents-model.ts'
import type { SubscriberPort } from '../../engine/capability-ports.ts'
import type { CallContext } from '../../engine/handlers.ts'
import { isEverything, reaches } from '../../engine/reach.ts'
import type { Reads } from '../plans/plan-tables.ts'

/** Documents and receipts by the beginning of their numbers, for the search of the whole console. */

interface Numbered {
  readonly id: string
  readonly number: string
  readonly subscriberId: string
  readonly subscriberName: string
  readonly on: string
}
export interface FoundDocument extends Numbered {
  readonly documentKind: DocumentKind
}
export type FoundReceipt = Numbered

type Find<Row> = (
  text: string,
  limit: number,
  context: Pick<CallContext, 'reach'>,
) => { readonly rows: readonly Row[]; readonly total: number }

export interface FindNumbers {
  readonly documents: Find<FoundDocument>
  readonly receipts: Find<FoundReceipt>
}

/** So many of the highest numbers that begin so are looked at; whoever types on finds the others. */
const lookedAt = 1000

/** Capital letters, digits and strokes, as `series.ts` writes them; null: no number begins so. */
const beginning = (text: string): string | null => {
  const typed = text.trim().toUpperCase()
  return /^[A-Z0-9][A-Z0-9-]+$/u.test(typed) ? typed : null
}

export const createFindNumbers = ({
  reads,
  subscribers,
}: {
  readonly reads: Reads
  readonly subscribers: Pick<SubscriberPort, 'belongs'>
}): FindNumbers => {
  /** `inPart`: as its own page is opened by whoever reaches a part of the subscriber, or all of him. */
  const find =
    <Row extends Numbered>(columns: string, inPart: boolean): Find<Row> =>
    (text, limit, { reach }) => {
      const from = beginning(text)
      if (from === null) return { rows: [], total: 0 }
      const rows = reads.all<Row>(
        `SELECT ${columns} WHERE d.number >= ? AND d.number < ? ORDER BY d.number DESC LIMIT ?`,
        from,
        // Behind every letter of a number.
        `${from}~`,
        lookedAt,
      )
      const known = new Map<string, boolean>()
      const isReached = ({ subscriberId }: Row): boolean => {
        if (!known.has(subscriberId)) {
          const belongs = subscribers.belongs(subscriberId)
          known.set(subscriberId, belongs !== null && reaches(reach, belongs, inPart))
        }
        return known.get(subscriberId) === true
      }
      // SECURITY: what is not reached is neither found nor counted.
      const within = isEverything(reach) ? rows : rows.filter(isReached)
      return { rows: within.slice(0, limit).map((row) => ({ ...row })), total: within.length }
    }

  const common = `d.id, d.number, d.subscriber_id AS subscriberId, s.name AS subscriberName`
  return {
    documents: find(
      `${common}, d.issued_on AS "on", d.kind AS documentKind
        FROM invoice d JOIN subscriber s ON s.id = d.subscriber_id`,
      true,
    ),
    receipts: find(
      `${common}, d.received_on AS "on"
        FROM payment d JOIN subscriber s ON s.id = d.subscriber_id`,
      false,
    ),
  }
}

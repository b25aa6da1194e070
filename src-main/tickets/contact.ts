import { NocturneError } from '../../src-shared/errors.ts'
import type { Reads } from '../store/reads.ts'

/** Whom his wish not to be contacted keeps from being told anything by a line. */
const byWire: ReadonlySet<string> = new Set(['call', 'whatsapp', 'sms', 'email'])

/** Errors: `ticket-no-contact`. */
export const refuseContact = (
  reads: Reads,
  subscriberId: string | null,
  channel: string,
  isSurvey: boolean,
): void => {
  if (subscriberId === null) return
  const who = reads.get<{
    anonymisedAt: number | null
    restricted: 0 | 1
    consent: 0 | 1 | null
    contacts: number
    open: number
  }>(
    `SELECT anonymised_at AS anonymisedAt, restricted, marketing_consent AS consent,
      (SELECT count(*) FROM subscriber_contact WHERE subscriber_id = s.id) AS contacts,
      (SELECT count(*) FROM subscriber_contact WHERE subscriber_id = s.id AND channel <> 'none')
        AS open FROM subscriber s WHERE id = ?`,
    subscriberId,
  )!
  const refuse = (why: string): never => {
    throw new NocturneError('ticket-no-contact', { why })
  }
  if (who.anonymisedAt !== null) refuse('anonymised')
  if (byWire.has(channel) && who.contacts > 0 && who.open === 0) refuse('wish')
  // SECURITY: a question for our own sake goes to nobody who refused such, or is restricted.
  if (isSurvey && who.restricted === 1) refuse('restricted')
  if (isSurvey && who.consent === 0) refuse('consent')
}

/** Of whom nothing is known any more nothing new is written down. Errors: `not-found`. */
export const refuseErased = (reads: Reads, subscriberId: string | null): void => {
  if (subscriberId === null) return
  const erased = reads.get(
    `SELECT 1 FROM subscriber WHERE id = ? AND anonymised_at IS NOT NULL`,
    subscriberId,
  )
  if (erased !== undefined) throw new NocturneError('not-found', { what: 'subscriber' })
}

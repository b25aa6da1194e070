import type { Preferences } from '../../src-shared/contract/preferences.ts'
import type { NoticePerson } from '../notices/notices.ts'
import type { LiveSession } from './sessions.ts'

/** Who sits at the console, as the desktop's notices need him. */
export const noticePersonOf = (
  person: { readonly session: LiveSession; readonly preferences: Preferences } | null,
): NoticePerson | null => {
  if (person === null) return null
  const { session, preferences } = person
  const { locked, accountId, permissions } = session
  return { locked, accountId, handsOut: permissions.has('tickets.ticket.assign'), preferences }
}

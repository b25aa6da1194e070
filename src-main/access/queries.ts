import type { QueryHandlers } from '../engine/handlers.ts'
import type { Session } from '../../src-shared/contract/access.ts'

/** `described`: the session at a client as the page may know it. */
export const createAccessQueries = (
  described: (clientId: number) => Session | null,
): QueryHandlers<'access.session'> => ({
  'access.session': (_input, context) => ({ session: described(context.clientId) }),
})

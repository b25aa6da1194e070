import type { QueryHandlers } from '../engine/handlers.ts'
import { describeSession, type Sessions } from '../engine/sessions.ts'

export const createAccessQueries = (sessions: Sessions): QueryHandlers<'access.session'> => ({
  'access.session': (_input, context) => ({
    session: describeSession(sessions.get(context.clientId)),
  }),
})

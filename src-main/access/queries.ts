import type { QueryHandlers } from '../engine/handlers.ts'
import type { Session } from '../../src-shared/contract/access.ts'
import { minPasswordLength, strengthOf } from './strength.ts'

/**
 * What is answered before a workspace is open: the first owner's password is judged as he types it.
 * `described`: the session at a client as the page may know it.
 */
export const createAccessQueries = (
  described: (clientId: number) => Session | null,
): QueryHandlers<'access.session' | 'access.passwordStrength'> => ({
  'access.session': (_input, context) => ({ session: described(context.clientId) }),

  'access.passwordStrength': async ({ password, name }) => {
    const { score, why } = await strengthOf(password, [name])
    return { score, why, acceptable: why === null, minLength: minPasswordLength }
  },
})

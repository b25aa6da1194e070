import { z } from 'zod'
import { scopeKinds } from '../domain/scope.ts'
import { instant, uuid } from './common.ts'

/** Who is signed in, and what a sign-in wants next. */

export const session = z.object({
  account: z.object({
    id: uuid,
    name: z.string(),
    login: z.string(),
    /** A built-in role's name, or the id of one of the workspace's own. */
    roleId: z.string(),
    roleName: z.string(),
    isOwner: z.boolean(),
  }),
  signedInAt: instant,
  /** Then it ends, whatever is done meanwhile. */
  endsAt: z.number(),
  locked: z.boolean(),
  /** Minutes without a touch until the screen locks: the role's bound, or the person's own if less. */
  lockAfterMinutes: z.number(),
  /** Until then what asks for a step-up needs none. */
  steppedUpUntil: instant,
  permissions: z.array(z.string()),
  /** How far the role reaches for this person (domain/scope.ts). */
  scope: z.enum(scopeKinds),
})

export type Session = z.output<typeof session>

/**
 * What a sign-in wants next. done: signed in; second-factor: a code; set-up-second-factor: the role
 * asks for one and the account has none yet (`access.beginSecondFactor`, `…confirmSecondFactor`).
 */
export const signInStep = z.object({
  next: z.enum(['done', 'second-factor', 'set-up-second-factor']),
  session: session.nullable(),
})

export type SignInStep = z.output<typeof signInStep>

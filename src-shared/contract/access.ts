import { z } from 'zod'
import { done, instant, line, nothing, password, uuid } from './common.ts'
import { command, event, query } from './define.ts'

/** Who is here: sign-in, lock, sign-out. */

export const roles = ['owner'] as const

export const session = z.object({
  account: z.object({ id: uuid, name: z.string(), role: z.enum(roles) }),
  signedInAt: instant,
  locked: z.boolean(),
  permissions: z.array(z.string()),
})

export type Session = z.output<typeof session>

export const accessQueries = {
  'access.session': query({
    access: 'public',
    whileLocked: true,
    input: nothing,
    output: z.object({ session: session.nullable() }),
  }),
  /** To whom something can be given to see to. */
  'access.people': query({
    access: 'session',
    input: nothing,
    output: z.object({ people: z.array(z.object({ accountId: uuid, name: z.string() })) }),
  }),
}

export const accessCommands = {
  'access.signIn': command({
    access: 'public',
    input: z.strictObject({ name: line(80), password }),
    secrets: ['password'],
    output: z.object({ session }),
  }),
  'access.signOut': command({ access: 'session', whileLocked: true, input: nothing, output: done }),
  /** Screen lock: the screen is hidden and calls are refused while polling goes on. */
  'access.lock': command({ access: 'session', whileLocked: true, input: nothing, output: done }),
  'access.unlock': command({
    access: 'session',
    whileLocked: true,
    input: z.strictObject({ password }),
    secrets: ['password'],
    output: done,
  }),
}

export const accessEvents = {
  'access.sessionChanged': event({
    access: 'public',
    delivery: 'latest',
    payload: z.object({ session: session.nullable() }),
  }),
}

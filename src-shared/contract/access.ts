import { z } from 'zod'
import {
  accessAccountCommands,
  accessAccountEvents,
  accessAccountQueries,
} from './access-accounts.ts'
import { accessCompanyCommands, accessCompanyQueries } from './access-company.ts'
import { session, signInStep, type Session, type SignInStep } from './access-sign-in.ts'
import { done, instant, line, nothing, password, uuid } from './common.ts'
import { command, event, query } from './define.ts'

export { session, signInStep, type Session, type SignInStep }

/** Who is here: sign-in with a second factor, lock, step-up, and what a person sees of his own. */

/** A code of an authenticator app (6 digits) or a recovery code, blanks and dashes as typed. */
const factorCode = z.string().trim().min(6).max(40)

/** What made a sign-in stand out. */
export const suspicions = [
  'new-device',
  'new-network',
  'unusual-hour',
  'impossible-clock',
  'many-failures',
] as const

export const signIn = z.object({
  id: uuid,
  at: z.number(),
  /** Null: there is no such account, and what was typed is kept nowhere. */
  accountId: uuid.nullable(),
  accountName: z.string().nullable(),
  result: z.enum([
    'done',
    'wrong-password',
    'wrong-code',
    'throttled',
    'disabled',
    'unlocked',
    'stepped-up',
    'company-only',
    'not-linked',
  ]),
  /** password, password and code, recovery code, recovery kit, one-time code, company's provider. */
  means: z.enum(['password', 'totp', 'recovery-code', 'recovery-kit', 'one-time-code', 'oidc']),
  /** As the machine calls itself. */
  device: z.string(),
  /** The machine's addresses in its networks then; empty: it was in none. */
  addresses: z.array(z.string()),
  suspicions: z.array(z.enum(suspicions)),
})

export type SignIn = z.output<typeof signIn>

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
  /** How good a password is, before it is used: an estimate, offline. Nothing of it is kept. */
  'access.passwordStrength': query({
    access: 'public',
    input: z.strictObject({ password, name: z.string().max(80).default('') }),
    output: z.object({
      /** 0 (guessed at once) to 4 (not in centuries). */
      score: z.int().min(0).max(4),
      acceptable: z.boolean(),
      /** Why it is not; null: it is. */
      why: z.enum(['too-short', 'common', 'too-simple', 'has-name']).nullable(),
      minLength: z.int(),
    }),
  }),
  /** The person's own: second factor, recovery codes, where he is signed in, what stood out. */
  'access.mine': query({
    access: 'session',
    input: nothing,
    output: z.object({
      secondFactorSince: instant,
      secondFactorRequired: z.boolean(),
      /** Another administrator took it off, and no new one was set up since. */
      secondFactorReset: z.object({ at: z.number(), byName: z.string().nullable() }).nullable(),
      recoveryCodesLeft: z.int(),
      /** Of the owner: when his kit was made; null: there is none, or he is not the owner. */
      recoveryKitSince: instant,
      passwordChangedAt: instant,
      /** Linked to the company's provider that is set: since when; null: not, or none is set. */
      companySince: instant,
      companyOnly: z.boolean(),
      sessions: z.array(
        z.object({
          sessionId: uuid,
          device: z.string(),
          signedInAt: z.number(),
          locked: z.boolean(),
          isThis: z.boolean(),
        }),
      ),
      signIns: z.array(signIn),
      /** Sign-ins that stood out and that nobody has said anything to yet. */
      notices: z.array(signIn),
    }),
  }),
  ...accessAccountQueries,
  ...accessCompanyQueries,
}

export const accessCommands = {
  /**
   * Errors: `wrong-credentials` (no such account, wrong password, disabled: one answer in one
   * time), `sign-in-throttled`.
   */
  'access.signIn': command({
    access: 'public',
    input: z.strictObject({ name: line(80), password }),
    secrets: ['name', 'password'],
    output: signInStep,
  }),
  /** The second step. A recovery code serves once. Errors: `wrong-code`, `sign-in-throttled`, `not-signed-in`. */
  'access.signInCode': command({
    access: 'public',
    input: z.strictObject({ code: factorCode }),
    secrets: ['code'],
    output: signInStep,
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
  /**
   * Says once more who he is, for what asks for it (`step-up-needed`); holds for five minutes.
   * `code`: where the account has a second factor. Errors: `wrong-credentials`, `wrong-code`,
   * `sign-in-throttled`.
   */
  'access.stepUp': command({
    access: 'session',
    input: z.strictObject({ password, code: factorCode.nullable().default(null) }),
    secrets: ['password', 'code'],
    output: z.object({ until: z.number() }),
  }),
  /** Errors: `wrong-credentials`, `password-too-weak`. Other sessions of the account end. */
  'access.changePassword': command({
    access: 'session',
    input: z.strictObject({ current: password, next: password }),
    secrets: ['current', 'next'],
    output: done,
  }),
  /**
   * A new password by a one-time code that another administrator made. Errors: `wrong-code` (also
   * where there is no such account), `code-expired`, `password-too-weak`, `sign-in-throttled`.
   */
  'access.redeemCode': command({
    access: 'public',
    input: z.strictObject({ name: line(80), code: factorCode, password }),
    secrets: ['name', 'code', 'password'],
    output: signInStep,
  }),
  /**
   * The owner's way back by the words of the recovery kit: a new password, second factor off, every
   * session ended; the kit is used up and a new one is shown.
   */
  'access.redeemKit': command({
    access: 'public',
    input: z.strictObject({ words: z.string().min(20).max(400), password }),
    secrets: ['words', 'password'],
    output: signInStep,
  }),
  /**
   * Shows the key of a second factor as a QR code, outside the page. Signed in (with a step-up), or
   * in the middle of a sign-in that asks for one. Errors: `confirmation-unavailable`, `not-signed-in`.
   */
  'access.beginSecondFactor': command({ access: 'public', input: nothing, output: done }),
  /** Proves that the app has it, turns it on, and shows ten recovery codes outside the page. */
  'access.confirmSecondFactor': command({
    access: 'public',
    input: z.strictObject({ code: factorCode }),
    secrets: ['code'],
    output: signInStep,
  }),
  /** Refused with `second-factor-required` where the role asks for one. */
  'access.removeSecondFactor': command({
    access: 'session',
    stepUp: true,
    input: nothing,
    output: done,
  }),
  /** The old ones end; the new ones are shown outside the page. */
  'access.renewRecoveryCodes': command({
    access: 'session',
    stepUp: true,
    input: nothing,
    output: done,
  }),
  /** It was I (`known`), or it was not: then every session of the account ends but this one. */
  'access.answerNotice': command({
    access: 'session',
    input: z.strictObject({ signInId: uuid, known: z.boolean() }),
    output: done,
  }),
  ...accessAccountCommands,
  ...accessCompanyCommands,
}

export const accessEvents = {
  'access.sessionChanged': event({
    access: 'public',
    delivery: 'latest',
    payload: z.object({ session: session.nullable() }),
  }),
  /** A sign-in of the person, or of anyone for the owner, stood out. */
  'access.notice': event({ access: 'session', delivery: 'all', payload: signIn }),
  ...accessAccountEvents,
}

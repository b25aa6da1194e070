import { z } from 'zod'
import { signInStep } from './access-sign-in.ts'
import { done, instant, line, nothing, password, uuid } from './common.ts'
import { command, query } from './define.ts'

/**
 * Signing in with a company's OpenID Connect provider (authorisation code with PKCE in the system's
 * browser, RFC 8252): an option. Local accounts always remain, and no account is made by it.
 */

const manage = 'access.company.manage'

/** Of the page that the browser shows at the end. */
const language = z.enum(['en', 'id']).default('en')

/** What names a person for good. What he or his administrator can change names another tomorrow. */
export const changeableClaims = [
  'email',
  'preferred_username',
  'upn',
  'unique_name',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'phone_number',
] as const

const claimName = z.string().regex(/^[A-Za-z][\w.:/-]{0,79}$/)

const issuer = z
  .url({ protocol: /^https?$/ })
  .max(300)
  .regex(/^[!-~]+$/)
  .refine((text) => !/[?#@]/.test(text), 'no query, no fragment, no user')

/** As the provider writes it: printable ASCII, at most 255 (OpenID Connect Core, 2). */
export const companySubject = z.string().regex(/^[!-~](?:[ -~]{0,253}[!-~])?$/)

export const companySettings = z.object({
  version: z.int(),
  enabled: z.boolean(),
  /** On the button. */
  label: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  /** What it is never leaves the engine. */
  hasSecret: z.boolean(),
  scopes: z.array(z.string()),
  /** The claim that names the person. */
  claim: z.string(),
  /**
   * A person nobody has linked is linked at his first sign-in, by his employee's e-mail address,
   * where the provider says that it is verified. The owner alone turns this on.
   */
  linkByEmail: z.boolean(),
  /** Values of `amr` or `acr` that count as the second factor; none: the console asks for its own. */
  factorValues: z.array(z.string()),
  updatedAt: instant,
})

export type CompanySettings = z.output<typeof companySettings>

const word = z.string().regex(/^[!-~]{1,120}$/)

export const accessCompanyQueries = {
  /** What the sign-in page, the lock and the step-up offer. */
  'access.company': query({
    access: 'public',
    whileLocked: true,
    input: nothing,
    output: z.object({
      /** Null: it is off. */
      label: z.string().nullable(),
      /** Why it would not work now. */
      problem: z.enum(['no-network']).nullable(),
      /** The account that is signed in at this window is linked. */
      linked: z.boolean(),
      /** It signs in with the company alone: its password opens nothing. */
      companyOnly: z.boolean(),
    }),
  }),
  'access.companySettings': query({
    access: manage,
    input: nothing,
    output: z.object({
      /** Null: nobody has set it up. */
      settings: companySettings.nullable(),
      /** What has to be registered at the provider, for any port. */
      redirectUri: z.string(),
      /** Accounts that are linked to the provider that is set. */
      linked: z.int(),
    }),
  }),
}

export const accessCompanyCommands = {
  /**
   * Opens the system's browser and waits for its answer, three minutes at most. Errors:
   * `company-off`, `company-unreachable`, `company-certificate`, `company-wrong-issuer`,
   * `company-clock`, `company-client-refused`, `company-refused`, `company-answer-refused`,
   * `company-timeout`, `company-browser`, `company-unknown` (nobody's, or a disabled account's: one
   * answer), `sign-in-throttled`, `cancelled`.
   */
  'access.companySignIn': command({
    access: 'public',
    input: z.strictObject({ language }),
    output: signInStep,
  }),
  /** What this window waits for from the browser is called off. */
  'access.companyCancel': command({
    access: 'public',
    whileLocked: true,
    input: nothing,
    output: done,
  }),
  /** Errors: those of `access.companySignIn`; `company-other-person`. */
  'access.companyUnlock': command({
    access: 'session',
    whileLocked: true,
    input: z.strictObject({ language }),
    output: done,
  }),
  /** As `access.stepUp`, where the password is the provider's. */
  'access.companyStepUp': command({
    access: 'session',
    input: z.strictObject({
      language,
      code: z.string().trim().min(6).max(40).nullable().default(null),
    }),
    secrets: ['code'],
    output: z.object({ until: z.number() }),
  }),
  /** The person's own account, by signing in at the provider. Errors: `company-taken`. */
  'access.companyLink': command({
    access: 'session',
    stepUp: true,
    input: z.strictObject({ language }),
    output: done,
  }),
  /** Errors: `company-needed`: there is no other way into the account. */
  'access.companyUnlink': command({
    access: 'session',
    stepUp: true,
    input: nothing,
    output: done,
  }),
  /**
   * Of another's account: `subject` as the provider names the person; null takes the link away.
   * Errors: `company-off`, `company-taken`, `conflict`, `role-beyond-own`, `last-owner` (the owner keeps
   * his password).
   */
  'access.companyAccount': command({
    access: 'access.account.manage',
    stepUp: true,
    input: z.strictObject({
      accountId: uuid,
      baseVersion: z.int(),
      subject: companySubject.nullable(),
      companyOnly: z.boolean(),
    }),
    output: done,
  }),
  /**
   * `clientSecret` undefined: stays; null: goes. Errors: `conflict`, `company-issuer-insecure`,
   * `company-claim-changeable`, `permission-denied` (linking by e-mail is the owner's to allow).
   */
  'access.companySet': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({
      baseVersion: z.int(),
      enabled: z.boolean(),
      label: line(40),
      issuer,
      clientId: z.string().regex(/^[ -~]{1,200}$/),
      clientSecret: password.nullable().optional(),
      scopes: z.array(word).max(12),
      claim: claimName,
      linkByEmail: z.boolean(),
      factorValues: z.array(word).max(12),
    }),
    secrets: ['clientSecret'],
    output: z.object({ version: z.int() }),
  }),
  /** The whole way with what is saved, switched on or not, without signing anybody in. */
  'access.companyTry': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ language }),
    output: z.object({
      subject: z.string(),
      name: z.string().nullable(),
      email: z.string().nullable(),
      emailVerified: z.boolean(),
      amr: z.array(z.string()),
      acr: z.string().nullable(),
      /** Whether that counts as the second factor. */
      countsAsFactor: z.boolean(),
      /** Whose account it would be; null: nobody's. */
      accountName: z.string().nullable(),
    }),
  }),
}

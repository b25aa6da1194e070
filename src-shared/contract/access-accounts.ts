import { z } from 'zod'
import { accessScopeCommands, accessScopeQueries, scope } from './access-scope.ts'
import { done, instant, line, nothing, uuid } from './common.ts'
import { command, event, query } from './define.ts'

/** Employees, the accounts they sign in with, and roles. */

const read = 'access.account.read'
const manage = 'access.account.manage'
const manageRoles = 'access.role.manage'

export const employee = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  position: z.string(),
  group: z.string(),
  phone: z.string(),
  email: z.string(),
  note: z.string(),
  /** A small JPEG, PNG or WebP as a data URL; null: none. */
  photo: z.string().nullable(),
  accountId: uuid.nullable(),
})

export type Employee = z.output<typeof employee>

const optionalLine = (max: number) => z.union([line(max), z.literal('')]).default('')

export const employeeInput = z.strictObject({
  name: line(80),
  position: optionalLine(80),
  group: optionalLine(80),
  phone: optionalLine(40),
  email: z.union([z.email().max(120), z.literal('')]).default(''),
  note: z.string().trim().max(2000).default(''),
})

/** At most 200 KB; what it holds is looked at, not what it calls itself. */
const photoInput = z
  .string()
  .max(280_000)
  .regex(/^data:image\/(?:jpeg|png|webp);base64,[A-Za-z0-9+/]+={0,2}$/)

export const account = z.object({
  id: uuid,
  version: z.int(),
  name: z.string(),
  login: z.string(),
  roleId: z.string(),
  roleName: z.string(),
  employeeId: uuid.nullable(),
  disabledAt: instant,
  createdAt: z.number(),
  lastSignInAt: instant,
  secondFactorSince: instant,
  /** A one-time code was given and has not been used: until then. */
  codeUntil: instant,
  /** Its password is one that was imported, and still is: since when. */
  passwordImportedAt: instant,
  /** Null: not linked to the company's provider. */
  company: z
    .object({
      subject: z.string(),
      since: z.number(),
      /** Of the provider and the claim that are set now; a link to another one opens nothing. */
      isCurrent: z.boolean(),
      companyOnly: z.boolean(),
    })
    .nullable(),
  /** Signed in somewhere now. */
  sessions: z.int(),
  /** `regions` without one reaches nothing. */
  scope: z.union([scope, z.object({ kind: z.literal('regions'), regionIds: z.array(uuid) })]),
})

export type Account = z.output<typeof account>

/** What is wrong with one line of a file of accounts: never what stands in it. */
export const accountImportProblems = [
  'line-broken',
  'name-missing',
  'name-too-long',
  'login-missing',
  'login-too-long',
  'login-taken',
  'login-twice',
  'role-unknown',
  'role-beyond-own',
  'email-invalid',
  'hash-missing',
  'hash-not-bcrypt',
  'hash-cost',
] as const

export const role = z.object({
  /** A built-in role's name or an id. */
  id: z.string(),
  version: z.int(),
  /** Of a built-in one its name again; its words are the renderer's. */
  name: z.string(),
  isBuiltIn: z.boolean(),
  copyOf: z.string(),
  permissions: z.array(z.string()),
  secondFactorRequired: z.boolean(),
  /** The screen locks after so many minutes without a touch, at the latest. */
  lockAfterMinutes: z.int(),
  /** A session ends so many hours after its sign-in. */
  sessionHours: z.int(),
  accounts: z.int(),
})

export type Role = z.output<typeof role>

export const accessAccountQueries = {
  ...accessScopeQueries,
  'access.employees': query({
    access: read,
    input: nothing,
    output: z.object({ employees: z.array(employee) }),
  }),
  'access.accounts': query({
    access: read,
    input: nothing,
    output: z.object({ accounts: z.array(account) }),
  }),
  /**
   * What a file of accounts with bcrypt hashes would add: columns name, login, role, e-mail and hash,
   * in any order, encodings and separators as `plant.previewImport`. Nothing is changed;
   * `access.importAccounts` names the import. Errors: `import-unreadable`.
   */
  'access.previewAccounts': query({
    access: manage,
    input: z.strictObject({ fileName: z.string().max(255), bytes: z.instanceof(Uint8Array) }),
    output: z.object({
      importId: uuid,
      encoding: z.string(),
      separator: z.string(),
      columns: z.array(z.object({ header: z.string(), field: z.string().nullable() })),
      rows: z.int(),
      adds: z.int(),
      /** Those lines are left out. */
      problems: z.array(z.object({ line: z.int(), code: z.enum(accountImportProblems) })).max(200),
      problemsTotal: z.int(),
      sample: z
        .array(
          z.object({
            line: z.int(),
            name: z.string(),
            login: z.string(),
            roleId: z.string(),
            roleName: z.string(),
            email: z.string(),
          }),
        )
        .max(50),
    }),
  }),
  'access.roles': query({
    access: read,
    input: nothing,
    output: z.object({
      roles: z.array(role),
      /** Every permission there is, `capability.resource.action`, sorted. */
      permissions: z.array(z.string()),
    }),
  }),
}

export const accessAccountCommands = {
  ...accessScopeCommands,
  /** `employeeId` null: a new one. `photo` undefined: stays; null: goes. Errors: `conflict`, `not-found`. */
  'access.saveEmployee': command({
    access: manage,
    input: z.strictObject({
      employeeId: uuid.nullable(),
      baseVersion: z.int(),
      employee: employeeInput,
      photo: photoInput.nullable().optional(),
    }),
    secrets: ['photo'],
    output: z.object({ employeeId: uuid }),
  }),
  /** His account is disabled with him. Errors: `not-found`, `last-owner`, `own-account`. */
  'access.removeEmployee': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ employeeId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /**
   * A new account; the one-time code for its first sign-in is shown outside the page. Errors:
   * `login-taken`, `role-beyond-own` (nobody gives more than he has), `not-found`.
   */
  'access.createAccount': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({
      name: line(80),
      login: line(80),
      roleId: z.string().max(40),
      employeeId: uuid.nullable().default(null),
    }),
    output: z.object({ accountId: uuid }),
  }),
  /**
   * Name, login, role. A changed role takes effect at the next call of every session of the
   * account. Errors: `conflict`, `login-taken`, `role-beyond-own`, `own-account` (nobody changes his
   * own role), `last-owner`.
   */
  'access.changeAccount': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({
      accountId: uuid,
      baseVersion: z.int(),
      name: line(80).optional(),
      login: line(80).optional(),
      roleId: z.string().max(40).optional(),
      employeeId: uuid.nullable().optional(),
    }),
    output: done,
  }),
  /** Its sessions end at once. Errors: `own-account`, `last-owner`. */
  'access.disableAccount': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ accountId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  'access.enableAccount': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ accountId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /** Once, by who looked at it. Errors: `not-found`, `login-taken`, `role-beyond-own`. */
  'access.importAccounts': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ importId: uuid }),
    output: z.object({ added: z.int() }),
  }),
  /** Disables the accounts of an import that have never signed in. */
  'access.undoImport': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ importId: uuid }),
    output: z.object({ disabled: z.int(), kept: z.int() }),
  }),
  'access.endSessions': command({
    access: manage,
    input: z.strictObject({ accountId: uuid }),
    output: z.object({ ended: z.int() }),
  }),
  /** A one-time code that is good for a day, shown outside the page. Errors: `own-account`. */
  'access.resetPassword': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ accountId: uuid }),
    output: z.object({ until: z.number() }),
  }),
  /** Errors: `own-account`: it takes another administrator. The person is told at his next sign-in. */
  'access.resetSecondFactor': command({
    access: manage,
    stepUp: true,
    input: z.strictObject({ accountId: uuid }),
    output: done,
  }),
  /**
   * `roleId` null: a copy of `copyOf`. Of a built-in role only second factor, lock and session
   * length can be changed. Errors: `conflict`, `role-beyond-own`, `role-built-in`, `not-found`.
   */
  'access.saveRole': command({
    access: manageRoles,
    stepUp: true,
    input: z.strictObject({
      roleId: z.string().max(40).nullable(),
      baseVersion: z.int(),
      name: line(60),
      copyOf: z.string().max(40),
      permissions: z.array(z.string().max(80)).max(500),
      secondFactorRequired: z.boolean(),
      lockAfterMinutes: z.int().min(1).max(240),
      sessionHours: z.int().min(1).max(24),
    }),
    output: z.object({ roleId: z.string() }),
  }),
  /** Errors: `role-in-use`, `role-built-in`. */
  'access.removeRole': command({
    access: manageRoles,
    stepUp: true,
    input: z.strictObject({ roleId: uuid, baseVersion: z.int() }),
    output: done,
  }),
  /** Another becomes the owner and this one an administrator, in one step. */
  'access.transferOwnership': command({
    access: 'access.owner.transfer',
    stepUp: true,
    input: z.strictObject({ accountId: uuid }),
    output: done,
  }),
  /** The owner's way back, printed: the old one ends, the new one is shown outside the page. */
  'access.renewKit': command({
    access: 'access.owner.transfer',
    stepUp: true,
    input: nothing,
    output: done,
  }),
}

export const accessAccountEvents = {
  'access.changed': event({ access: read, delivery: 'latest', payload: z.object({}) }),
}

import { z } from 'zod'

/**
 * How the console is let in over SNMP, as flat fields: what is secret among them can be named at
 * the top of a command's input (define.ts, `secrets`).
 */

export const snmpVersions = ['1', '2c', '3'] as const
export type SnmpVersion = (typeof snmpVersions)[number]

/** RFC 3414 and RFC 7860. Which of them this build computes says `network.snmpAlgorithms`. */
export const snmpAuthAlgorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const
export type SnmpAuthAlgorithm = (typeof snmpAuthAlgorithms)[number]

/** RFC 3414, RFC 3826, and the two spellings of longer AES keys that are in the field. */
export const snmpPrivAlgorithms = [
  'des',
  'aes128',
  'aes192',
  'aes256',
  'aes192-reeder',
  'aes256-reeder',
] as const
export type SnmpPrivAlgorithm = (typeof snmpPrivAlgorithms)[number]

const snmpVersion = z.enum(snmpVersions)
const authAlgorithm = z.enum(snmpAuthAlgorithms)
const privAlgorithm = z.enum(snmpPrivAlgorithms)

/** SNMP community: printable ASCII as OLTs accept it. */
const community = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\x21-\x7e]+$/, 'community')

const visible = /^[^\p{Cc}]+$/u

/** RFC 3411: an SnmpAdminString of 1 to 32 octets; it travels in the clear. */
const userName = z.string().min(1).max(32).regex(visible, 'userName')
/** RFC 3414 asks for eight characters; some OLTs take fewer, and those want to be read too. */
const password = z.string().min(1).max(255).regex(visible, 'password')
const contextName = z.string().min(1).max(255).regex(visible, 'contextName')

/** For a new way in: all that its version needs, and nothing of another's. */
export const newSnmpAccess = {
  snmpVersion: snmpVersion.default('2c'),
  community: community.optional(),
  userName: userName.optional(),
  authAlgorithm: authAlgorithm.optional(),
  authPassword: password.optional(),
  /** Left out: authNoPriv. */
  privAlgorithm: privAlgorithm.optional(),
  privPassword: password.optional(),
  /** SNMP context; nearly always left out. */
  contextName: contextName.optional(),
}

/**
 * For a known one: what is left out stays as it is. Secrets can be replaced, never read back; null
 * takes privacy or the context away.
 */
export const changedSnmpAccess = {
  snmpVersion: snmpVersion.optional(),
  community: community.optional(),
  userName: userName.optional(),
  authAlgorithm: authAlgorithm.optional(),
  authPassword: password.optional(),
  privAlgorithm: privAlgorithm.nullable().optional(),
  privPassword: password.optional(),
  contextName: contextName.nullable().optional(),
}

export const snmpSecrets = ['community', 'authPassword', 'privPassword'] as const

/** What may be shown of it. */
export const shownSnmpAccess = {
  snmpVersion,
  userName: z.string().nullable(),
  authAlgorithm: authAlgorithm.nullable(),
  /** Null with version 3: authNoPriv. */
  privAlgorithm: privAlgorithm.nullable(),
  contextName: z.string().nullable(),
}

export const snmpAlgorithms = z.object({
  auth: z.array(authAlgorithm),
  priv: z.array(privAlgorithm),
  /** What this build cannot compute. */
  missing: z.array(z.union([authAlgorithm, privAlgorithm])),
})

export type NewSnmpAccess = z.output<z.ZodObject<typeof newSnmpAccess>>
export type ChangedSnmpAccess = z.output<z.ZodObject<typeof changedSnmpAccess>>
export type ShownSnmpAccess = z.output<z.ZodObject<typeof shownSnmpAccess>>
export type SnmpAccessField = keyof typeof newSnmpAccess

export const userFields = [
  'userName',
  'authAlgorithm',
  'authPassword',
  'privAlgorithm',
  'privPassword',
  'contextName',
] as const satisfies readonly SnmpAccessField[]

type Given = Partial<Record<SnmpAccessField, unknown>>

const missingFields = (access: Given): readonly SnmpAccessField[] => {
  const needed: readonly SnmpAccessField[] =
    access.snmpVersion !== '3'
      ? ['community']
      : [
          'userName',
          'authAlgorithm',
          'authPassword',
          ...(access.privAlgorithm === undefined ? [] : (['privPassword'] as const)),
        ]
  return needed.filter((field) => access[field] === undefined)
}

/** Fields of a version that was not chosen: a secret that nothing uses is better not kept. */
const strayFields = (access: Given): readonly SnmpAccessField[] => {
  const strays: readonly SnmpAccessField[] =
    access.snmpVersion === '3'
      ? ['community']
      : access.snmpVersion !== undefined || access.community !== undefined
        ? userFields
        : []
  return strays.filter((field) => access[field] !== undefined)
}

const refuse = (
  fields: readonly SnmpAccessField[],
  message: 'needed' | 'not-of-this-version' | 'without-privacy',
  context: z.RefinementCtx,
): void => {
  for (const field of fields) context.addIssue({ code: 'custom', path: [field], message })
}

export const checkNewSnmpAccess = (access: Given, context: z.RefinementCtx): void => {
  refuse(missingFields(access), 'needed', context)
  refuse(strayFields(access), 'not-of-this-version', context)
  if (access.privPassword !== undefined && access.privAlgorithm === undefined) {
    refuse(['privPassword'], 'without-privacy', context)
  }
}

/** What is needed beside depends on what is stored: the handler sees to that. */
export const checkChangedSnmpAccess = (access: Given, context: z.RefinementCtx): void => {
  refuse(strayFields(access), 'not-of-this-version', context)
  if (access.privPassword !== undefined && access.privAlgorithm === null) {
    refuse(['privPassword'], 'without-privacy', context)
  }
}

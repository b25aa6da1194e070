import type {
  ChangedSnmpAccess,
  NewSnmpAccess,
  ShownSnmpAccess,
  SnmpAccessField,
  SnmpAuthAlgorithm,
  SnmpPrivAlgorithm,
} from '../../src-shared/contract/snmp-access.ts'
import { userFields } from '../../src-shared/contract/snmp-access.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { SnmpCredentials } from '../olt/snmp/session.ts'
import { seal, unseal } from '../vault/seal.ts'

/** How an OLT lets us in, secrets among it. It never leaves the engine. */
export type SnmpAccess = CommunityAccess | UserAccess

interface CommunityAccess {
  readonly version: '1' | '2c'
  readonly community: string
}

interface UserAccess {
  readonly version: '3'
  readonly userName: string
  readonly authAlgorithm: SnmpAuthAlgorithm
  readonly authPassword: string
  /** Null: authNoPriv. */
  readonly priv: { readonly algorithm: SnmpPrivAlgorithm; readonly password: string } | null
  readonly contextName: string | null
}

/** A way in as it lies in the store. */
export interface SealedAccess {
  /** 'community': the bare community of a row from before SNMPv3. */
  readonly sealedAs: 'community' | 'access'
  readonly accessSealed: Uint8Array
}

const placeOf = (sealedAs: SealedAccess['sealedAs'], rowId: string) =>
  ({ purpose: `olt.${sealedAs}`, rowId }) as const

/** The contract has refused what does not fit already; this says it once more, by type. */
const needed = <Value>(value: Value | null | undefined, field: SnmpAccessField): Value => {
  if (value === undefined || value === null) {
    throw new NocturneError('invalid-input', { field, rule: 'needed' })
  }
  return value
}

/** Errors: `invalid-input` where the version needs more than was given. */
export const accessOf = (input: ChangedSnmpAccess | NewSnmpAccess): SnmpAccess => {
  const version = input.snmpVersion ?? '2c'
  if (version !== '3') return { version, community: needed(input.community, 'community') }
  return {
    version,
    userName: needed(input.userName, 'userName'),
    authAlgorithm: needed(input.authAlgorithm, 'authAlgorithm'),
    authPassword: needed(input.authPassword, 'authPassword'),
    priv:
      input.privAlgorithm === undefined || input.privAlgorithm === null
        ? null
        : {
            algorithm: input.privAlgorithm,
            password: needed(input.privPassword, 'privPassword'),
          },
    contextName: input.contextName ?? null,
  }
}

const changeable = ['snmpVersion', 'community', ...userFields] as const

export const changesAccess = (input: ChangedSnmpAccess): boolean =>
  changeable.some((field) => input[field] !== undefined)

/**
 * The way in after a change: what was left out stays, as far as the version is of the same kind.
 * `before` is asked only for a secret that stays: one that cannot be opened can be replaced.
 * Errors: `invalid-input` where the version needs more than was given; those of `before`.
 */
export const changedAccess = (
  input: ChangedSnmpAccess,
  shown: ShownSnmpAccess,
  before: () => SnmpAccess,
): SnmpAccess => {
  const version = input.snmpVersion ?? shown.snmpVersion
  if (version !== '3') {
    for (const field of userFields) refuse(input, field, 'not-of-this-version')
    if (input.community !== undefined) return { version, community: input.community }
    const old = shown.snmpVersion === '3' ? null : before()
    return old === null || old.version === '3'
      ? accessOf({ ...input, snmpVersion: version })
      : { version, community: old.community }
  }
  refuse(input, 'community', 'not-of-this-version')
  if (shown.snmpVersion !== '3') return accessOf({ ...input, snmpVersion: version })
  const secrets = (): UserAccess => {
    const old = before()
    if (old.version !== '3') throw new Error('an SNMPv3 row holds no user')
    return old
  }
  const priv = input.privAlgorithm === undefined ? shown.privAlgorithm : input.privAlgorithm
  if (priv === null) refuse(input, 'privPassword', 'without-privacy')
  const keepsPrivacy = priv !== null && shown.privAlgorithm !== null
  return accessOf({
    snmpVersion: version,
    userName: input.userName ?? shown.userName ?? undefined,
    authAlgorithm: input.authAlgorithm ?? shown.authAlgorithm ?? undefined,
    authPassword: input.authPassword ?? secrets().authPassword,
    privAlgorithm: priv,
    privPassword: input.privPassword ?? (keepsPrivacy ? secrets().priv?.password : undefined),
    contextName: input.contextName === undefined ? shown.contextName : input.contextName,
  })
}

const refuse = (input: ChangedSnmpAccess, field: SnmpAccessField, rule: string): void => {
  if (input[field] !== undefined) throw new NocturneError('invalid-input', { field, rule })
}

/** What may be shown of it: no secret. */
export const shownAccessOf = (access: SnmpAccess): ShownSnmpAccess =>
  access.version === '3'
    ? {
        snmpVersion: '3',
        userName: access.userName,
        authAlgorithm: access.authAlgorithm,
        privAlgorithm: access.priv?.algorithm ?? null,
        contextName: access.contextName,
      }
    : communityShown(access.version)

export const communityShown = (snmpVersion: '1' | '2c'): ShownSnmpAccess => ({
  snmpVersion,
  userName: null,
  authAlgorithm: null,
  privAlgorithm: null,
  contextName: null,
})

/** Buffers of their own, for the caller to wipe (olt/poller/snmp-credentials.ts). */
export const credentialsOf = (access: SnmpAccess): SnmpCredentials => {
  if (access.version !== '3') {
    return { version: access.version, community: Buffer.from(access.community, 'latin1') }
  }
  const { userName, authAlgorithm, authPassword, priv, contextName } = access
  return {
    version: '3',
    user: {
      name: userName,
      auth: { protocol: authAlgorithm, secret: Buffer.from(authPassword, 'utf8') },
      priv:
        priv === null
          ? undefined
          : { protocol: priv.algorithm, secret: Buffer.from(priv.password, 'utf8') },
      context: contextName ?? undefined,
    },
  }
}

export const sealAccess = (
  access: SnmpAccess,
  vaultKey: Uint8Array,
  rowId: string,
): SealedAccess => {
  const plain = Buffer.from(JSON.stringify(access), 'utf8')
  try {
    // SECURITY: from here on the secrets exist sealed, and in the buffers of the SNMP session.
    const accessSealed = seal(plain, vaultKey, placeOf('access', rowId))
    return { sealedAs: 'access', accessSealed }
  } finally {
    plain.fill(0)
  }
}

/** Errors: `secret-unreadable`. */
export const openAccess = (
  { sealedAs, accessSealed }: SealedAccess,
  vaultKey: Uint8Array,
  rowId: string,
): SnmpAccess => {
  const plain = unseal(accessSealed, vaultKey, placeOf(sealedAs, rowId))
  try {
    return sealedAs === 'community'
      ? { version: '2c', community: plain.toString('latin1') }
      : // Written by sealAccess and proved by its seal.
        (JSON.parse(plain.toString('utf8')) as SnmpAccess)
  } finally {
    plain.fill(0)
  }
}

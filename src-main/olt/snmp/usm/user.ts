import { createSecretKey, type KeyObject } from 'node:crypto'
import { NocturneError } from '../../../../src-shared/errors.ts'
import type {
  SnmpAuthAlgorithm,
  SnmpPrivAlgorithm,
} from '../../../../src-shared/contract/snmp-access.ts'
import { cipherFor, desHalfOf } from './cipher.ts'
import { localisedKey, masterKey, privacyKey } from './keys.ts'
import { snmpAlgorithms, type SnmpAlgorithms } from './self-test.ts'

/** Secrets are held in memory only and never part of an error or a log. */
export interface SnmpUser {
  readonly name: string
  readonly auth?: { readonly protocol: SnmpAuthAlgorithm; readonly secret: Buffer } | undefined
  /** Only together with `auth`. */
  readonly priv?: { readonly protocol: SnmpPrivAlgorithm; readonly secret: Buffer } | undefined
  /** SNMP context; nearly always empty. */
  readonly context?: string | undefined
}

/** RFC 3411 section 3.4.3, as message flags (RFC 3412 section 6.4). */
export const securityFlags = { auth: 1, priv: 2, reportable: 4 } as const

export const flagsOf = (user: SnmpUser): number =>
  (user.auth === undefined ? 0 : securityFlags.auth) |
  (user.priv === undefined ? 0 : securityFlags.priv)

/** Keys of one user for one engine; null where the level needs none. */
export interface EngineKeys {
  readonly auth: KeyObject | null
  readonly priv: KeyObject | null
  /** What DES makes its IVs of. */
  readonly desHalf: Buffer
}

export interface UserKeys {
  readonly forEngine: (engineId: Buffer) => EngineKeys
  /** Overwrites what the keys are made of, and lets the keys go. */
  readonly wipe: () => void
}

/** Engines whose keys are kept; the ones used the longest ago make room. */
const keptEngines = 256
const noKey = Buffer.alloc(0)
export const noKeys: EngineKeys = { auth: null, priv: null, desHalf: noKey }

let selfTest: SnmpAlgorithms | null = null

/**
 * Derives keys when they are first needed.
 * Errors: `olt-v3-algorithm-missing`; RangeError for an empty secret or for `priv` without `auth`.
 */
export const createUserKeys = (user: SnmpUser): UserKeys => {
  const { auth, priv } = user
  if (priv !== undefined && auth === undefined) {
    throw new RangeError('SNMPv3 privacy needs authentication')
  }
  selfTest ??= snmpAlgorithms()
  for (const protocol of [auth?.protocol, priv?.protocol]) {
    if (protocol !== undefined && selfTest.missing.includes(protocol)) {
      throw new NocturneError('olt-v3-algorithm-missing', { algorithm: protocol })
    }
  }
  const authMaster = auth === undefined ? noKey : masterKey(auth.protocol, auth.secret)
  const privMaster =
    auth === undefined || priv === undefined ? noKey : masterKey(auth.protocol, priv.secret)
  const engines = new Map<string, EngineKeys>()

  const derive = (engineId: Buffer): EngineKeys => {
    if (auth === undefined) return noKeys
    const signing = localisedKey(auth.protocol, authMaster, engineId)
    const authKey = createSecretKey(signing)
    signing.fill(0)
    const cipher = priv === undefined ? null : cipherFor(priv.protocol)
    if (priv === undefined || cipher === null) return { ...noKeys, auth: authKey }
    const localised = localisedKey(auth.protocol, privMaster, engineId)
    const hiding = privacyKey(auth.protocol, priv.protocol, localised, engineId)
    const keys = {
      auth: authKey,
      priv: cipher.keyOf(hiding),
      desHalf: desHalfOf(priv.protocol, hiding),
    }
    localised.fill(0)
    hiding.fill(0)
    return keys
  }

  return {
    forEngine: (engineId) => {
      const name = engineId.toString('latin1')
      const keys = engines.get(name) ?? derive(engineId)
      engines.delete(name)
      engines.set(name, keys)
      const [oldest] = engines.keys()
      if (engines.size > keptEngines && oldest !== undefined) engines.delete(oldest)
      return keys
    },
    wipe: () => {
      authMaster.fill(0)
      privMaster.fill(0)
      engines.clear()
    },
  }
}

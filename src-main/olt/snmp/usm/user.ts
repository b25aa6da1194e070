import { NocturneError } from '../../../../src-shared/errors.ts'
import type { AuthProtocol, PrivProtocol } from './algorithms.ts'
import { localisedKey, masterKey, privacyKey } from './keys.ts'
import { snmpAlgorithms, type SnmpAlgorithms } from './self-test.ts'

/** Secrets are held in memory only and never part of an error or a log. */
export interface SnmpUser {
  readonly name: string
  readonly auth?: { readonly protocol: AuthProtocol; readonly secret: Buffer } | undefined
  /** Only together with `auth`. */
  readonly priv?: { readonly protocol: PrivProtocol; readonly secret: Buffer } | undefined
  /** SNMP context; nearly always empty. */
  readonly context?: string | undefined
}

/** RFC 3411 section 3.4.3, as message flags (RFC 3412 section 6.4). */
export const securityFlags = { auth: 1, priv: 2, reportable: 4 } as const

export const flagsOf = (user: SnmpUser): number =>
  (user.auth === undefined ? 0 : securityFlags.auth) |
  (user.priv === undefined ? 0 : securityFlags.priv)

/** Keys of one user for one engine; an empty buffer where the level needs none. */
export interface EngineKeys {
  readonly auth: Buffer
  readonly priv: Buffer
}

export interface UserKeys {
  readonly forEngine: (engineId: Buffer) => EngineKeys
  /** Overwrites every key. */
  readonly wipe: () => void
}

/** Engines whose keys are kept; the ones used the longest ago make room. */
const keptEngines = 256
const noKey = Buffer.alloc(0)

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
    if (auth === undefined) return { auth: noKey, priv: noKey }
    return {
      auth: localisedKey(auth.protocol, authMaster, engineId),
      priv:
        priv === undefined
          ? noKey
          : privacyKey(
              auth.protocol,
              priv.protocol,
              localisedKey(auth.protocol, privMaster, engineId),
              engineId,
            ),
    }
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
      for (const keys of engines.values()) {
        keys.auth.fill(0)
        keys.priv.fill(0)
      }
      engines.clear()
    },
  }
}

import { isNocturneError } from '../../../src-shared/errors.ts'
import type { Refusal, Send, SendOptions } from './exchange.ts'
import { encodeOid, parseOid } from './oid.ts'
import type { IndexedPdu, PduRequest } from './pdu.ts'
import type { ReportKind } from './session-security.ts'
import type { SnmpUser } from './usm/user.ts'
import type { V3Security } from './v3-security.ts'

interface V3Parts {
  readonly security: V3Security
  readonly user: SnmpUser
  readonly send: Send
  readonly refusal: Refusal
  /** Timeout and repeats of our own questions: discovery and probe. */
  readonly patience: SendOptions
}

const sysUpTime = encodeOid(parseOid('1.3.6.1.2.1.1.3.0'))

/**
 * Requests over SNMPv3: finds the engine first, follows its clock once when it says that ours is
 * wrong, and turns every refusal into what a person has to check.
 * Errors: `timeout`, `olt-no-snmp-answer-v3` (no engine answers), `olt-v3-unknown-user`,
 * `olt-v3-wrong-auth`, `olt-v3-wrong-priv`, `olt-v3-level-refused`, `olt-v3-clock`,
 * `olt-answer-garbage`, `cancelled`.
 */
export const createV3Asking = ({ security, user, send, refusal, patience }: V3Parts) => {
  let explained = false

  const discover = async (signal: AbortSignal | undefined): Promise<void> => {
    await send(security.encodeDiscovery, { ...patience, signal }).catch((error: unknown) => {
      throw isNocturneError(error) && error.code === 'timeout'
        ? refusal('olt-no-snmp-answer-v3')
        : error
    })
    if (!security.knowsEngine()) throw refusal('olt-answer-garbage')
  }

  /**
   * Many agents drop a request that they cannot decipher. One in the clear, signed, for nothing but
   * the uptime, tells whether it is the privacy key.
   */
  const explainSilence = async (signal: AbortSignal | undefined): Promise<void> => {
    if (user.priv === undefined || explained || security.isProven()) return
    explained = true
    const opened = await send(
      (id) => security.encodeProbe(id, { kind: 'get', oids: [sysUpTime] }),
      { ...patience, signal, retries: 0 },
    ).catch((error: unknown) => {
      if (isNocturneError(error) && error.code === 'timeout') return null
      throw error
    })
    if (opened === null) return
    // Any signed answer, or a report that speaks of the level, shows that user and key are right.
    const isKnown =
      opened.kind === 'answer' ||
      (opened.kind === 'report' && (opened.authentic || opened.report === 'unsupported-level'))
    if (isKnown) throw refusal('olt-v3-wrong-priv', { priv: user.priv.protocol })
  }

  const giveUp = (report: ReportKind): Error => {
    switch (report) {
      case 'unknown-user':
        return refusal('olt-v3-unknown-user', { user: user.name })
      case 'wrong-digest':
        return refusal('olt-v3-wrong-auth', { user: user.name, auth: user.auth?.protocol ?? '' })
      case 'decryption-error':
        return refusal('olt-v3-wrong-priv', { priv: user.priv?.protocol ?? '' })
      case 'unsupported-level':
        return refusal('olt-v3-level-refused', { user: user.name, level: levelOf(user) })
      case 'not-in-time-window':
        return refusal('olt-v3-clock')
      case 'unknown-engine':
      case 'other':
        return refusal('olt-answer-garbage', { report })
    }
  }

  return async (request: PduRequest, how: SendOptions): Promise<IndexedPdu> => {
    const { signal } = how
    let resynced = false
    let rediscovered = false
    for (;;) {
      if (!security.knowsEngine()) await discover(signal)
      const opened = await send((id) => security.encode(id, request), how).catch(
        async (error: unknown) => {
          if (isNocturneError(error) && error.code === 'timeout') await explainSilence(signal)
          throw error
        },
      )
      if (opened.kind === 'answer') return opened.answer
      if (opened.kind !== 'report') throw refusal('olt-answer-garbage')
      if (opened.report === 'not-in-time-window' && opened.authentic && !resynced) {
        // The report was signed: its clock is taken over already.
        resynced = true
      } else if (opened.report === 'unknown-engine' && !rediscovered) {
        // Another engine under the same address: the OLT, or its controller card, was changed.
        rediscovered = true
        security.forgetEngine()
      } else {
        throw giveUp(opened.report)
      }
    }
  }
}

const levelOf = (user: SnmpUser): string =>
  user.priv !== undefined ? 'authPriv' : user.auth !== undefined ? 'authNoPriv' : 'noAuthNoPriv'

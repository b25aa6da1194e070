import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { ShowSecret } from '../engine/secret-window.ts'
import {
  describeSession,
  hasSteppedUp,
  type LiveSession,
  type Sessions,
} from '../engine/sessions.ts'
import type { Transaction } from '../store/write-path.ts'
import type { PendingSignIns } from './pending-sign-ins.ts'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { coversAll, type Roles } from './roles.ts'
import { keysAround, openKeysOf, sealKeysOf } from './second-factor-keys.ts'
import {
  dropSecondFactor,
  noteReset,
  putRecoveryCodes,
  putSecondFactor,
  type SecondFactorReads,
} from './second-factor-tables.ts'
import { pendingAccount, type SignInFlow } from './sign-in.ts'
import type { AccountReads, AccountRow } from './tables.ts'
import type { Throttle } from './throttle.ts'
import { newTotpKey, totpKeyText, totpStepOf, totpUri } from './totp.ts'

/**
 * A second factor: set up, renewed, taken away. What a person must see of it is shown outside the
 * page, and counts only once he has seen it.
 */

type SecondFactorCommand =
  | 'access.beginSecondFactor'
  | 'access.confirmSecondFactor'
  | 'access.removeSecondFactor'
  | 'access.renewRecoveryCodes'
  | 'access.resetSecondFactor'

/** From the QR code to the first code of the app. */
const setUpMs = 10 * 60_000

interface SetUp {
  readonly accountId: string
  readonly key: Buffer
  readonly until: number
}

export interface SecondFactor {
  readonly commands: CommandHandlers<SecondFactorCommand>
  clientGone(clientId: number): void
  stop(): void
}

export const createSecondFactor = (deps: {
  readonly accounts: AccountReads
  readonly roles: Roles
  readonly factors: SecondFactorReads
  readonly sessions: Sessions
  readonly pending: PendingSignIns
  readonly flow: SignInFlow
  readonly throttle: Throttle
  readonly clock: Clock
  readonly vaultKey: Uint8Array
  readonly showSecret: ShowSecret
  readonly note: (tx: Transaction, accountId: string) => void
  readonly lockMinutesOf: (session: LiveSession) => number
  /** Somebody's second factor is another. */
  readonly changed: () => void
}): SecondFactor => {
  const { accounts, clock, factors, sessions, pending } = deps
  const setUps = new Map<number, SetUp>()

  const endSetUp = (clientId: number): void => {
    setUps.get(clientId)?.key.fill(0)
    setUps.delete(clientId)
  }

  /** Whoever is signed in here and has just said who he is, or is asked for it at his sign-in. */
  const whoIsHere = ({ clientId }: CallContext): AccountRow => {
    if (pending.get(clientId) !== null) {
      return pendingAccount(deps, clientId, 'set-up-second-factor')
    }
    const session = sessions.get(clientId)
    const account = session === null ? undefined : accounts.byId(session.accountId)
    if (session === null || account === undefined) throw new NocturneError('not-signed-in')
    // SECURITY: the contract calls this public for the sake of sign-in: so it is asked here.
    if (session.locked) throw new NocturneError('session-locked')
    if (!hasSteppedUp(session, clock.now())) throw new NocturneError('step-up-needed')
    return account
  }

  const ownAccount = (context: CallContext): AccountRow => {
    const account = accounts.byId(context.session?.accountId ?? '')
    if (account === undefined) throw new NocturneError('not-signed-in')
    return account
  }

  /** Shows new ones and returns their hashes. */
  const newCodes = async (account: AccountRow, recoveryKey: Buffer, context: CallContext) => {
    const codes = newRecoveryCodes()
    await deps.showSecret(
      context.clientId,
      { kind: 'recovery-codes', qr: null, lines: codes, of: account.name, until: null },
      context.signal,
    )
    return codes.flatMap((code) => recoveryCodeHash(recoveryKey, code) ?? [])
  }

  const commands: SecondFactor['commands'] = {
    async 'access.beginSecondFactor'(_input, context) {
      const account = whoIsHere(context)
      endSetUp(context.clientId)
      const key = newTotpKey()
      try {
        await deps.showSecret(
          context.clientId,
          {
            kind: 'second-factor',
            qr: totpUri(key, account.login),
            lines: [totpKeyText(key)],
            of: account.name,
            until: null,
          },
          context.signal,
        )
        if (whoIsHere(context).id !== account.id) throw new NocturneError('not-signed-in')
      } catch (error) {
        key.fill(0)
        throw error
      }
      return {
        apply: () => ({}),
        after() {
          endSetUp(context.clientId)
          const until = clock.monotonic() + setUpMs
          setUps.set(context.clientId, { accountId: account.id, key, until })
          pending.prolong(context.clientId)
        },
      }
    },

    async 'access.confirmSecondFactor'({ code }, context) {
      const account = whoIsHere(context)
      const setUp = setUps.get(context.clientId)
      const isOpen =
        setUp !== undefined && setUp.accountId === account.id && clock.monotonic() < setUp.until
      if (!isOpen) throw new NocturneError('not-found')
      const { value: step, passed } = await deps.throttle.guard(
        'code',
        account.id,
        () => Promise.resolve(totpStepOf(setUp.key, code, clock.now())),
        { code: 'wrong-code', about: account.id, note: (tx) => deps.note(tx, account.id) },
      )
      pending.prolong(context.clientId)
      const keys = keysAround(setUp.key)
      let hashes: readonly Buffer[]
      let sealed: Buffer
      try {
        hashes = await newCodes(account, keys.recovery, context)
        sealed = sealKeysOf(keys, deps.vaultKey, account.id)
      } finally {
        keys.wipe()
      }
      // SECURITY: who was locked, signed out or replaced while the codes were shown turns on nothing.
      if (whoIsHere(context).id !== account.id) throw new NocturneError('not-signed-in')
      const turnOn = (tx: Transaction): void => {
        passed(tx)
        const row = { accountId: account.id, sealed, since: clock.now(), lastStep: step }
        putSecondFactor(tx, row, hashes)
      }
      const ended = (): void => {
        endSetUp(context.clientId)
        deps.changed()
      }
      if (pending.get(context.clientId) === null) {
        return {
          apply(tx) {
            turnOn(tx)
            const session = sessions.get(context.clientId)
            const lock = session === null ? 0 : deps.lockMinutesOf(session)
            return { next: 'done' as const, session: describeSession(session, lock) }
          },
          after: ended,
        }
      }
      const signIn = deps.flow.complete(context.clientId, account, 'totp', turnOn)
      return {
        ...signIn,
        async after(step_) {
          await signIn.after?.(step_)
          ended()
        },
      }
    },

    'access.removeSecondFactor': (_input, context) => {
      const account = ownAccount(context)
      // SECURITY: what the role asks for is not the person's to turn off.
      if (deps.roles.rulesOf(account.role).secondFactorRequired) {
        throw new NocturneError('second-factor-required')
      }
      if (factors.of(account.id) === undefined) throw new NocturneError('not-found')
      return {
        apply(tx) {
          dropSecondFactor(tx, account.id)
          return {}
        },
        after: deps.changed,
      }
    },

    async 'access.renewRecoveryCodes'(_input, context) {
      const account = ownAccount(context)
      const factor = factors.of(account.id)
      if (factor === undefined) throw new NocturneError('not-found')
      const keys = openKeysOf(factor.sealed, deps.vaultKey, account.id)
      try {
        const hashes = await newCodes(account, keys.recovery, context)
        if (!factors.of(account.id)?.sealed.equals(factor.sealed)) {
          throw new NocturneError('conflict')
        }
        return {
          apply(tx) {
            putRecoveryCodes(tx, account.id, hashes)
            return {}
          },
        }
      } finally {
        keys.wipe()
      }
    },

    'access.resetSecondFactor': ({ accountId }, context) => {
      const by = ownAccount(context)
      // SECURITY: it takes another administrator: nobody takes off his own that way.
      if (accountId === by.id) throw new NocturneError('own-account')
      const account = accounts.anyById(accountId)
      if (account === undefined || factors.of(accountId) === undefined) {
        throw new NocturneError('not-found')
      }
      // SECURITY: nor that of one who may do more than he.
      const { roles } = deps
      if (!coversAll(roles.permissionsOf(by.role), roles.permissionsOf(account.role))) {
        throw new NocturneError('role-beyond-own')
      }
      return {
        apply(tx) {
          dropSecondFactor(tx, accountId)
          noteReset(tx, accountId, by.id, clock.now())
          return {}
        },
        after() {
          sessions.endOf(accountId)
          deps.changed()
        },
      }
    },
  }

  return {
    commands,
    clientGone: endSetUp,
    stop() {
      for (const clientId of setUps.keys()) endSetUp(clientId)
    },
  }
}

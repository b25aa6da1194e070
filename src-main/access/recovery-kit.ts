import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import { actingNow } from './acting.ts'
import { hashPassword, verifyDecoy, verifyPassword } from './passwords.ts'
import type { PeopleDependencies } from './people.ts'
import { createKitReads, dropKit, kitHashIn, putKit } from './recovery-kit-table.ts'
import { newKitWords, readKitWords } from './secret-codes.ts'
import { dropSecondFactor } from './second-factor-tables.ts'
import { requireStrong } from './strength.ts'
import { accountIn, setPassword, type AccountRow } from './tables.ts'

/**
 * The owner's way back when nobody else can let him in: words on paper. The workspace keeps an
 * argon2id hash of them alone, so neither a backup nor the file tells them.
 */
export interface RecoveryKit {
  readonly commands: CommandHandlers<'access.redeemKit' | 'access.renewKit'>
  /** After the first start: shown once the owner is in, and good once he has seen it. */
  offer(clientId: number, account: Pick<AccountRow, 'id' | 'name'>): Promise<void>
  stop(): void
}

export const createRecoveryKit = (deps: PeopleDependencies): RecoveryKit => {
  const { accounts, clock, sessions } = deps
  const reads = createKitReads(deps.reader)
  const ended = new AbortController()

  /** Shows a new one, and answers with its hash once it was seen. Errors: those of `ShowSecret`. */
  const show = async (
    { clientId, signal }: Pick<CallContext, 'clientId' | 'signal'>,
    of: string,
  ): Promise<string> => {
    const words = newKitWords()
    const hash = await hashPassword(words.plain)
    await deps.showSecret(
      clientId,
      { kind: 'recovery-kit', qr: words.plain, lines: words.groups, of, until: null },
      signal,
    )
    return hash
  }

  /** Null where there is no place to show one: then there is none. */
  const showIfPossible = async (context: CallContext, of: string): Promise<string | null> => {
    try {
      return await show(context, of)
    } catch (error) {
      if (isNocturneError(error) && error.code === 'confirmation-unavailable') return null
      throw error
    }
  }

  return {
    async offer(clientId, account) {
      const sessionId = sessions.get(clientId)?.sessionId
      try {
        const hash = await show({ clientId, signal: ended.signal }, account.name)
        // SECURITY: whoever sat down there meanwhile has seen nothing that counts.
        if (sessionId === undefined || sessions.get(clientId)?.sessionId !== sessionId) return
        deps.write('access.makeKit', { accountId: account.id }, (tx) => {
          if (accountIn(tx, account.id)?.role !== 'owner') return
          putKit(tx, account.id, hash, clock.now())
        })
        deps.emit('access.changed', {})
      } catch (error) {
        // Not seen, so there is none; the owner is told in his own page and may make one there.
        if (!isNocturneError(error)) deps.log.error('no recovery kit could be shown', { error })
      }
    },

    stop: () => ended.abort(),

    commands: {
      async 'access.redeemKit'({ words, password }, context) {
        const read = readKitWords(words)
        // What cannot be a kit is no guess at one: it says which word, and costs no waiting.
        if ('wrongWord' in read) throw new NocturneError('wrong-code', { word: read.wrongWord })
        const owner = accounts.owner()
        const kit = owner === undefined ? undefined : reads.of(owner.id)
        const { value: proved, passed } = await deps.throttle.guard(
          'recovery-kit',
          owner?.login ?? '',
          async () => {
            const isRight =
              kit === undefined
                ? await verifyDecoy(read.plain)
                : await verifyPassword(kit.hash, read.plain)
            return isRight && owner !== undefined && kit !== undefined ? { owner, kit } : null
          },
          {
            code: 'wrong-code',
            about: owner?.id ?? null,
            note: (tx) =>
              deps.note(tx, {
                accountId: owner?.id ?? null,
                result: 'wrong-code',
                means: 'recovery-kit',
              }),
          },
        )
        await requireStrong(password, [proved.owner.name, proved.owner.login])
        const hash = await hashPassword(password)
        const next = await showIfPossible(context, proved.owner.name)
        const { id } = proved.owner
        const plan = deps.flow.proceed(context.clientId, proved.owner, 'recovery-kit', (tx) => {
          passed(tx)
          const now = accountIn(tx, id)
          // SECURITY: used, renewed, or no longer the owner's while he read the new one.
          if (now?.role !== 'owner' || kitHashIn(tx, id) !== proved.kit.hash) {
            throw new NocturneError('code-expired')
          }
          setPassword(tx, now, hash, clock.now())
          dropSecondFactor(tx, id)
          if (next === null) dropKit(tx)
          else putKit(tx, id, next, clock.now())
        })
        return {
          ...plan,
          async after(step) {
            // SECURITY: whoever had taken the account over is out.
            sessions.endOf(id)
            await plan.after?.(step)
            deps.emit('access.changed', {})
          },
        }
      },

      async 'access.renewKit'(_input, context) {
        const permission = 'access.owner.transfer'
        const { accountId } = actingNow(sessions, context, permission)
        const hash = await show(context, accounts.nameOf(accountId) ?? '')
        return {
          apply(tx) {
            actingNow(sessions, context, permission)
            if (accountIn(tx, accountId)?.role !== 'owner') {
              throw new NocturneError('permission-denied')
            }
            putKit(tx, accountId, hash, clock.now())
            return {}
          },
          after: () => deps.emit('access.changed', {}),
        }
      },
    },
  }
}

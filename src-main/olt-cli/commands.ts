import type { Problem } from '../../src-shared/contract/common.ts'
import type { Input } from '../../src-shared/contract/index.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { CommandHandlers } from '../engine/handlers.ts'
import { forgiven, type AccessBook } from './access-book.ts'
import { changedSecret, sealSecret } from './access-secrets.ts'
import type { CliOlt, Desks } from './desks.ts'
import { isOtherLogin } from './rules.ts'
import { deleteAccess, putAccess, putLogin, versionOfAccess, type AccessRow } from './tables.ts'

export type OltCliCommand =
  | 'olt-cli.setAccess'
  | 'olt-cli.removeAccess'
  | 'olt-cli.test'
  | 'olt-cli.trustHostKey'
  | 'olt-cli.resumeLogins'

export const createOltCliCommands = (deps: {
  readonly now: () => number
  readonly vaultKey: Uint8Array
  readonly book: AccessBook
  readonly desks: Desks
  readonly oltOf: (oltId: string) => CliOlt | null
}): CommandHandlers<OltCliCommand> => {
  const { book, desks, vaultKey } = deps

  /** Errors: `not-found`. */
  const present = (oltId: string): CliOlt => {
    const olt = deps.oltOf(oltId)
    if (olt === null) throw new NocturneError('not-found', { what: 'olt' })
    return olt
  }

  const nextRow = (input: Input<'olt-cli.setAccess'>, before: AccessRow | null): AccessRow => {
    const { oltId } = input
    const password =
      input.password === undefined
        ? before?.passwordSealed
        : sealSecret(input.password, 'password', vaultKey, oltId)
    if (password === undefined) {
      throw new NocturneError('invalid-input', { field: 'password', rule: 'needed' })
    }
    const secret = (field: 'enablePassword' | 'writeCommunity', sealed: Uint8Array | null) =>
      changedSecret(input[field], sealed, field, vaultKey, oltId)
    return {
      oltId,
      version: input.baseVersion + 1,
      transport: input.transport,
      host: input.host,
      port: input.port,
      userName: input.userName,
      allowTelnet: input.allowTelnet,
      allowLegacySsh: input.allowLegacySsh,
      maxReaders: input.maxReaders,
      passwordSealed: password,
      enableSealed: secret('enablePassword', before?.enableSealed ?? null),
      writeCommunitySealed: secret('writeCommunity', before?.writeCommunitySealed ?? null),
    }
  }

  const refuseOld = (oltId: string, version: number, baseVersion: number): void => {
    if (version !== baseVersion) throw new NocturneError('conflict', { what: 'olt-cli-access' })
    present(oltId)
  }

  return {
    'olt-cli.setAccess': (input) => {
      const { oltId } = input
      present(oltId)
      const before = book.access(oltId)
      refuseOld(oltId, before?.version ?? 0, input.baseVersion)
      const row = nextRow(input, before)
      const secretsGiven = input.password !== undefined || input.enablePassword !== undefined
      const login = isOtherLogin(before, row, secretsGiven)
        ? forgiven(book.login(oltId))
        : book.login(oltId)
      return {
        apply: (tx) => {
          refuseOld(oltId, versionOfAccess(tx, oltId), input.baseVersion)
          putAccess(tx, row, deps.now())
          putLogin(tx, login)
          return { version: row.version }
        },
        after: () => {
          book.learned(login)
          book.taken(oltId, row)
          desks.bringUpToDate()
        },
      }
    },

    'olt-cli.removeAccess': ({ oltId, baseVersion }) => {
      refuseOld(oltId, book.access(oltId)?.version ?? 0, baseVersion)
      // The key stays pinned: an access that is entered anew meets the OLT it met before.
      const login = forgiven(book.login(oltId))
      return {
        apply: (tx) => {
          const version = versionOfAccess(tx, oltId)
          if (version === 0) throw new NocturneError('not-found', { what: 'olt-cli-access' })
          refuseOld(oltId, version, baseVersion)
          deleteAccess(tx, oltId, version + 1)
          putLogin(tx, login)
          return {}
        },
        after: () => {
          book.learned(login)
          book.taken(oltId, null)
          desks.bringUpToDate()
        },
      }
    },

    'olt-cli.test': async ({ oltId, taskId }, context) => {
      present(oltId)
      const result = await tryLogin(desks, oltId, context.signal, () =>
        context.progress(taskId, 'log-in', 0, null),
      )
      return { apply: () => result }
    },

    'olt-cli.trustHostKey': ({ oltId, fingerprint }) => {
      present(oltId)
      const before = book.login(oltId)
      const offered = before.offeredHostKey
      // SECURITY: the key that the person has compared, and not one that came meanwhile.
      if (offered === null || offered.fingerprint !== fingerprint) {
        throw new NocturneError('conflict', { what: 'host-key' })
      }
      const login = {
        ...before,
        hostKey: { ...offered, at: deps.now() },
        offeredHostKey: null,
        lastProblem: null,
      }
      return {
        apply: (tx) => {
          putLogin(tx, login)
          tx.change({
            entity: 'olt-cli-host-key',
            entityId: oltId,
            kind: 'updated',
            version: 1,
            data: { algorithm: offered.algorithm, fingerprint },
          })
          return {}
        },
        after: () => {
          desks.close(oltId)
          book.learned(login)
        },
      }
    },

    'olt-cli.resumeLogins': ({ oltId }) => {
      present(oltId)
      const login = forgiven(book.login(oltId))
      return {
        apply: (tx) => {
          putLogin(tx, login)
          return {}
        },
        after: () => book.learned(login),
      }
    },
  }
}

interface Tried {
  readonly problem: Problem | null
  readonly prompt: string | null
  readonly ms: number | null
}

/** A failure is the answer; only being called off is not. */
const tryLogin = async (
  desks: Desks,
  oltId: string,
  signal: AbortSignal,
  onBegin: () => void,
): Promise<Tried> => {
  const obstacle = desks.obstacle(oltId)
  // A key that changed may be the old one again: that can be tried, nothing is sent to another one.
  if (obstacle !== null && obstacle.code !== 'cli-host-key-changed') {
    return { problem: obstacle, prompt: null, ms: null }
  }
  onBegin()
  try {
    const { prompt, ms } = await desks.toTry(oltId).opened.desk.test(signal)
    return { problem: null, prompt: prompt.slice(0, 200), ms }
  } catch (error) {
    if (!isNocturneError(error) || error.code === 'cancelled') throw error
    return { problem: { code: error.code, params: { ...error.params } }, prompt: null, ms: null }
  }
}

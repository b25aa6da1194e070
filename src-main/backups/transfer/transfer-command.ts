import { existsSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Input } from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { Confirm } from '../../engine/confirm.ts'
import type { CallContext, CommandHandlers } from '../../engine/handlers.ts'
import type { ShowSecret } from '../../engine/secret-window.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'
import { newKdf } from '../../vault/key-envelope.ts'
import { makeRecoveryKey } from '../../vault/recovery-key.ts'
import type { TransferLock } from '../../vault/transfer-envelope.ts'
import { copyKeys, type WorkspaceKeys } from '../../vault/workspace-keys.ts'
import { readyFolder } from '../backup-folder.ts'
import { asRefusal } from '../make-backup.ts'
import type { WorkspaceDoor } from '../restore-door.ts'
import type { Standing } from '../standing.ts'
import type { ProveStore } from '../store-work.ts'
import { packWorkspace, type PackOptions } from './pack.ts'
import { putUnderWay, settleUnderWay } from './under-way.ts'

export interface TransferCommandOptions {
  /** The workspace's own folder. */
  readonly dir: string
  readonly isSimulated: boolean
  readonly keys: WorkspaceKeys
  readonly reader: StoreReader
  readonly clock: { readonly now: () => number }
  readonly newId: () => string
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  readonly door: Pick<WorkspaceDoor, 'reopen'>
  readonly confirm: Confirm
  readonly showSecret: ShowSecret
  readonly standing: () => Standing | null
  /** Throws 'password-too-weak'. */
  readonly requireStrong: (passphrase: string) => Promise<void>
  readonly proveStore: ProveStore
  /** How the list of this machine calls the workspace. */
  readonly nameNow: () => string
  readonly appVersion: string
  /** Where a test looks at what lies on the disk. */
  readonly onStep?: PackOptions['onStep']
}

type Make = Input<'transfer.make'>

/** In UTC, and without anything that a file system minds. */
const fileName = (name: string, at: number): string => {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 32)
    .replaceAll(/^-+|-+$/gu, '')
  const [day = '', time = ''] = new Date(at).toISOString().split('T')
  const when = `${day}-${time.slice(0, 8).replaceAll(':', '')}`
  return `nocturne-${plain === '' ? 'workspace' : plain}-${when}.transfer`
}

const isInside = (dir: string, folder: string): boolean => {
  const way = relative(resolve(dir), resolve(folder))
  return way === '' || (!way.startsWith('..') && !isAbsolute(way))
}

export const createTransferCommand = (
  options: TransferCommandOptions,
): CommandHandlers<'transfer.make'> => {
  const { dir, clock } = options

  const refuse = ({ folder, act }: Make): void => {
    if (options.isSimulated) throw new NocturneError('conflict', { what: 'workspace' })
    // A copy that its owner has not answered for would become a second one that is at work.
    if (act === 'move' && options.standing() !== null) throw new NocturneError('workspace-quiet')
    if (!isAbsolute(folder)) throw new NocturneError('folder-gone')
    // Whoever wipes the workspace that was moved would wipe the file with it.
    if (isInside(dir, folder)) throw new NocturneError('folder-inside-workspace')
    try {
      readyFolder(folder, true)
    } catch (error) {
      throw asRefusal(error)
    }
  }

  /** SECURITY: a "yes" outside the page; a move stops this workspace. */
  const confirmed = async (
    { act }: Make,
    to: string,
    { clientId, session, signal }: CallContext,
  ): Promise<void> => {
    const yes = await options.confirm(
      clientId,
      {
        action: act === 'move' ? 'transfer-move' : 'transfer-copy',
        risk: 'destructive',
        how: 'confirm',
        expected: '',
        change: 'transfer',
        olts: [],
        onus: 0,
        samples: [],
        lines: [],
        serviceLossS: null,
        about: { into: to },
        by: session?.name ?? '',
      },
      signal,
    )
    if (!yes) throw new NocturneError('confirmation-refused')
  }

  const lockFor = async (
    { passphrase }: Make,
    { clientId, session, signal }: CallContext,
  ): Promise<{ readonly lock: TransferLock; readonly typed: string }> => {
    if (passphrase !== null) {
      return { lock: { kind: 'passphrase', passphrase }, typed: passphrase }
    }
    const { secret, text } = makeRecoveryKey()
    try {
      // SECURITY: outside the page; one that nobody has seen is not put to use.
      await options.showSecret(
        clientId,
        { kind: 'transfer-key', qr: text, lines: [text], of: session?.name ?? '', until: null },
        signal,
      )
      return { lock: { kind: 'one-time-key', secret }, typed: text }
    } catch (error) {
      secret.fill(0)
      throw error
    }
  }

  const make = async (input: Make, context: CallContext) => {
    refuse(input)
    if (input.passphrase !== null) {
      newKdf(input.passphrase)
      await options.requireStrong(input.passphrase)
    }
    const at = clock.now()
    const to = join(input.folder, fileName(options.nameNow(), at))
    if (existsSync(to)) throw new NocturneError('conflict', { what: 'transfer-exists' })
    await confirmed(input, to, context)
    const { lock, typed } = await lockFor(input, context)
    const { act, taskId } = input
    const id = options.newId()
    const name = options.nameNow()
    return {
      apply(tx: Transaction) {
        putUnderWay(tx, { to, id, act, at })
        return { path: to }
      },
      after: async () => {
        const keys = copyKeys(options.keys)
        let isClosed = false
        try {
          await options.door.reopen(async () => {
            isClosed = true
            await packWorkspace({
              dir,
              keys,
              to,
              id,
              act,
              name,
              at,
              lock,
              typed,
              appVersion: options.appVersion,
              prove: options.proveStore,
              signal: context.signal,
              onStep(step, done, total) {
                options.onStep?.(step, done, total)
                if (taskId !== undefined && step !== 'named') {
                  context.progress(taskId, step, done, total === 0 ? null : total)
                }
              },
            })
            return null
          }, 'packing')
        } catch (error) {
          // Not even closed: nothing opens anew that would look at what came of it.
          if (!isClosed) settleUnderWay(options.reader, options.write)
          throw error
        } finally {
          keys.wipe()
          if (lock.kind === 'one-time-key') lock.secret.fill(0)
        }
      },
    }
  }

  return { 'transfer.make': make }
}

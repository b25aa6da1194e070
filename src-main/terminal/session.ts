import { randomBytes, randomInt } from 'node:crypto'
import { join } from 'node:path'
import type { CallInput, CommandName, Output, QueryName } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { systemClock } from '../engine/clock.ts'
import type { AskPerson } from '../engine/confirm.ts'
import { createEngine } from '../engine/engine.ts'
import { createLog } from '../engine/log.ts'
import { openLogFile } from '../engine/log-file.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import { openOsKeychain } from '../vault/os-keychain.ts'

/** The engine in this process, without a worker, signed in at the terminal. */
export interface TerminalSession {
  query<Name extends QueryName>(name: Name, input: CallInput<Name>): Promise<Output<Name>>
  command<Name extends CommandName>(name: Name, input: CallInput<Name>): Promise<Output<Name>>
  stop(): Promise<void>
}

const clientId = 0

/** Refusals are thrown as NocturneErrors. Polls only where `poll` says so. */
export const openTerminalSession = async (options: {
  readonly workspaceDir: string
  readonly families: readonly OltFamily[]
  /** Stands in for a window outside the page; without it what must be confirmed is refused. */
  readonly askPerson?: AskPerson
}): Promise<TerminalSession> => {
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const engine = createEngine({
    workspaceDir: options.workspaceDir,
    mode: 'own',
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    newId,
    log: createLog({ write: openLogFile(join(options.workspaceDir, 'logs', 'terminal.log')) }),
    host: { name: 'terminal', version: process.version, appVersion: '0' },
    keychain: await openOsKeychain(),
    families: options.families,
    polling: false,
    ...(options.askPerson === undefined ? {} : { askPerson: options.askPerson }),
    send: () => {},
    switchTo: () => {},
  })
  await engine.start()
  engine.addClient(clientId, 'terminal')

  const invoke = async (channel: string, input: unknown): Promise<unknown> => {
    const reply = await engine.call({ clientId, channel, input })
    if (reply.ok) return reply.value
    throw new NocturneError(reply.error.code, reply.error.params)
  }
  return {
    query: <Name extends QueryName>(name: Name, input: CallInput<Name>) =>
      invoke(name, input) as Promise<Output<Name>>,
    command: <Name extends CommandName>(name: Name, input: CallInput<Name>) =>
      invoke(name, { commandId: newId(), input }) as Promise<Output<Name>>,
    stop: () => engine.stop(),
  }
}

import { NocturneError } from '../../src-shared/errors.ts'
import { confirmByName, type Confirm } from '../engine/confirm.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { CliOlt, Desks } from './desks.ts'
import type { Terminal } from './terminal.ts'
import type { Terminals } from './terminals.ts'

export type TerminalCommand =
  | 'olt-cli.openTerminal'
  | 'olt-cli.sendLine'
  | 'olt-cli.interrupt'
  | 'olt-cli.closeTerminal'

const writePermission = 'olt-cli.terminal.write'

export const createTerminalCommands = (deps: {
  readonly desks: Desks
  readonly terminals: Terminals
  readonly oltOf: (oltId: string) => CliOlt | null
  readonly confirm: Confirm
}): CommandHandlers<TerminalCommand> => {
  const { desks, terminals } = deps

  const sessionOf = ({ session }: CallContext) => {
    if (session === null) throw new NocturneError('not-signed-in')
    return session
  }

  const terminalOf = (terminalId: string, context: CallContext): Terminal =>
    terminals.of(terminalId, context.clientId, sessionOf(context).sessionId)

  return {
    'olt-cli.openTerminal': async ({ oltId, taskId, write }, context) => {
      const session = sessionOf(context)
      const nameNow = (): string => {
        const olt = deps.oltOf(oltId)
        if (olt === null) throw new NocturneError('not-found', { what: 'olt' })
        return olt.name
      }
      const oltName = nameNow()
      // SECURITY: reading and writing are two permissions; the router has asked for the first.
      if (write && !session.permissions.has(writePermission)) {
        throw new NocturneError('permission-denied')
      }
      const obstacle = desks.obstacle(oltId)
      if (obstacle !== null) throw new NocturneError(obstacle.code, obstacle.params)
      // SECURITY: a terminal that may write is asked for outside the page.
      if (write) {
        await confirmByName(deps.confirm, context, () => ({
          oltName: nameNow(),
          action: 'open-writing-terminal',
          risk: 'destructive',
          change: 'write',
          lines: [],
        }))
      }
      context.progress(taskId, 'log-in', 0, null)
      const terminal = await terminals.open({
        oltId,
        oltName,
        clientId: context.clientId,
        sessionId: session.sessionId,
        accountId: session.accountId,
        by: session.name,
        mayWrite: write,
        signal: context.signal,
      })
      return {
        apply: (tx) => {
          terminal.begin(tx)
          return { terminalId: terminal.id, prompt: terminal.prompt }
        },
      }
    },
    'olt-cli.sendLine': ({ terminalId, line }, context) => {
      const terminal = terminalOf(terminalId, context)
      terminal.check(line)
      // Sent when it stands in the audit trail, and not when the same call comes again.
      return { apply: () => ({}), after: () => terminal.send(line) }
    },
    'olt-cli.interrupt': ({ terminalId }, context) => {
      const terminal = terminalOf(terminalId, context)
      return { apply: () => ({}), after: () => terminal.interrupt() }
    },
    'olt-cli.closeTerminal': ({ terminalId }, context) => {
      const terminal = terminalOf(terminalId, context)
      return {
        apply: () => ({}),
        after: () => terminal.end({ code: 'cli-terminal-gone', params: { why: 'closed' } }),
      }
    },
  }
}

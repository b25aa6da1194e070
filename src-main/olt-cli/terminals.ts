import type { Problem } from '../../src-shared/contract/common.ts'
import { isNocturneError, NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { Emit } from '../engine/handlers.ts'
import type { CliSession } from '../olt/cli/cli-session.ts'
import type { Transaction } from '../store/write-path.ts'
import type { CliFamily, OpenedCli } from './ports.ts'
import { createTerminalLine } from './terminal-line.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { putTranscript, type TranscriptRecord } from './transcript-tables.ts'

export interface OpenTerminal {
  readonly oltId: string
  readonly oltName: string
  readonly clientId: number
  readonly sessionId: string
  readonly accountId: string
  readonly by: string
  readonly mayWrite: boolean
  /** Of the call that opens it; the terminal outlives it. */
  readonly signal: AbortSignal
}

/** A terminal that is there; it ends by itself where `begin` does not follow soon. */
export interface NewTerminal {
  readonly id: string
  readonly prompt: string
  /** In the transaction of the call: the transcript is there before anything is typed. */
  readonly begin: (tx: Transaction) => void
}

export interface Terminals {
  /** Errors: those of a login, `cli-too-many-sessions`, `cancelled`. */
  readonly open: (request: OpenTerminal) => Promise<NewTerminal>
  /** SECURITY: of the window and the session that opened it. Errors: `cli-terminal-gone`. */
  readonly of: (terminalId: string, clientId: number, sessionId: string) => Terminal
  readonly isOpen: (terminalId: string) => boolean
  /** The session at this client that may use terminals; null: none. Others' terminals end. */
  readonly sessionChanged: (clientId: number, sessionId: string | null) => void
  readonly endAllOf: (oltId: string, why: Problem) => void
  readonly stop: () => void
}

/** Terminals of one window at once. */
const mostPerClient = 6
/** The call that opened it has not come to its end by then: it was refused, or asked twice. */
const beginWithinMs = 10_000
/** A transcript that grows is kept this often; a crash loses what came after. */
const keepEveryMs = 15_000

interface Held {
  readonly terminal: Terminal
  readonly request: OpenTerminal
  begun: boolean
}

export const createTerminals = (deps: {
  readonly clock: Clock
  readonly newId: () => string
  readonly emit: Emit
  readonly write: (name: string, input: object, apply: (tx: Transaction) => void) => void
  /** Errors: the obstacle. */
  readonly cliOf: (oltId: string) => {
    readonly opened: OpenedCli
    readonly family: CliFamily
    readonly mask: (text: string) => string
  }
  readonly onTrouble: (error: unknown) => void
}): Terminals => {
  const { clock } = deps
  const held = new Map<string, Held>()
  const opening = new Map<AbortController, OpenTerminal>()
  let stopped = false
  let stopKeeping: (() => void) | null = null

  const recordOf = ({ terminal, request }: Held, endedAt: number | null): TranscriptRecord => ({
    id: terminal.id,
    oltId: request.oltId,
    oltName: request.oltName,
    accountId: request.accountId,
    by: request.by,
    startedAt: terminal.startedAt,
    endedAt,
    lines: terminal.transcript.lines(),
    mayWrite: terminal.mayWrite,
  })

  const keptLines = new Map<string, number>()
  const keepAll = (): void => {
    stopKeeping = held.size === 0 ? null : clock.after(keepEveryMs, keepAll)
    const grown = [...held.values()].filter(
      ({ begun, terminal }) => begun && keptLines.get(terminal.id) !== terminal.transcript.lines(),
    )
    if (grown.length === 0) return
    try {
      deps.write('olt-cli.keepTranscripts', { terminals: grown.length }, (tx) => {
        for (const one of grown) {
          putTranscript(tx, recordOf(one, null), one.terminal.transcript.text(), clock.now())
        }
      })
      for (const { terminal } of grown) keptLines.set(terminal.id, terminal.transcript.lines())
    } catch (error) {
      deps.onTrouble(error)
      // SECURITY: what cannot be recorded is not done.
      const why = problemOf(error)
      for (const { terminal } of grown) if (terminal.mayWrite) terminal.end(why)
    }
  }

  const ended = (id: string, why: Problem): void => {
    const one = held.get(id)
    if (one === undefined) return
    held.delete(id)
    keptLines.delete(id)
    if (!one.begun) return
    const { terminal, request } = one
    try {
      deps.write(
        'olt-cli.terminalEnded',
        {
          terminalId: id,
          oltId: request.oltId,
          by: request.by,
          mayWrite: terminal.mayWrite,
          why: String(why.params['why'] ?? why.code),
          lines: terminal.transcript.lines(),
          sent: terminal.transcript.sent(),
        },
        (tx) =>
          putTranscript(tx, recordOf(one, clock.now()), terminal.transcript.text(), clock.now()),
      )
    } catch (error) {
      deps.onTrouble(error)
    }
  }

  const openWith = async (
    request: OpenTerminal,
    made: (terminal: Terminal) => void,
    signal: AbortSignal,
  ): Promise<void> => {
    const { opened, family, mask } = deps.cliOf(request.oltId)
    const work = async (session: CliSession): Promise<void> => {
      const id = deps.newId()
      const terminal = createTerminal({
        id,
        oltId: request.oltId,
        mayWrite: request.mayWrite,
        clock,
        family,
        mask,
        line: createTerminalLine(session),
        tell: (output) =>
          deps.emit(
            'olt-cli.terminalOutput',
            { terminalId: id, ...output },
            {
              to: request.clientId,
            },
          ),
        onEnd: (why) => ended(id, why),
      })
      held.set(id, { terminal, request, begun: false })
      stopKeeping ??= clock.after(keepEveryMs, keepAll)
      made(terminal)
      await terminal.over
    }
    // A session of its own: held until the terminal ends, then logged out or given back.
    if (request.mayWrite) await opened.desk.withWriter(signal, work)
    else await opened.desk.withReader(signal, work)
  }

  return {
    open: async (request) => {
      if (stopped) throw new NocturneError('engine-stopped')
      const mine = [...held.values(), ...[...opening.values()].map((one) => ({ request: one }))]
      if (mine.filter((one) => one.request.clientId === request.clientId).length >= mostPerClient) {
        throw new NocturneError('cli-too-many-sessions')
      }
      const controller = new AbortController()
      opening.set(controller, request)
      const signal = AbortSignal.any([request.signal, controller.signal])
      const { promise, resolve, reject } = Promise.withResolvers<Terminal>()
      let terminal: Terminal | null = null
      openWith(
        request,
        (made) => {
          terminal = made
          resolve(made)
        },
        // A call that has come to its end aborts nothing any more: then the terminal stands alone.
        signal,
      ).then(
        () => reject(new NocturneError('cli-session-lost', { why: 'closed' })),
        (error: unknown) => {
          terminal?.end(problemOf(error))
          reject(error)
        },
      )
      try {
        const made = await promise
        const one = held.get(made.id)
        if (one === undefined) throw new NocturneError('cli-terminal-gone')
        clock.after(beginWithinMs, () => {
          if (!one.begun) made.end({ code: 'cancelled', params: {} })
        })
        return {
          id: made.id,
          prompt: made.prompt(),
          begin: (tx) => {
            putTranscript(tx, recordOf(one, null), '', clock.now())
            one.begun = true
          },
        }
      } finally {
        opening.delete(controller)
      }
    },
    of: (terminalId, clientId, sessionId) => {
      const one = held.get(terminalId)
      const isTheirs = one?.request.clientId === clientId && one.request.sessionId === sessionId
      if (one === undefined || !isTheirs) throw new NocturneError('cli-terminal-gone')
      return one.terminal
    },
    isOpen: (terminalId) => held.has(terminalId),
    sessionChanged: (clientId, sessionId) => {
      for (const [controller, request] of opening) {
        if (request.clientId === clientId && request.sessionId !== sessionId) controller.abort()
      }
      for (const { terminal, request } of held.values()) {
        if (request.clientId !== clientId || request.sessionId === sessionId) continue
        terminal.end({ code: 'cli-terminal-gone', params: { why: 'session' } })
      }
    },
    endAllOf: (oltId, why) => {
      for (const [controller, request] of opening) if (request.oltId === oltId) controller.abort()
      for (const { terminal } of held.values()) if (terminal.oltId === oltId) terminal.end(why)
    },
    stop: () => {
      stopped = true
      stopKeeping?.()
      for (const controller of opening.keys()) controller.abort()
      for (const { terminal } of held.values()) {
        terminal.end({ code: 'engine-stopped', params: {} })
      }
    },
  }
}

const problemOf = (error: unknown): Problem =>
  isNocturneError(error)
    ? { code: error.code, params: { ...error.params } }
    : { code: 'internal', params: {} }

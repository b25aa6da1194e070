import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payload } from '../../../src-shared/contract/index.ts'
import { onEvent, runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { errorText, type Told } from '../../components/error-text.ts'
import type { TerminalHandle } from './terminal-view.tsx'

export type TerminalState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'opening'; readonly write: boolean }
  | { readonly kind: 'open'; readonly write: boolean; readonly since: number }
  /** `why` null: the person ended it. */
  | { readonly kind: 'ended'; readonly why: Told | null; readonly write: boolean }

type Output = Payload<'olt-cli.terminalOutput'>

export interface TerminalSession {
  readonly state: TerminalState
  /** Pasted lines that wait for the answer to the one before. */
  readonly queued: number
  readonly open: (write: boolean) => void
  readonly close: () => void
  readonly send: (line: string) => void
  readonly sendAll: (lines: readonly string[]) => void
  readonly dropQueued: () => void
  readonly interrupt: () => void
}

/** A session with an OLT's CLI: opens, sends line by line, and ends with the page. */
export const useTerminal = (
  oltId: string,
  view: RefObject<TerminalHandle | null>,
): TerminalSession => {
  const { t } = useTranslation('olt-cli')
  const { t: tError } = useTranslation('error')
  const [state, setState] = useState<TerminalState>({ kind: 'closed' })
  const [queued, setQueued] = useState(0)
  const live = useRef<{ id: string; seq: number; write: boolean } | null>(null)
  const opening = useRef<{ taskId: string; early: Output[] } | null>(null)
  const queue = useRef<string[]>([])
  /** Comes back after a line that was not sent. */
  const lastPrompt = useRef('')
  const words = useRef({ t, tError })
  words.current = { t, tError }

  const setQueue = useCallback((lines: readonly string[]) => {
    queue.current = [...lines]
    setQueued(lines.length)
  }, [])

  const end = useCallback(
    (why: Told | null) => {
      const { t: say, tError: sayError } = words.current
      const write = live.current?.write ?? false
      live.current = null
      setQueue([])
      view.current?.setPrompt(null)
      view.current?.note(
        say('terminal.endedLine', {
          why: why === null ? say('terminal.endedByPerson') : errorText(sayError, why).what,
        }),
      )
      setState({ kind: 'ended', why, write })
    },
    [setQueue, view],
  )

  const prompted = useCallback(
    (prompt: string | null) => {
      view.current?.setPrompt(prompt)
      if (prompt === null) return
      lastPrompt.current = prompt
      const [next, ...rest] = queue.current
      if (next === undefined) return
      setQueue(rest)
      view.current?.submit(next)
    },
    [setQueue, view],
  )

  const take = useCallback(
    (output: Output) => {
      const terminal = live.current
      if (terminal === null || output.terminalId !== terminal.id) return
      if (output.seq > terminal.seq) view.current?.note(words.current.t('terminal.lost'))
      terminal.seq = output.seq + 1
      view.current?.write(output.text)
      if (output.ended === null) prompted(output.prompt)
      else end(output.ended)
    },
    [end, prompted, view],
  )

  useEffect(
    () =>
      onEvent('olt-cli.terminalOutput', (output) => {
        // The first words can be there before the answer that names the terminal.
        if (live.current === null) opening.current?.early.push(output)
        else take(output)
      }),
    [take],
  )

  const leave = useCallback(() => {
    const taskId = opening.current?.taskId
    const id = live.current?.id
    opening.current = null
    live.current = null
    if (taskId !== undefined) runCommand('workspace.cancel', { taskId }).catch(() => undefined)
    if (id !== undefined) {
      runCommand('olt-cli.closeTerminal', { terminalId: id }).catch(() => undefined)
    }
  }, [])
  useEffect(() => leave, [leave, oltId])

  const open = useCallback(
    (write: boolean) => {
      leave()
      setQueue([])
      const mine: { taskId: string; early: Output[] } = { taskId: makeUuidV7(), early: [] }
      opening.current = mine
      setState({ kind: 'opening', write })
      view.current?.setPrompt(null)
      runCommand('olt-cli.openTerminal', { oltId, taskId: mine.taskId, write }).then(
        ({ terminalId, prompt }) => {
          if (opening.current !== mine) {
            runCommand('olt-cli.closeTerminal', { terminalId }).catch(() => undefined)
            return
          }
          opening.current = null
          live.current = { id: terminalId, seq: 0, write }
          setState({ kind: 'open', write, since: Date.now() })
          view.current?.note(
            words.current.t(write ? 'terminal.openedWriting' : 'terminal.openedReading'),
          )
          const early = mine.early.filter((output) => output.terminalId === terminalId)
          if (early.length === 0) prompted(prompt)
          for (const output of early) take(output)
          view.current?.focus()
        },
        (error: unknown) => {
          if (opening.current !== mine) return
          opening.current = null
          setState({ kind: 'ended', why: failureOf(error), write })
        },
      )
    },
    [leave, oltId, prompted, setQueue, take, view],
  )

  const refused = useCallback(
    (error: unknown, prompt: boolean) => {
      const failure = failureOf(error)
      if (failure.code === 'cli-terminal-gone') return end(failure)
      setQueue([])
      const { t: say, tError: sayError } = words.current
      const text = errorText(sayError, failure)
      const why =
        failure.code === 'cli-parameter-refused'
          ? say('terminal.refusedLine')
          : `${text.what} ${text.toDo}`
      view.current?.note(say('terminal.refused', { why }))
      if (prompt) prompted(lastPrompt.current)
      return undefined
    },
    [end, prompted, setQueue, view],
  )
  const send = useCallback(
    (line: string) => {
      const id = live.current?.id
      if (id === undefined) return
      runCommand('olt-cli.sendLine', { terminalId: id, line }).catch((error: unknown) =>
        refused(error, true),
      )
    },
    [refused],
  )

  return {
    state,
    queued,
    open,
    close: () => {
      leave()
      end(null)
    },
    send,
    sendAll: (lines) => {
      const [first, ...rest] = lines
      if (first === undefined) return
      setQueue(rest)
      view.current?.submit(first)
    },
    dropQueued: () => setQueue([]),
    interrupt: () => {
      const id = live.current?.id
      if (id === undefined) return
      setQueue([])
      runCommand('olt-cli.interrupt', { terminalId: id }).catch((error: unknown) =>
        refused(error, false),
      )
    },
  }
}

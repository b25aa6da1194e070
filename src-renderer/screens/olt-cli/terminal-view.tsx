import { useComputedColorScheme } from '@mantine/core'
import { FitAddon } from '@xterm/addon-fit'
import type { Terminal } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { createTerminalLine, type TerminalLine } from './terminal-line.ts'
import { actionOf } from './terminal-keys.ts'
import { openXterm } from './open-xterm.ts'
import { terminalTheme } from './terminal-theme.ts'
import { bufferText, findInBuffer, type BufferHit } from './terminal-buffer.ts'

export interface TerminalHandle {
  /** Text of the OLT. */
  readonly write: (text: string) => void
  /** A word of ours, in a colour of its own and in brackets. */
  readonly note: (text: string) => void
  /** null: it is answering. */
  readonly setPrompt: (prompt: string | null) => void
  /** As if it had been typed. */
  readonly type: (text: string) => void
  /** As if it had been typed and sent. */
  readonly submit: (line: string) => void
  readonly clear: () => void
  /** What is marked, or everything. */
  readonly copied: () => string
  readonly everything: () => string
  readonly find: (text: string) => readonly BufferHit[]
  readonly show: (hit: BufferHit) => void
  readonly focus: () => void
}

export interface TerminalViewProps {
  readonly handle: Ref<TerminalHandle>
  readonly label: string
  readonly screenReader: boolean
  readonly onLine: (line: string) => void
  readonly onInterrupt: () => void
  readonly onCopy: () => void
  readonly onSearch: () => void
  readonly onPaste: (text: string) => void
}

const scrollback = 20_000

/** The terminal itself: text of the OLT above, the line that is being typed below. */
export const TerminalView = (props: TerminalViewProps) => {
  const host = useRef<HTMLDivElement>(null)
  const opened = useRef<{ terminal: Terminal; line: TerminalLine } | null>(null)
  const latest = useRef(props)
  latest.current = props
  const scheme = useComputedColorScheme('light')

  useEffect(() => {
    const element = host.current!
    const style = getComputedStyle(document.documentElement)
    const terminal = openXterm(element, {
      convertEol: true,
      cursorBlink: false,
      fontFamily: style.getPropertyValue('--nc-font-mono').trim(),
      fontSize: 13,
      lineHeight: 1.25,
      scrollback,
      theme: terminalTheme(),
      screenReaderMode: latest.current.screenReader,
      // Links, titles and anything else that an answer could ask for stay off.
      linkHandler: null,
      disableStdin: false,
    })
    const fit = new FitAddon()
    terminal.loadAddon(fit)
    fit.fit()
    terminal.textarea?.setAttribute('aria-label', latest.current.label)
    const line = createTerminalLine(terminal, (sent) => latest.current.onLine(sent))
    opened.current = { terminal, line }
    terminal.attachCustomKeyEventHandler((event) => {
      if (event.type !== 'keydown') return true
      const action = actionOf(event, terminal.hasSelection())
      if (action.kind === 'text') return true
      if (action.kind === 'page') return false
      // The line's own keys (Ctrl-K …) are not the console's while one types here.
      event.preventDefault()
      event.stopPropagation()
      if (action.kind === 'edit') line.press(action.key)
      else if (action.kind === 'send') line.send()
      else if (action.kind === 'scroll') terminal.scrollPages(action.pages)
      else if (action.kind === 'copy') latest.current.onCopy()
      else if (action.kind === 'search') latest.current.onSearch()
      else if (!line.discard()) latest.current.onInterrupt()
      return false
    })
    terminal.onData((data) => line.type(data))
    const onPaste = (event: ClipboardEvent): void => {
      event.preventDefault()
      event.stopPropagation()
      latest.current.onPaste(event.clipboardData?.getData('text/plain') ?? '')
    }
    element.addEventListener('paste', onPaste, { capture: true })
    const watcher = new ResizeObserver(() => {
      fit.fit()
      line.redraw()
    })
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      element.removeEventListener('paste', onPaste, { capture: true })
      opened.current = null
      terminal.dispose()
    }
  }, [])

  useEffect(() => {
    const { current } = opened
    if (current !== null) current.terminal.options.theme = terminalTheme()
  }, [scheme])
  useEffect(() => {
    const { current } = opened
    if (current !== null) current.terminal.options.screenReaderMode = props.screenReader
  }, [props.screenReader])

  useImperativeHandle(props.handle, () => {
    const terminal = (): Terminal => opened.current!.terminal
    const line = (): TerminalLine => opened.current!.line
    return {
      write: (text) => line().write(text),
      note: (text) => line().note(text),
      setPrompt: (prompt) => line().setPrompt(prompt),
      type: (text) => line().type(text),
      submit: (text) => line().submit(text),
      clear: () => line().clear(),
      copied: () =>
        terminal().hasSelection() ? terminal().getSelection() : bufferText(terminal()),
      everything: () => bufferText(terminal()),
      find: (text) => findInBuffer(terminal(), text),
      show: ({ row, column, length }) => {
        terminal().select(column, row, length)
        terminal().scrollToLine(Math.max(0, row - Math.floor(terminal().rows / 2)))
      },
      focus: () => terminal().focus(),
    }
  })

  return <div ref={host} className="noc-terminal__host" />
}

import { parseArgs } from 'node:util'

/** What the console can be told on its command line. */
export interface ConsoleArguments {
  /** A throw-away workspace on the simulated plant. */
  readonly demo: boolean
  /** With demo: ends by itself after the first full poll, with a screenshot and one JSON line. */
  readonly check: boolean
  readonly screenshot: string | null
  readonly scenario: string | null
  /** Another folder than the user's own. */
  readonly workspace: string | null
  readonly windowSize: { readonly width: number; readonly height: number }
  readonly timeoutMs: number
}

const defaultSize = { width: 1440, height: 900 }

/** Unknown words (Chromium and Electron have their own) are left to the host. */
export const readArguments = (argv: readonly string[]): ConsoleArguments => {
  const { values } = parseArgs({
    args: argv.slice(1),
    strict: false,
    allowPositionals: true,
    options: {
      demo: { type: 'boolean' },
      check: { type: 'boolean' },
      screenshot: { type: 'string' },
      scenario: { type: 'string' },
      workspace: { type: 'string' },
      size: { type: 'string' },
      'timeout-s': { type: 'string' },
    },
  })
  const text = (value: unknown): string | null =>
    typeof value === 'string' && value !== '' ? value : null
  const seconds = Number(text(values['timeout-s']) ?? '180')
  return {
    demo: values['demo'] === true,
    check: values['check'] === true,
    screenshot: text(values['screenshot']),
    scenario: text(values['scenario']),
    workspace: text(values['workspace']),
    windowSize: readSize(text(values['size'])),
    timeoutMs: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 180_000,
  }
}

const readSize = (text: string | null): { width: number; height: number } => {
  const match = /^(\d{3,4})x(\d{3,4})$/.exec(text ?? '')
  if (match === null) return defaultSize
  return { width: Number(match[1]), height: Number(match[2]) }
}

import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/**
 * `--check`: waits for the first full poll, keeps a picture of the dashboard, prints one JSON line
 * and gives the exit code. For people without a display, and for CI.
 */
export interface FirstPoll {
  readonly olts: number
  readonly onus: number
  readonly online: number
  readonly firstPollMs: number
}

export interface CheckRun {
  firstFullPoll(result: FirstPoll): void
  failed(message: string): void
  /** Resolves with the process's exit code. */
  finish(capture: (path: string) => Promise<void>): Promise<number>
}

/** From the last reading to the picture: time for events (4 a second), layout and charts. */
const settleMs = 2500

export const runCheck = (options: {
  readonly host: 'electron' | 'chromium'
  readonly screenshot: string | null
  readonly timeoutMs: number
  readonly print?: (line: string) => void
  readonly complain?: (line: string) => void
  readonly wait?: (ms: number) => Promise<void>
}): CheckRun => {
  const print = options.print ?? ((line: string) => process.stdout.write(`${line}\n`))
  const complain = options.complain ?? ((line: string) => process.stderr.write(`${line}\n`))
  const wait = options.wait ?? ((ms: number) => new Promise((done) => setTimeout(done, ms)))
  const outcome = Promise.withResolvers<FirstPoll>()
  outcome.promise.catch(() => {})
  const path = resolve(options.screenshot ?? 'test-results/dashboard.png')
  const timer = setTimeout(
    () =>
      outcome.reject(
        new Error(`the first full poll was not done within ${options.timeoutMs / 1000} s`),
      ),
    options.timeoutMs,
  )
  return {
    firstFullPoll: (result) => outcome.resolve(result),
    failed: (message) => outcome.reject(new Error(message)),
    async finish(capture) {
      try {
        const result = await outcome.promise
        if (result.onus === 0) throw new Error('the poll ended without a single ONU')
        await wait(settleMs)
        mkdirSync(dirname(path), { recursive: true })
        await capture(path)
        const { olts, onus, online, firstPollMs } = result
        print(
          JSON.stringify({ host: options.host, olts, onus, online, firstPollMs, screenshot: path }),
        )
        return 0
      } catch (error) {
        complain(`nocturne: check failed: ${error instanceof Error ? error.message : 'unknown'}`)
        return 1
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

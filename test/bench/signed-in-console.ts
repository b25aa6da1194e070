import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { launchBenchConsole, type BenchConsole } from './console.ts'
import { entrance } from './entrance.ts'
import type { BenchGround } from './workspace.ts'

/** The console on a workspace, signed in through its page, the dashboard open. */
export const signedInConsole = async (
  stack: AsyncDisposableStack,
  ground: BenchGround,
  workspaceDir: string,
): Promise<BenchConsole> => {
  const opened = await launchBenchConsole({
    folder: ground.folder('console'),
    args: [`--workspace=${workspaceDir}`],
    env: ground.env,
    install: entrance,
  })
  stack.defer(() => opened.stop())
  await opened.page.until(
    () => (document.querySelector('#nc-content') === null ? null : true),
    'signing in',
  )
  return opened
}

export interface PolledPlant {
  readonly onus: number
  /** OLTs that had been read already at the call. */
  readonly before: number
  /** From the call to the moment when every OLT had been read in every group. */
  readonly waitedMs: number
}

/** Asks the console itself, as its own OLT list does, every two seconds. */
export const firstFullPoll = (opened: BenchConsole, olts: number): Promise<PolledPlant> =>
  opened.page.evaluate(async (wanted: number) => {
    type Olts = { olts: { ages: Record<string, number | null>; counts: { total: number } }[] }
    const { nocturne } = window as unknown as {
      nocturne: { invoke(channel: string, input: unknown): Promise<Envelope<Olts>> }
    }
    const began = performance.now()
    let before: number | null = null
    for (;;) {
      const answer = await nocturne.invoke('network.olts', {})
      if (!answer.ok) throw new Error(`network.olts: ${answer.error.code}`)
      const read = answer.value.olts.filter(({ ages }) =>
        Object.values(ages).every((at) => at !== null),
      )
      before ??= read.length
      if (read.length === wanted) {
        const onus = read.reduce((sum, { counts }) => sum + counts.total, 0)
        return { onus, before, waitedMs: performance.now() - began }
      }
      if (performance.now() - began > 220_000) {
        throw new Error(`after 220 s only ${read.length} of ${wanted} OLTs have been read`)
      }
      await new Promise((resolve) => setTimeout(resolve, 2_000))
    }
  }, olts)

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchResult } from './bench.ts'
import { launchBenchConsole } from './console.ts'
import { entrance, entranceWhenShown } from './entrance.ts'
import { machineNote } from './machine.ts'
import { startBenchPlant } from './plant.ts'
import { firstFullPoll } from './signed-in-console.ts'
import { listed, median } from './statistics.ts'
import { openBenchGround, type BenchGround } from './workspace.ts'

const rounds = 5

interface Start {
  readonly toDataMs: number
  readonly toSignInMs: number
  readonly freshness: string | null
}

/** Process start to dashboard with data, signing in included, on the demo's plant. */
export const benchStart = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const ground = await openBenchGround(stack)
  const plant = await startBenchPlant('demo.yaml')
  stack.defer(() => plant.stop())
  const workspaceDir = await ground.workspace('start', plant.olts)
  const cold: Start[] = []
  const warm: Start[] = []
  const bare: number[] = []
  for (let round = 0; round < rounds; round++) {
    bare.push(await startBare(stack, ground))
    rmSync(join(workspaceDir, 'last-known.bin'), { force: true })
    cold.push(await startConsole(stack, ground, workspaceDir, plant.olts.length))
    warm.push(await startConsole(stack, ground, workspaceDir, plant.olts.length))
  }
  const data = (starts: readonly Start[]): number[] => starts.map(({ toDataMs }) => toDataMs)
  const note = (name: string, starts: readonly Start[]): string =>
    `${name}: process start to data ${listed(data(starts), 0)} ms, of which to the sign-in form ${listed(
      starts.map(({ toSignInMs }) => toSignInMs),
      0,
    )} ms; data shown as "${[...new Set(starts.map(({ freshness }) => freshness))].join('", "')}"`
  return {
    peer: "the stand-in's bare window",
    figures: { coldMs: Math.round(median(data(cold))), warmMs: Math.round(median(data(warm))) },
    notes: [
      machine,
      `plant: ${plant.olts.length} OLTs, ${plant.onus} ONUs; the form is filled by a script at once, the password is checked as always`,
      `${note('cold', cold)}; new profile, no last-known readings (files in the system's cache stay)`,
      `${note('warm', warm)}; last-known readings of the start before`,
      `peer: a bare window with an empty page ${listed(bare, 0)} ms; cold ${(median(data(cold)) / median(bare)).toFixed(1)} times, warm ${(median(data(warm)) / median(bare)).toFixed(1)} times as long`,
    ],
  }
}

const startConsole = async (
  stack: AsyncDisposableStack,
  ground: BenchGround,
  workspaceDir: string,
  olts: number,
): Promise<Start> => {
  const opened = await launchBenchConsole({
    folder: ground.folder('console'),
    args: [`--workspace=${workspaceDir}`],
    env: ground.env,
    install: entrance,
  })
  stack.defer(() => opened.stop())
  const { signInShown, dataShown, freshness } = await opened.page.until(
    entranceWhenShown,
    'a dashboard with data',
  )
  // What is known when it ends is what the next start shows.
  await firstFullPoll(opened, olts)
  await opened.stop()
  return {
    toDataMs: dataShown - opened.startedAt,
    toSignInMs: signInShown - opened.startedAt,
    freshness,
  }
}

const startBare = async (stack: AsyncDisposableStack, ground: BenchGround): Promise<number> => {
  const opened = await launchBenchConsole({
    main: join(import.meta.dirname, 'bare-window-child.ts'),
    folder: ground.folder('bare'),
    args: [],
    env: ground.env,
    install: {
      run: () => {
        const look = (): void => {
          if (document.title !== 'bare') return void requestAnimationFrame(look)
          const channel = new MessageChannel()
          channel.port1.addEventListener('message', () => {
            Object.assign(window, { benchBare: performance.timeOrigin + performance.now() })
          })
          channel.port1.start()
          channel.port2.postMessage(0)
        }
        requestAnimationFrame(look)
      },
      argument: null,
    },
  })
  stack.defer(() => opened.stop())
  const at = await opened.page.until(
    () => (window as unknown as { benchBare?: number }).benchBare ?? null,
    'a bare window',
  )
  await opened.stop()
  return at - opened.startedAt
}

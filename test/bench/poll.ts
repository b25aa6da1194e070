import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { BenchResult } from './bench.ts'
import { compareFamilies } from './family-cost.ts'
import type { ProcessReport } from './loop-delay-child.ts'
import { machineNote } from './machine.ts'
import { startBenchPlant } from './plant.ts'
import { firstFullPoll, signedInConsole } from './signed-in-console.ts'
import { rounded } from './statistics.ts'
import { compareWalkers } from './walker-cost.ts'
import { openBenchGround } from './workspace.ts'

const mebibytes = (bytes: number): number => bytes / 2 ** 20
/** The empty console rests as long before its memory is read. */
const emptyRestMs = 15_000

/**
 * Cost of reading every family's ONU table, and of walking the bench plant (49 OLTs, 100,352 ONUs);
 * what polling that plant does to the console.
 */
export const benchPoll = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const families = await compareFamilies(stack)
  const ground = await openBenchGround(stack)
  const plant = await startBenchPlant()
  stack.defer(() => plant.stop())
  const cost = await compareWalkers(plant.olts)

  const full = await ground.workspace('full', plant.olts)
  const empty = await ground.workspace('empty', [])

  const console_ = await signedInConsole(stack, ground, full)
  const floor = monitorEventLoopDelay({ resolution: 1 })
  floor.enable()
  await console_.watch()
  const polled = await firstFullPoll(console_, plant.olts.length)
  const report = await console_.report()
  floor.disable()
  if (polled.onus !== plant.onus) throw new Error(`${polled.onus} ONUs of ${plant.onus} were read`)
  const plantUsage = await plant.usage()
  await console_.stop()

  const idle = await signedInConsole(stack, ground, empty)
  await idle.watch()
  await new Promise((resolve) => setTimeout(resolve, emptyRestMs))
  const idleReport = await idle.report()
  await idle.stop()

  const per10k = (pick: (one: ProcessReport) => number): number =>
    rounded(((mebibytes(pick(report)) - mebibytes(pick(idleReport))) * 10_000) / polled.onus, 1)
  const floorP99 = Math.max(0, floor.percentile(99) / 1e6 - 1)

  return {
    peer: "Debian's snmpbulkwalk on the same agents",
    figures: {
      cpuPerVarbindRatio: families.ratio,
      cpuPerVarbindRatioWorst: families.worst,
      cpuPerVarbindRatioPlant: cost.ratio,
      mainThreadDelayP99Ms: rounded(report.p99Ms),
      mbPer10kOnus: per10k((one) => one.rssBytes),
    },
    notes: [
      machine,
      ...families.notes,
      ...cost.notes,
      `main thread: ${polled.onus} ONUs read in every group within ${rounded(polled.waitedMs / 1000)} s of signing in (${polled.before} OLTs before), dashboard open and drawing`,
      `main thread: event-loop delay p50 ${rounded(report.p50Ms, 2)} ms, p99 ${rounded(report.p99Ms, 2)} ms, max ${rounded(report.maxMs)} ms (${report.samples} samples of 1 ms, resolution taken off); an idle process of Node at the same time p99 ${rounded(floorP99, 2)} ms; the empty console alone ${rounded(idleReport.p99Ms, 2)} ms`,
      `main thread: ${rounded(report.mainThreadCpuMicros / 1e6)} s CPU of the process's ${rounded(report.cpuMicros / 1e6)} s`,
      `memory: resident ${Math.round(mebibytes(report.rssBytes))} MiB with the plant, ${Math.round(mebibytes(idleReport.rssBytes))} MiB with an empty workspace (no collection forced; page not included)`,
      `memory: per 10,000 ONUs ${per10k((one) => one.rssBytes)} MiB resident; in use ${per10k((one) => one.heapBytes)} MiB of heap and ${per10k((one) => one.externalBytes)} MiB of arrays`,
      `plant: ${Math.round(mebibytes(plantUsage.rssBytes))} MiB resident`,
    ],
  }
}

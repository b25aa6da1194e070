import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { startUpFree, type PeerWalk } from './snmpbulkwalk.ts'
import { root, type BenchOlt } from './plant.ts'
import { listed, median, rounded } from './statistics.ts'

/** Our reading of every family's ONU table against Debian's snmpbulkwalk on the same agents. */
export interface FamilyCost {
  /** Geometric mean over the families. */
  readonly ratio: number
  readonly worst: number
  readonly notes: readonly string[]
}

interface FamilyOlt extends BenchOlt {
  readonly walked: readonly { readonly oid: string; readonly rows: number }[]
  readonly besideFields: number
}

interface OwnCost {
  readonly family: string
  readonly varbinds: number
  readonly pdus: number
  readonly onus: number
  readonly problems: number
  readonly cpuMicros: number
}

const onusPerFamily = 2048
const rounds = 3
/** A walk of nothing costs as good as the same for every agent. */
const fewestWalks = 12

export const compareFamilies = async (stack: AsyncDisposableStack): Promise<FamilyCost> => {
  const olts = await startFamilyPlant(stack)
  const runs: { readonly own: number; readonly peer: number; readonly ratio: number }[][] =
    olts.map(() => [])
  let first: readonly OwnCost[] = []
  for (let round = 0; round < rounds; round++) {
    const costs = await readOnce(olts)
    if (round === 0) first = costs
    for (const [at, olt] of olts.entries()) {
      const cost = costs[at]!
      if (cost.onus !== olt.onus)
        throw new Error(`${cost.onus} of ${olt.onus} ONUs of ${olt.family}`)
      if (cost.problems > 0) throw new Error(`${cost.problems} problems reading ${olt.family}`)
      const own = cost.cpuMicros / (cost.varbinds + olt.besideFields)
      const peer = await peerCost(olt, Math.max(10, Math.round(cost.varbinds / cost.pdus)))
      runs[at]!.push({ own, peer, ratio: own / peer })
    }
  }
  const medians = runs.map((of) => median(of.map(({ ratio }) => ratio)))
  const mean = Math.exp(medians.reduce((sum, ratio) => sum + Math.log(ratio), 0) / medians.length)
  const varbinds = first.reduce((sum, cost) => sum + cost.varbinds, 0)
  return {
    ratio: rounded(mean, 2),
    worst: rounded(Math.max(...medians), 2),
    notes: [
      `families: the whole ONU table (state, light, counters, identity) of ${olts.length} families, ${onusPerFamily} ONUs each, ${varbinds} varbinds; ours the second reading of its process, the peer a process per column with its start-up taken off and as many varbinds per answer`,
      ...olts.map(({ family }, at) => {
        const { varbinds: count, pdus } = first[at]!
        const of = runs[at]!
        return `families: ${family.padEnd(21)} ratio ${medians[at]!.toFixed(2)} (${listed(
          of.map(({ ratio }) => ratio),
          2,
        )}), ours ${listed(
          of.map(({ own }) => own),
          2,
        )} µs, peer ${listed(
          of.map(({ peer }) => peer),
          2,
        )} µs per varbind, ${Math.round(count / pdus)} per answer`
      }),
    ],
  }
}

const peerCost = async (olt: FamilyOlt, repetitions: number): Promise<number> => {
  const walks: PeerWalk[] = olt.walked.map(({ oid }) => ({ olt, oid }))
  const turns = Math.ceil(fewestWalks / walks.length)
  const varbinds = olt.walked.reduce((sum, { rows }) => sum + rows, 0) * turns
  const all = Array.from({ length: turns }, () => walks).flat()
  return (await startUpFree(all, repetitions)) / varbinds
}

const startFamilyPlant = async (stack: AsyncDisposableStack): Promise<readonly FamilyOlt[]> => {
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'test/bench/family-plant-child.ts'),
      String(onusPerFamily),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  stack.defer(
    () =>
      new Promise<void>((resolve) => {
        if (child.exitCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.stdin.end()
        return undefined
      }),
  )
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
  if (line.done === true) throw new Error('the agents of the families did not start')
  return JSON.parse(line.value) as FamilyOlt[]
}

const readOnce = (olts: readonly FamilyOlt[]): Promise<readonly OwnCost[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'family-walk-child.ts'),
        JSON.stringify(
          olts.map(({ oltName, family, host, port, community, onus }): BenchOlt => {
            return { oltName, family, host, port, community, onus }
          }),
        ),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(text) as OwnCost[])
      else reject(new Error(`the reading of the families ended with ${code}`))
    })
  })

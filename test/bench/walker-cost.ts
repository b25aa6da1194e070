import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { onuFieldsByGroup } from '../../src-main/olt/family/onu-fields.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { root, type BenchOlt } from './plant.ts'
import { countPeer, emptySubtree, timePeer, type PeerWalk } from './snmpbulkwalk.ts'
import { listed, median, rounded } from './statistics.ts'

interface OwnWalk {
  /** By the OLT's name: what our driver took it for. */
  readonly families: Readonly<Record<string, string>>
  readonly varbinds: number
  readonly pdus: number
  readonly onus: number
  readonly cpuMicros: number
  readonly wallMs: number
}

export interface WalkerCost {
  readonly ratio: number
  readonly notes: readonly string[]
}

const rounds = 3
const maxRepetitions = 20

/** Our walker's CPU per varbind against Debian's snmpbulkwalk on the same agents, turn by turn. */
export const compareWalkers = async (olts: readonly BenchOlt[]): Promise<WalkerCost> => {
  const first = await ownWalk(olts)
  const peerWalks = olts.flatMap((olt) =>
    statusColumns(first.families[olt.oltName]).map((oid) => ({ olt, oid })),
  )
  const emptyWalks = peerWalks.map(({ olt }) => ({ olt, oid: emptySubtree }))
  const peerVarbinds = await countPeer(peerWalks)

  const peerAt = async (repetitions: number): Promise<PeerCost> => {
    const whole = await timePeer(peerWalks, repetitions)
    const startUp = await timePeer(emptyWalks, repetitions)
    return {
      perVarbind: (whole.cpuMicros - startUp.cpuMicros) / peerVarbinds,
      withStartUp: whole.cpuMicros / peerVarbinds,
      startUpMs: startUp.cpuMicros / 1000 / emptyWalks.length,
    }
  }

  // Ours asks for all columns at once, the peer for one: at the same repetitions its answers are
  // smaller. So it is measured with as many varbinds per answer too, and that one is the figure.
  const perPdu = Math.round(first.varbinds / first.pdus)
  const own: OwnWalk[] = []
  const peer: PeerCost[] = []
  const even: PeerCost[] = []
  for (let round = 0; round < rounds; round++) {
    own.push(await ownWalk(olts))
    peer.push(await peerAt(maxRepetitions))
    even.push(await peerAt(perPdu))
  }
  const perVarbind = own.map(({ cpuMicros, varbinds }) => cpuMicros / varbinds)
  const ratiosTo = (costs: readonly PeerCost[]): number[] =>
    costs.map((cost, round) => (perVarbind[round] ?? Number.NaN) / cost.perVarbind)
  return {
    ratio: rounded(median(ratiosTo(even)), 2),
    notes: [
      `walker: ${first.onus} ONUs of ${olts.length} OLTs, ${first.varbinds} varbinds in ${first.pdus} PDUs (${perPdu} varbinds each), peer ${peerVarbinds} varbinds`,
      `walker: CPU per varbind ${listed(perVarbind, 2)} µs`,
      ...[
        { repetitions: maxRepetitions, costs: peer },
        { repetitions: perPdu, costs: even },
      ].map(
        ({ repetitions, costs }) =>
          `walker: snmpbulkwalk -Cr${repetitions} ${listed(
            costs.map((cost) => cost.perVarbind),
            2,
          )} µs without its start-up, ${listed(
            costs.map((cost) => cost.withStartUp),
            2,
          )} µs with it (${listed(
            costs.map((cost) => cost.startUpMs),
            1,
          )} ms per process); ratio ${listed(ratiosTo(costs), 2)}`,
      ),
      `walker: wall ${listed(
        own.map(({ wallMs }) => wallMs / 1000),
        1,
      )} s, one OLT after another`,
    ],
  }
}

interface PeerCost {
  readonly perVarbind: number
  readonly withStartUp: number
  readonly startUpMs: number
}

const families = loadFamilies(join(root, 'assets', 'olt-families'))

/** The columns that our driver reads of this family for the status. */
const statusColumns = (name: string | undefined): readonly PeerWalk['oid'][] => {
  const family = families.find((candidate) => candidate.family === name)
  if (family === undefined) throw new Error(`no family ${name}`)
  return onuFieldsByGroup.status.flatMap((field) => family.onus.fields[field]?.[0]?.oid ?? [])
}

const ownWalk = (olts: readonly BenchOlt[]): Promise<OwnWalk> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        join(import.meta.dirname, 'walk-child.ts'),
        JSON.stringify(olts),
        '1',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(text) as OwnWalk)
      else reject(new Error(`the walk ended with ${code}`))
    })
  })

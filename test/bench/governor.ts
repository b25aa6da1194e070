import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openOlt } from '../../src-main/olt/driver.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { onuFieldsByGroup } from '../../src-main/olt/family/onu-fields.ts'
import { recognise } from '../../src-main/olt/recognise.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { startPlantWorker } from '../../src-main/simulator/start-plant-worker.ts'
import type { BenchResult } from './bench.ts'
import { machineNote } from './machine.ts'
import { root } from './plant.ts'
import { timePeer } from './snmpbulkwalk.ts'
import { listed, median, rounded } from './statistics.ts'

const answerMs = 20
const onus = 2048
const rounds = 3
/** The live view of one ONU asks this often, at the same time. */
const liveEveryMs = 1000

const scenario = `name: governor
seed: 20
community: lab-read
fleets:
  - name: GOVERNED-{n}
    family: huawei-smartax
    model: MA5800-X7
    location: bench rack
    count: 1
    slot: 1
`

/**
 * Stands before the agent, delays every answer, and counts from outside how many questions are
 * unanswered at once.
 */
const startWatcher = async (agentPort: number, stack: AsyncDisposableStack) => {
  const front = createSocket('udp4')
  const back = createSocket('udp4')
  for (const socket of [front, back]) {
    socket.bind(0, '127.0.0.1')
    await once(socket, 'listening')
    stack.defer(() => void socket.close())
  }
  const counts = { inFlight: 0, maxInFlight: 0, questions: 0 }
  let client = 0
  front.on('message', (datagram, { port }) => {
    client = port
    counts.questions++
    counts.maxInFlight = Math.max(counts.maxInFlight, ++counts.inFlight)
    back.send(datagram, agentPort, '127.0.0.1')
  })
  back.on('message', (datagram) => {
    setTimeout(() => {
      counts.inFlight--
      front.send(datagram, client, '127.0.0.1')
    }, answerMs)
  })
  return { port: front.address().port, counts }
}

/** One OLT of 2,048 ONUs that takes 20 ms per answer: a round of its status, and how it is asked. */
export const benchGovernor = async (stack: AsyncDisposableStack): Promise<BenchResult> => {
  const machine = machineNote()
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-governor-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const scenarioPath = join(folder, 'scenario.yaml')
  writeFileSync(scenarioPath, scenario)
  const plant = await startPlantWorker({ scenarioPath })
  stack.defer(() => plant.stop())
  const [olt] = plant.olts
  if (olt === undefined || olt.onus !== onus) throw new Error('the plant is not as it should be')
  const watcher = await startWatcher(olt.port, stack)

  const pace = createWalkPace()
  const open = async () => {
    const session = await openSnmpSession({
      host: '127.0.0.1',
      port: watcher.port,
      version: '2c',
      community: Buffer.from(olt.community),
      timeoutMs: 5000,
      retries: 2,
      gate: pace.gate,
    })
    stack.defer(() => session.close())
    return session
  }
  const walking = await open()
  const found = await recognise(walking, loadFamilies(join(root, 'assets', 'olt-families')), pace)
  if (found.kind !== 'family') throw new Error('the OLT was not recognised')
  const driver = openOlt({ session: walking, family: found.family, pace })
  // Names of the ports and what is offered are read once per connection, not per round.
  await driver.readOnus('status')

  const seconds: number[] = []
  let walked = { pdus: 0, varbinds: 0 }
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    const readings = await driver.readOnus('status')
    seconds.push((performance.now() - began) / 1000)
    if (readings.count !== onus) throw new Error(`${readings.count} ONUs of ${onus} were read`)
    walked = { pdus: readings.pdus, varbinds: readings.varbinds }
  }

  // A round with somebody watching one ONU, who has no session of the walk's.
  const watching = await open()
  let live = 0
  const timer = setInterval(() => {
    void watching.get(['1.3.6.1.2.1.1.3.0']).then(() => live++)
  }, liveEveryMs)
  const began = performance.now()
  await driver.readOnus('status')
  const watchedSeconds = (performance.now() - began) / 1000
  clearInterval(timer)
  const figures = pace.figures()
  const { maxInFlight, questions } = watcher.counts

  const peerWalks = onuFieldsByGroup.status
    .flatMap((field) => found.family.onus.fields[field]?.[0]?.oid ?? [])
    .map((oid) => ({ olt: { ...olt, host: '127.0.0.1', port: watcher.port }, oid }))
  const peer = await timePeer(peerWalks, 10)

  return {
    peer: "Debian's snmpbulkwalk, one column after the other, on the same agent",
    figures: {
      maxInFlight,
      roundSeconds: rounded(median(seconds), 2),
      peerRoundSeconds: rounded(peer.wallMs / 1000, 2),
    },
    notes: [
      machine,
      `${onus} ONUs, ${answerMs} ms per answer: ${walked.varbinds} varbinds in ${walked.pdus} PDUs a round; rounds of ${listed(seconds, 2)} s`,
      `with a live view of one ONU beside it (${live} readings) ${rounded(watchedSeconds, 2)} s, and still at most ${maxInFlight} in flight (counted before the agent, ${questions} questions)`,
      `the pace: ${figures.maxRepetitions} repetitions of at most ${figures.limit}, ${Math.round(figures.usedMs / 1000)} of ${figures.budgetMs / 1000} s of the OLT's minute used, ${rounded(figures.answerMs ?? Number.NaN)} ms per answer, ${figures.sockets} sockets`,
    ],
  }
}

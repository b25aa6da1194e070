import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { openOlt } from '../../src-main/olt/driver.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { recognise } from '../../src-main/olt/recognise.ts'
import { root, type BenchOlt } from './plant.ts'

/** Reads the status of every OLT given as JSON in argv[2], `argv[3]` at a time; prints what it cost. */

const olts = JSON.parse(process.argv[2] ?? '[]') as BenchOlt[]
const atOnce = Number(process.argv[3] ?? '1')
const families = loadFamilies(join(root, 'assets', 'olt-families'))

const readOne = async (
  olt: BenchOlt,
): Promise<{ varbinds: number; pdus: number; onus: number; family: string }> => {
  const session = await openSnmpSession({
    host: olt.host,
    port: olt.port,
    version: '2c',
    community: Buffer.from(olt.community),
    timeoutMs: 5000,
    retries: 2,
  })
  try {
    const found = await recognise(session, families)
    if (found.kind !== 'family') throw new Error(`${olt.oltName} was not recognised`)
    const driver = openOlt({ session, family: found.family, pace: createWalkPace({ start: 20 }) })
    const readings = await driver.readOnus('status')
    return {
      varbinds: readings.varbinds,
      pdus: readings.pdus,
      onus: readings.count,
      family: found.family.family,
    }
  } finally {
    session.close()
  }
}

/** By the OLT's name: what it was recognised as. */
const recognisedAs: Record<string, string> = {}
const total = { varbinds: 0, pdus: 0, onus: 0 }
const delay = monitorEventLoopDelay({ resolution: 1 })
const queue = [...olts]
const before = process.cpuUsage()
const started = performance.now()
delay.enable()
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    for (let olt = queue.shift(); olt !== undefined; olt = queue.shift()) {
      const one = await readOne(olt)
      recognisedAs[olt.oltName] = one.family
      total.varbinds += one.varbinds
      total.pdus += one.pdus
      total.onus += one.onus
    }
  }),
)
const cpu = process.cpuUsage(before)
process.stdout.write(
  `${JSON.stringify({
    ...total,
    families: recognisedAs,
    cpuMicros: cpu.user + cpu.system,
    wallMs: Math.round(performance.now() - started),
    loopP99Ms: delay.percentile(99) / 1e6,
  })}\n`,
)

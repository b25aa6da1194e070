import { join } from 'node:path'
import { openOlt, type OltDriver } from '../../src-main/olt/driver.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import type { OnuGroup } from '../../src-main/olt/family/onu-fields.ts'
import { recognise } from '../../src-main/olt/recognise.ts'
import { createWalkPace } from '../../src-main/olt/snmp/pace.ts'
import { openSnmpSession } from '../../src-main/olt/snmp/session.ts'
import { root, type BenchOlt } from './plant.ts'

/**
 * Reads the whole ONU table of every OLT given as JSON in argv[2], twice: the first time to have
 * recognised it and to be as warm as a console is that has read for a minute, the second time to be
 * measured. Prints what each cost.
 */

const olts = JSON.parse(process.argv[2] ?? '[]') as BenchOlt[]
const families = loadFamilies(join(root, 'assets', 'olt-families'))
const groups: readonly OnuGroup[] = ['status', 'optics', 'counters', 'identity']

const open = async (olt: BenchOlt): Promise<{ driver: OltDriver; close: () => void }> => {
  const session = await openSnmpSession({
    host: olt.host,
    port: olt.port,
    version: '2c',
    community: Buffer.from(olt.community),
    timeoutMs: 5000,
    retries: 2,
  })
  const found = await recognise(session, families)
  const family = found.kind === 'family' ? found.family : found.generic
  if (family?.family !== olt.family) {
    throw new Error(`the agent of ${olt.family} was taken for ${family?.family ?? 'nothing'}`)
  }
  const pace = createWalkPace({ start: 20 })
  return { driver: openOlt({ session, family, pace }), close: () => session.close() }
}

const readAll = async (
  driver: OltDriver,
): Promise<{ varbinds: number; pdus: number; onus: number; problems: number }> => {
  const total = { varbinds: 0, pdus: 0, onus: 0, problems: 0 }
  for (const group of groups) {
    const readings = await driver.readOnus(group)
    total.varbinds += readings.varbinds
    total.pdus += readings.pdus
    total.problems += readings.problems.length
    if (group === 'status') total.onus = readings.count
  }
  return total
}

const opened = []
for (const olt of olts) opened.push({ olt, ...(await open(olt)) })
for (const { driver } of opened) await readAll(driver)
const costs = []
for (const { olt, driver, close } of opened) {
  const before = process.cpuUsage()
  const read = await readAll(driver)
  const cpu = process.cpuUsage(before)
  costs.push({ family: olt.family, ...read, cpuMicros: cpu.user + cpu.system })
  close()
}
process.stdout.write(`${JSON.stringify(costs)}\n`)

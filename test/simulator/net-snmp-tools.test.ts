import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'

const run = promisify(execFile)
const missing = spawnSync('snmpbulkwalk', ['-V']).error
const linesOf = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trimEnd())
/** Strings are asked for as octets, since a serial may hold a line break. */
const hex = (oid: string, text: string): string => {
  const octets = [...Buffer.from(text)].map((octet) => octet.toString(16).padStart(2, '0'))
  return `${oid} = Hex-STRING: ${octets.join(' ').toUpperCase()}`
}
const why = missing ? ' (skipped: snmpbulkwalk is not installed)' : ''

describe.skipIf(missing)(`Debian's SNMP tools${why}`, () => {
  const scenario = loadScenario(join(import.meta.dirname, '../../assets/scenarios/demo.yaml'))
  let plant: Plant
  let addresses: readonly PlantAddress[] = []

  beforeAll(async () => {
    plant = createPlant({ scenario, clock: { now: Date.now } })
    addresses = await plant.start()
    for (const { oltName } of addresses) {
      plant.control({ kind: 'delay', olt: oltName, delayMs: 0 })
      plant.control({ kind: 'loss', olt: oltName, percent: 0 })
    }
  })
  afterAll(() => plant.stop())

  const target = (n: number): string => `127.0.0.1:${addresses[n]?.port}`
  const tool = (name: string, ...args: string[]) =>
    run(name, ['-v2c', '-t', '2', '-r', '1', '-Onx', ...args], {
      maxBuffer: 64 * 2 ** 20,
      timeout: 25_000,
    })

  it('time out on a wrong community', async () => {
    await expect(
      tool('snmpget', '-c', 'public', target(0), '1.3.6.1.2.1.1.1.0'),
    ).rejects.toMatchObject({
      stderr: expect.stringContaining('Timeout'),
    })
  })

  it('are refused a write', async () => {
    const set = tool('snmpset', '-c', 'lab-read', target(0), '1.3.6.1.2.1.1.5.0', 's', 'x')
    await expect(set).rejects.toMatchObject({ stderr: expect.stringContaining('notWritable') })
  })

  it.each([0, 1, 2, 3])(
    'walk the whole of OLT %i in increasing order and by GETNEXT alike',
    async (n) => {
      const { stdout, stderr } = await tool(
        'snmpbulkwalk',
        '-c',
        'lab-read',
        '-Cr30',
        target(n),
        '.1',
      )
      // the tool itself stops with "OID not increasing" at the first break of the order
      expect(stderr).toBe('')
      const lines = linesOf(stdout)
      expect(lines.at(-1)).toContain('past the end of the MIB tree')
      expect(lines.length).toBeGreaterThan(9000)
      const column =
        n < 2 ? '1.3.6.1.4.1.2011.6.128.1.1.2.43.1.3' : '1.3.6.1.4.1.3902.1012.3.28.1.1.5'
      const walked = await tool('snmpwalk', '-c', 'lab-read', target(n), column)
      const inTree = lines.filter((line) => line.startsWith(`.${column}.`))
      expect(linesOf(walked.stdout)).toEqual(inTree)
      expect(inTree).toHaveLength(addresses[n]?.onus ?? 0)
    },
  )

  it('read what the agent means', async () => {
    const got = await tool(
      'snmpget',
      '-c',
      'lab-read',
      target(0),
      '1.3.6.1.2.1.1.5.0',
      '1.3.6.1.2.1.99.0',
    )
    expect(got.stdout).toContain(hex('.1.3.6.1.2.1.1.5.0', 'KARANG-01'))
    expect(got.stdout).toContain('No Such Object available')
    const next = await tool('snmpgetnext', '-c', 'lab-read', target(3), '1.3.6.1.2.1.31.1.1.1.1')
    expect(next.stdout).toContain(hex('.1.3.6.1.2.1.31.1.1.1.1.268435456', 'gpon_1/1/1'))
  })
})

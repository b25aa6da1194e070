import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src-main/engine/clock.ts'
import { loadFamilyClis } from '../../src-main/olt/cli/load-cli.ts'
import { createCliEngine } from '../../src-main/olt-cli/cli-engine.ts'
import { createPlant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { createCliBench, oltId, setAccess, taskId, type CliBench } from './support/cli-bench.ts'

const familyId = 'huawei-smartax-gpon'
const clis = loadFamilyClis(join(import.meta.dirname, '../../assets/olt-families'))

const startOlt = async (): Promise<PlantAddress> => {
  const plant = createPlant({
    scenario: checkScenario({
      name: 'cli',
      seed: 5,
      community: 'lab-read',
      timeZoneMinutes: 0,
      olts: [
        {
          name: 'KARANG-01',
          family: 'huawei-smartax',
          model: 'MA5608T',
          port: 0,
          cli: { userName: 'noc', password: 'lab-cli-word', saveMs: 0 },
          pons: [{ at: '0/1/0', onus: 3 }],
        },
      ],
    }),
    clock: systemClock,
  })
  const [address] = await plant.start()
  onTestFinished(() => plant.stop())
  return address!
}

const open = async (): Promise<{ bench: CliBench; address: PlantAddress }> => {
  const address = await startOlt()
  const bench = createCliBench({
    engineClock: systemClock,
    engine: createCliEngine({
      clock: systemClock,
      familyCli: (id) => clis.get(id) ?? null,
      ponPorts: () => [],
    }),
  })
  const olt = bench.olts.get(oltId)!
  bench.olts.set(oltId, { ...olt, host: address.host, snmpPort: address.port, familyId })
  return { bench, address }
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let turn = 0; turn < 400 && !isSo(); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  expect(isSo()).toBe(true)
}

describe('a simulated OLT over SSH', { timeout: 60_000 }, () => {
  it('pins the key, refuses a wrong password twice and not a third time', async () => {
    const { bench, address } = await open()
    const way = { port: address.cli!.sshPort!, userName: 'noc' }
    await setAccess(bench, { ...way, password: 'wrong-word' })
    const tryOnce = async () => (await bench.run('olt-cli.test', { oltId, taskId })).problem?.code
    expect([await tryOnce(), await tryOnce(), await tryOnce()]).toEqual([
      'cli-login-refused',
      'cli-login-refused',
      'cli-logins-paused',
    ])
    expect(bench.access()).toMatchObject({
      failedLogins: 2,
      hostKey: { fingerprint: `SHA256:${address.cli!.hostKeySha256}` },
    })
    await setAccess(bench, { ...way, baseVersion: 1, password: 'lab-cli-word' })
    const result = await bench.run('olt-cli.test', { oltId, taskId })
    expect(result).toMatchObject({ problem: null })
    expect(result.prompt).toContain('KARANG-01')
  })

  it('gives its configuration to whoever reads it, and shares its terminal with nobody', async () => {
    const { bench, address } = await open()
    const way = { port: address.cli!.sshPort!, userName: 'noc', password: 'lab-cli-word' }
    await setAccess(bench, way)
    const { signal } = new AbortController()
    const text = await bench.cli.configs.of(oltId).readConfiguration(signal)
    expect(text).toContain('ont add')
    const { terminalId, prompt } = await bench.run('olt-cli.openTerminal', { oltId, taskId })
    await bench.run('olt-cli.sendLine', { terminalId, line: 'display version' })
    await until(() => bench.outputs().some(({ text: said }) => said.includes('MA5608')))
    // A person must not be shown another view than the one his first line is read in.
    expect([prompt, bench.outputs().at(-1)?.prompt]).toEqual([
      'KARANG-01(config)#',
      'KARANG-01(config)#',
    ])
    await bench.run('olt-cli.closeTerminal', { terminalId })
    const seen = bench.cli.queries['olt-cli.transcript'](
      { transcriptId: terminalId },
      bench.contextOf(),
    ) as { text: string }
    expect(seen.text).toContain('display version')
    expect(JSON.stringify(bench.logged)).toBe('[]')
  })

  it('is refused over Telnet until that is allowed', async () => {
    const { bench, address } = await open()
    const way = {
      transport: 'telnet' as const,
      port: address.cli!.telnetPort!,
      userName: 'noc',
      password: 'lab-cli-word',
    }
    await setAccess(bench, way)
    const first = await bench.run('olt-cli.test', { oltId, taskId })
    expect(first.problem?.code).toBe('cli-telnet-not-allowed')
    await setAccess(bench, { ...way, baseVersion: 1, allowTelnet: true })
    expect((await bench.run('olt-cli.test', { oltId, taskId })).problem).toBeNull()
  })
})

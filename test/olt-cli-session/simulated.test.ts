import { describe, expect, it, onTestFinished } from 'vitest'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createCliDesk } from '../../src-main/olt/cli/cli-desk.ts'
import type { CliDesk } from '../../src-main/olt/cli/cli-session.ts'
import { loadFamilyClis } from '../../src-main/olt/cli/load-cli.ts'
import { openConfigPort } from '../../src-main/olt/cli/open-config-port.ts'
import { openSshTransport } from '../../src-main/olt/cli/ssh-transport.ts'
import { openTelnetTransport } from '../../src-main/olt/cli/telnet-transport.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { never } from './dialects.ts'

const clis = loadFamilyClis(new URL('../../assets/olt-families', import.meta.url).pathname)

const boxes = [
  ['huawei-smartax-gpon', { family: 'huawei-smartax', model: 'MA5608T' }, '0/0/'],
  ['zte-c300-gpon', { family: 'zte-c300', model: 'C300' }, '1/2/'],
  ['zte-c600-gpon', { family: 'zte-c600', model: 'C600' }, '1/2/'],
  ['vsol-v1600g-gpon', { family: 'vsol-v1600g', model: 'V1600G1' }, '0/0/'],
  ['cdata-nscrtv-gpon', { family: 'cdata-gpon', model: 'FD1608S' }, '0/0/'],
  ['bdcom-p33xx-epon', { family: 'bdcom-epon', model: 'P3310C' }, '0/0/'],
] as const

interface Box {
  readonly plant: Plant
  readonly desk: CliDesk
  readonly configuration: () => Promise<string>
}

const open = async (
  [familyId, olt, pons]: readonly [string, Record<string, string>, string],
  kind: 'ssh' | 'telnet',
): Promise<Box> => {
  const cli = clis.get(familyId)
  if (cli === undefined) throw new Error(`no cli.yaml of ${familyId}`)
  const plant = createPlant({
    scenario: checkScenario({
      name: 'cli',
      seed: 5,
      community: 'lab-read',
      timeZoneMinutes: 0,
      olts: [
        {
          ...olt,
          name: 'BOX',
          pons: [1, 2].map((port) => ({ at: `${pons}${port}`, onus: 20 })),
          cli: { userName: 'noc', password: 'lab-cli', saveMs: 0, alarmEvery: 0 },
        },
      ],
    }),
    clock: { now: () => Date.UTC(2026, 10, 23, 5) },
  })
  const [address] = await plant.start()
  if (!address?.cli) throw new Error('no CLI')
  const { cli: way, host } = address
  const credentials = {
    userName: way.userName,
    password: way.password,
    enablePassword: way.enablePassword,
  }
  const same = { host, window: cli.dialect.window, clock: systemClock, connectMs: 10_000 }
  const desk = createCliDesk({
    clock: systemClock,
    dialect: cli.dialect,
    openTransport: (signal) =>
      kind === 'telnet'
        ? openTelnetTransport({ ...same, port: way.telnetPort ?? 0, allowed: true }, signal)
        : openSshTransport(
            {
              ...same,
              port: way.sshPort ?? 0,
              credentials,
              legacy: false,
              pins: { pinned: () => null, pin: () => undefined, offered: () => undefined },
            },
            signal,
          ),
    credentials: () => credentials,
    failures: { count: () => 0, add: () => undefined, reset: () => undefined },
    maxReaders: 2,
    idleMs: 60_000,
  })
  onTestFinished(async () => {
    await desk.close()
    await plant.stop()
  })
  const snmp = { set: () => Promise.reject(new Error('no SNMP here')) }
  const port = openConfigPort({ cli, desk, snmp, ponPorts: () => [] })
  return { plant, desk, configuration: () => port.readConfiguration(never) }
}

const faults = [
  { kind: 'noise', where: 'before' },
  { kind: 'noise', where: 'middle' },
  { kind: 'noise', where: 'after-prompt' },
  { kind: 'pager', lines: 7 },
  { kind: 'pause', ms: 150 },
] as const

describe.each(boxes)(
  'a simulated %s',
  (...box: readonly [string, Record<string, string>, string]) => {
    it('says the same over SSH and over Telnet, and whatever comes in between', async () => {
      const telnet = await open(box, 'telnet')
      const ssh = await open(box, 'ssh')
      const calm = await telnet.configuration()
      expect(calm.split('\n').length).toBeGreaterThan(20)
      expect(await ssh.configuration()).toBe(calm)
      for (const act of faults) {
        telnet.plant.control({ kind: 'cli-fault', olt: 'BOX', act, times: 3 })
        expect([act, await telnet.configuration()]).toEqual([act, calm])
        telnet.plant.control({ kind: 'cli-calm', olt: 'BOX' })
      }
    })

    it('that cuts its answer off is a lost session; the next one reads on', async () => {
      const { plant, desk, configuration } = await open(box, 'telnet')
      const calm = await configuration()
      const act = { kind: 'drop', when: 'mid-answer' } as const
      plant.control({ kind: 'cli-fault', olt: 'BOX', act })
      await expect(configuration()).rejects.toMatchObject({ code: 'cli-session-lost' })
      expect(await configuration()).toBe(calm)
      expect(desk.state().peak).toEqual({ writers: 0, readers: 1 })
    })
  },
)

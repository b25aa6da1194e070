import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import {
  commands,
  type CallInput,
  type CommandName,
  type Output,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { snmpSet } from '../simulator-cli/support/snmp-set.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The alarms look every 15 s: here thirty times as often. */
const hurried: typeof systemClock = {
  ...systemClock,
  after: (ms, run) => systemClock.after(ms === 15_000 ? 500 : ms, run),
}

const familyFolder = join(import.meta.dirname, '../../assets/olt-families')
/** HUAWEI-XPON-MIB 2.43.1.9, and the ifIndex of PON port 0/1/0 (facts/olt.md 1.2, 1.3). */
const huaweiDescriptions = '1.3.6.1.4.1.2011.6.128.1.1.2.43.1.9'
const gpon010 = 4_194_312_192
const newId = createUuidV7Source({ now: Date.now, randomBytes })

it(
  'the CLI of a simulated OLT is entered by itself, and its configuration can be read and kept',
  { timeout: 90_000 },
  async () => {
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
            cli: { userName: 'noc', password: 'lab-cli-word', saveMs: 0 },
            writeCommunity: 'lab-write',
            pons: [{ at: '0/1/0', onus: 3 }],
          },
        ],
      }),
      clock: systemClock,
    })
    const [address] = await plant.start()
    const { host, port, community, cli } = address!
    const engine = createEngine({
      workspaceDir: join(temporaryFolder(), 'workspace'),
      mode: 'simulated',
      clock: hurried,
      random: () => 0.5,
      newId,
      log: silentLog,
      host: { name: 'terminal', version: '0', appVersion: '0' },
      keychain: memoryKeychain(),
      families: loadFamilies(familyFolder),
      familyFolders: [familyFolder],
      simulatedOlts: [
        {
          name: 'KARANG-01',
          host,
          port,
          community,
          cli: {
            transport: 'ssh',
            port: cli!.sshPort!,
            userName: 'noc',
            password: 'lab-cli-word',
            enablePassword: null,
            writeCommunity: null,
          },
        },
      ],
      send: () => {},
      switchTo: () => {},
    })
    onTestFinished(async () => {
      await engine.stop()
      await plant.stop()
    })
    await engine.start()
    engine.addClient(1)
    const ask = async <Name extends CommandName | QueryName>(
      channel: Name,
      input: CallInput<Name>,
    ): Promise<Output<Name>> => {
      const wrapped = Object.hasOwn(commands, channel) ? { commandId: newId(), input } : input
      const reply = await engine.call({ clientId: 1, channel, input: wrapped })
      if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}`)
      return reply.value as Output<Name>
    }

    const overview = () => ask('olt-backups.overview', {})
    for (let turn = 0; turn < 600; turn++) {
      if ((await overview()).olts[0]?.obstacle === null) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    const [olt] = (await overview()).olts
    expect(olt).toMatchObject({ oltName: 'KARANG-01', obstacle: null, versions: 0 })
    const { oltId } = olt!
    const { access } = await ask('olt-cli.access', { oltId })
    expect(access).toMatchObject({ configured: true, hasPassword: true, transport: 'ssh' })
    const made = await ask('olt-backups.make', { oltId, taskId: newId() })
    const { text, version } = await ask('olt-backups.text', { versionId: made.versionId })
    expect(text).toContain('ont add')
    expect(version.lines).toBeGreaterThan(10)
    expect(await ask('olt-backups.make', { oltId, taskId: newId() })).toEqual({
      versionId: made.versionId,
      changed: false,
    })
    // What must be confirmed is refused where nobody can be asked outside the page.
    const where = { oltId, taskId: newId() }
    const asking = {
      'olt-backups.exportUnmasked': { versionId: made.versionId },
      'olt-backups.exportByOlt': { ...where, by: 'tftp', host: '127.0.0.1', file: 'a.cfg' },
      'olt-cli.openTerminal': { ...where, write: true },
    }
    for (const [channel, input] of Object.entries(asking)) {
      const wrapped = { commandId: newId(), input }
      const refused = await engine.call({ clientId: 1, channel, input: wrapped })
      expect(refused).toMatchObject({ ok: false, error: { code: 'confirmation-unavailable' } })
    }

    // Somebody else changes something: an alarm, until it is accepted.
    const description = `${huaweiDescriptions}.${gpon010}.0`
    const set = { type: 'text', value: 'not by us' } as const
    expect(snmpSet(plant, 'KARANG-01', 'lab-write', description, set)).toBe(0)
    const { versionId } = await ask('olt-backups.make', { oltId, taskId: newId() })
    const alarm = async () =>
      (await ask('alarms.list', { filter: { list: 'open' } })).alarms.find(
        ({ type }) => type === 'olt-config-changed-outside',
      )
    const until = async (isSo: (found: Awaited<ReturnType<typeof alarm>>) => boolean) => {
      for (let turn = 0; turn < 600 && !isSo(await alarm()); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    await until((found) => found !== undefined)
    expect(await alarm()).toMatchObject({ oltName: 'KARANG-01', clearedAt: null })
    await ask('olt-backups.accept', { versionId, note: 'seen' })
    await until((found) => found?.clearedAt !== null)
    const over = await alarm()
    expect(over === undefined || over.clearedAt !== null).toBe(true)
  },
)

import { onTestFinished } from 'vitest'
import type { PonAddress } from '../../src-shared/domain/onu-address.ts'
import { createCliDesk } from '../../src-main/olt/cli/cli-desk.ts'
import type { OltConfigPort } from '../../src-main/olt/cli/config-port.ts'
import { openConfigPort } from '../../src-main/olt/cli/open-config-port.ts'
import { openTelnetTransport } from '../../src-main/olt/cli/telnet-transport.ts'
import { createSnmpWriter } from '../../src-main/olt/snmp/snmp-writer.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { familyClis } from './family-clis.ts'
import { systemClock } from '../../src-main/engine/clock.ts'

export interface SimulatedOlt {
  readonly port: OltConfigPort
  readonly plant: Plant
  readonly found: () => readonly string[]
}

/** A config port of the family on a simulated OLT, over Telnet and SNMP on loopback. */
export const simulatedOlt = async (
  familyId: string,
  olt: Record<string, unknown>,
  pons: readonly PonAddress[] = [],
): Promise<SimulatedOlt> => {
  const cli = familyClis.get(familyId)
  if (cli === undefined) throw new Error(`no cli.yaml of ${familyId}`)
  const clock = { now: () => Date.now() }
  const plant = createPlant({
    scenario: checkScenario({
      name: 'cli',
      seed: 77,
      community: 'lab-read',
      timeZoneMinutes: 0,
      olts: [
        {
          population: {
            offlineShare: 0,
            disabledShare: 0,
            flappingShare: 0,
            dailyOutageShare: 0,
            weakShare: 0,
          },
          writeCommunity: 'lab-write',
          ...olt,
          cli: {
            userName: 'noc',
            password: 'lab-cli',
            saveMs: 0,
            alarmEvery: 3,
            ...(typeof olt['cli'] === 'object' ? olt['cli'] : {}),
          },
        },
      ],
    }),
    clock,
  })
  const [address] = await plant.start()
  if (!address?.cli) throw new Error('no CLI')
  const { cli: way, host, port: snmpPort } = address
  const desk = createCliDesk({
    clock: systemClock,
    dialect: { ...cli.dialect },
    openTransport: (signal) =>
      openTelnetTransport(
        {
          host,
          port: way.telnetPort ?? 0,
          allowed: true,
          window: cli.dialect.window,
          clock: systemClock,
          connectMs: 5_000,
        },
        signal,
      ),
    credentials: () => ({
      userName: way.userName,
      password: way.password,
      enablePassword: way.enablePassword,
    }),
    failures: { count: () => 0, add: () => undefined, reset: () => undefined },
    maxReaders: 2,
    idleMs: 60_000,
  })
  onTestFinished(async () => {
    await desk.close()
    await plant.stop()
  })
  const snmp = createSnmpWriter(() => ({
    host,
    port: snmpPort,
    version: '2c',
    community: Buffer.from('lab-write'),
    timeoutMs: 3_000,
  }))
  return {
    plant,
    port: openConfigPort({ cli, desk, snmp, ponPorts: () => pons }),
    found: () =>
      plant.truth(address.oltName).unconfigured.map(({ pon, serial }) => `${pon} ${serial}`),
  }
}

import { onTestFinished } from 'vitest'
import type { CliAddress } from '../../../src-main/simulator/cli/start-cli.ts'
import type { PlantControl } from '../../../src-main/simulator/control-schema.ts'
import { createPlant, type Plant } from '../../../src-main/simulator/plant.ts'
import type { OnuTruth } from '../../../src-main/simulator/plant-truth.ts'
import { checkScenario } from '../../../src-main/simulator/scenario-load.ts'
import { byTelnet, type CliPerson } from './cli-person.ts'

export const startMs = Date.UTC(2026, 10, 22, 3, 0, 0)

export interface CliPlant {
  readonly plant: Plant
  readonly clock: { now: () => number; ms: number }
  readonly cli: CliAddress
  readonly onu: (name: string) => OnuTruth | undefined
  readonly control: (message: PlantControl) => void
  readonly found: () => readonly string[]
}

const calm = {
  offlineShare: 0,
  disabledShare: 0,
  flappingShare: 0,
  dailyOutageShare: 0,
  weakShare: 0,
}

/** One OLT with a few steady ONUs, its CLI on free ports, and a clock that stands still. */
export const cliPlant = async (
  olt: Record<string, unknown>,
  cli: Record<string, unknown> = {},
  schedule?: (run: () => void, delayMs: number) => () => void,
): Promise<CliPlant> => {
  const clock = { ms: startMs, now: () => clock.ms }
  const plant = createPlant({
    scenario: checkScenario({
      name: 'cli',
      seed: 77,
      community: 'lab-read',
      timeZoneMinutes: 0,
      olts: [
        {
          population: calm,
          writeCommunity: 'lab-write',
          ...olt,
          cli: { userName: 'noc', password: 'lab-cli', saveMs: 0, ...cli },
        },
      ],
    }),
    clock,
    ...(schedule === undefined ? {} : { schedule }),
  })
  const [address] = await plant.start()
  onTestFinished(() => plant.stop())
  if (!address?.cli) throw new Error('no CLI')
  return {
    plant,
    clock,
    cli: address.cli,
    onu: (name) => plant.truth(address.oltName).onus.find((one) => one.onu === name),
    control: (message) => plant.control(message),
    found: () =>
      plant.truth(address.oltName).unconfigured.map(({ pon, serial }) => `${pon} ${serial}`),
  }
}

export const huaweiOlt = {
  name: 'HW',
  family: 'huawei-smartax',
  model: 'MA5608T',
  pons: [
    { at: '0/0/0', onus: 5 },
    { at: '0/0/1', onus: 3 },
    { at: '0/1/0', onus: 0 },
  ],
}

export const zteOlt = {
  name: 'ZT',
  family: 'zte-c300',
  model: 'C300',
  pons: [
    { at: '1/2/1', onus: 5 },
    { at: '1/2/2', onus: 3 },
  ],
}

export const zteC600Olt = { ...zteOlt, name: 'ZX', family: 'zte-c600', model: 'C600' }

const box = (family: string, model: string) => ({
  name: 'BOX',
  family,
  model,
  pons: [
    { at: '0/0/1', onus: 3 },
    { at: '0/0/2', onus: 30 },
  ],
})
export const vsolOlt = box('vsol-v1600g', 'V1600G1')
export const cdataOlt = box('cdata-gpon', 'FD1608S')
export const bdcomOlt = box('bdcom-epon', 'P3310C')

/** Telnet, logged in, at the first prompt. */
export const telnetIn = async (cli: CliAddress): Promise<CliPerson> => {
  const person = byTelnet(cli.telnetPort ?? 0)
  onTestFinished(() => person.leave())
  await person.until(/(?:name|Login): ?$/i)
  await person.say(cli.userName, /assword: ?$/)
  await person.say(cli.password, /[>#] ?$/)
  return person
}

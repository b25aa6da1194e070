import { checkScenario } from '../../../src-main/simulator/scenario-load.ts'
import { createPlant, type Plant } from '../../../src-main/simulator/plant.ts'
import type { SnmpSession } from '../../../src-main/olt/snmp/session.ts'
import { openMemorySession } from './memory-session.ts'

const plantNow = Date.UTC(2026, 10, 22, 11, 0, 0)
export const plantUtcOffsetMinutes = 420

const pons = (shelf: number, slot: number, first: number) =>
  [37, 24, 0, 12].map((onus, port) => ({ at: `${shelf}/${slot}/${first + port}`, onus }))

const population = { offlineShare: 0.1, disabledShare: 0.05, flappingShare: 0, weakShare: 0.1 }

/** One OLT of each family, of about 70 ONUs, with the quirks that a test asks for. */
export const createSmallPlant = (quirks: Readonly<Record<string, unknown>> = {}): Plant =>
  createPlant({
    clock: { now: () => plantNow },
    scenario: checkScenario({
      name: 'small',
      seed: 7,
      community: 'public',
      timeZoneMinutes: plantUtcOffsetMinutes,
      olts: [
        {
          name: 'huawei',
          family: 'huawei-smartax',
          model: 'MA5608T',
          quirks,
          population,
          pons: pons(0, 1, 0),
          faults: [{ kind: 'fibre-cut', pon: '0/1/3' }],
          unconfigured: [{ pon: '0/1/2', count: 2 }],
        },
        {
          name: 'zte',
          family: 'zte-c300',
          model: 'C320',
          quirks,
          population,
          pons: pons(1, 1, 1),
          faults: [{ kind: 'power-loss', pon: '1/1/4' }],
          unconfigured: [{ pon: '1/1/3', count: 2 }],
        },
      ],
    }),
  })

/** A session with an OLT of the plant without a socket. */
export const openPlantSession = (plant: Plant, oltName: string): Promise<SnmpSession> =>
  openMemorySession({
    requests: [],
    answer: (datagram) => {
      const answer = plant.answer(oltName, datagram)
      return answer === undefined ? [] : [Buffer.from(answer)]
    },
  })

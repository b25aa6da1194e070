import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import {
  type Binding,
  decodeReply,
  encodeRequest,
  type Reply,
  type Request,
} from './snmp-datagrams.ts'

/** A fixed Sunday, 17:00 UTC, which is midnight at the plant. */
export const plantStartMs = Date.UTC(2026, 10, 22, 17)

export interface ManualClock {
  now(): number
  advance(ms: number): void
}

export const manualClock = (startMs = plantStartMs): ManualClock => {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms
    },
  }
}

/** A two-OLT plant, small enough to walk whole. Extra keys go to both OLTs. */
export const smallScenario = (extra: Record<string, unknown> = {}): unknown => ({
  name: 'small',
  seed: 5,
  community: 'lab-read',
  olts: [
    {
      name: 'HW',
      family: 'huawei-smartax',
      model: 'MA5608T',
      pons: [
        { at: '0/0/0', onus: 6 },
        { at: '0/1/3', onus: 5 },
      ],
      unconfigured: [{ pon: '0/1/3', count: 2 }],
      population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
      ...extra,
    },
    {
      name: 'ZT',
      family: 'zte-c300',
      model: 'C320',
      pons: [
        { at: '1/1/1', onus: 6 },
        { at: '1/2/2', onus: 5 },
      ],
      unconfigured: [{ pon: '1/1/1', count: 1 }],
      population: { offlineShare: 0, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
      ...extra,
    },
  ],
})

export const smallPlant = (
  clock: { now(): number },
  extra: Record<string, unknown> = {},
  seed?: number,
): Plant =>
  createPlant({
    scenario: checkScenario(smallScenario(extra)),
    clock,
    ...(seed === undefined ? {} : { seed }),
  })

export const ask = (plant: Plant, olt: string, request: Request): Reply => {
  const answer = plant.answer(olt, encodeRequest(request))
  if (!answer) throw new Error(`${olt} does not answer`)
  return decodeReply(answer)
}

export const get = (plant: Plant, olt: string, oid: string): Binding => {
  const [binding] = ask(plant, olt, { kind: 'get', oids: [oid] }).bindings
  if (!binding) throw new Error('an answer without a binding')
  return binding
}

const endOfMibView = 0x82

/** Everything from an OID on, within its subtree, by GETNEXT (repetitions 0) or GETBULK. */
export const walk = (plant: Plant, olt: string, root: string, repetitions = 0): Binding[] => {
  const rows: Binding[] = []
  for (let at = root; ;) {
    const reply = ask(
      plant,
      olt,
      repetitions === 0
        ? { kind: 'getNext', oids: [at] }
        : { kind: 'getBulk', oids: [at], maxRepetitions: repetitions },
    )
    if (reply.bindings.length === 0) throw new Error('an empty answer would loop')
    for (const binding of reply.bindings) {
      if (binding.tag === endOfMibView || !binding.oid.startsWith(`${root}.`)) return rows
      rows.push(binding)
      at = binding.oid
    }
  }
}

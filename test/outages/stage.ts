import type { Verdict } from '../../src-shared/domain/outage-verdicts.ts'
import type { PlantControl } from '../../src-main/simulator/control-schema.ts'
import type { OnuTruth } from '../../src-main/simulator/plant-truth.ts'
import { createLab, type FoundOutage, type Lab, type LabOptions } from './lab.ts'
import { boxesOf } from './lab-plant.ts'

/**
 * A labelled fault. What is expected is said by whoever plays the cause, from the plant's own truth,
 * before anything was concluded.
 */
export interface VerdictScenario {
  readonly name: string
  readonly olts: LabOptions['olts']
  readonly statusS: number
  readonly opticsS?: number
  readonly knowsPlant: boolean
  readonly maintenanceOf?: LabOptions['maintenanceOf']
  readonly play: (stage: Stage) => Promise<void>
}

export interface Expected {
  readonly verdict: Verdict
  /** `OLT 0/1/2:5`. */
  readonly members: ReadonlySet<string>
  /** Some were back before anybody could look: as many as are found must be of these. */
  readonly some: boolean
}

export interface Stage {
  readonly lab: Lab
  readonly statusS: number
  /** [0, 1), by the scenario's seed. */
  readonly random: () => number
  /** ONUs that work now. */
  readonly working: (olt: string, which?: (onu: OnuTruth) => boolean) => readonly string[]
  readonly onPon: (olt: string, pon: string) => readonly string[]
  /** Working ONUs by box along the streets, full boxes first to last. */
  readonly boxes: (olt: string, pon: string) => readonly (readonly string[])[]
  /** All working ONUs of all OLTs on these streets. */
  readonly onStreets: (streets: readonly string[]) => readonly string[]
  /** Streets of a PON that still have working ONUs. */
  readonly streets: (olt: string, pon: string) => readonly string[]
  readonly expect: (verdict: Verdict, members: readonly string[], some?: 'some') => void
  readonly control: (message: PlantControl) => void
  /** The same for ONUs of any OLT. */
  readonly each: (
    onus: readonly string[],
    act: (olt: string, onus: string[]) => PlantControl,
  ) => void
  readonly wait: (seconds: number) => Promise<void>
  /** Everything was read; then some seconds on, so that faults fall anywhere between two walks. */
  readonly ready: () => Promise<void>
  /** Until the walks have shown it and looked again. */
  readonly watch: () => Promise<void>
}

export interface Outcome {
  readonly scenario: string
  readonly seed: number
  readonly expected: readonly Expected[]
  readonly found: readonly FoundOutage[]
  readonly results: readonly Result[]
  /** Rows that nothing stands behind. */
  readonly falseGroups: readonly FoundOutage[]
  readonly notices: Lab['notices']
}

export interface Result {
  readonly expected: Expected
  readonly found: FoundOutage | null
  readonly right: boolean
  readonly whatWasWrong: string | null
  /** Moments at which another verdict was given with confidence "high". */
  readonly wrongWithHigh: number
  /** From the walk that showed it to the verdict that is right and stands; NaN: none. */
  readonly seconds: number
}

/** Share of ONUs that a row must have in common with those that the cause took. */
const sameMembers = 0.85

const streetIn = (address: string): string =>
  address.replace(/^.*, /u, '').replace(/ No\.\d+$/u, '')

export const playScenario = async (scenario: VerdictScenario, seed: number): Promise<Outcome> => {
  const lab = await createLab({
    olts: scenario.olts,
    seed,
    statusS: scenario.statusS,
    knowsPlant: scenario.knowsPlant,
    ...(scenario.opticsS === undefined ? {} : { opticsS: scenario.opticsS }),
    ...(scenario.maintenanceOf === undefined ? {} : { maintenanceOf: scenario.maintenanceOf }),
  })
  try {
    const expected: Expected[] = []
    await scenario.play(stageOf(scenario, seed, lab, expected))
    return judgeRun(scenario.name, seed, lab, expected)
  } finally {
    await lab.stop()
  }
}

const stageOf = (
  scenario: VerdictScenario,
  seed: number,
  lab: Lab,
  expected: Expected[],
): Stage => {
  const { plant } = lab
  let state = (seed * 2_654_435_761) >>> 0
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const names = scenario.olts.map(({ name }) => name)
  const working: Stage['working'] = (olt, which = () => true) =>
    plant
      .truth(olt)
      .onus.filter((onu) => onu.phase === 'working' && which(onu))
      .map(({ onu }) => `${olt} ${onu}`)
  return {
    lab,
    statusS: scenario.statusS,
    random,
    working,
    onPon: (olt, pon) => working(olt, ({ onu }) => onu.startsWith(`${pon}:`)),
    boxes: (olt, pon) => {
      const up = new Set(working(olt))
      return boxesOf(plant, olt, pon).map((box) =>
        box.map((onu) => `${olt} ${onu}`).filter((onu) => up.has(onu)),
      )
    },
    onStreets: (streets) =>
      names.flatMap((olt) => working(olt, ({ address }) => streets.includes(streetIn(address)))),
    streets: (olt, pon) => [
      ...new Set(
        plant
          .truth(olt)
          .onus.filter(({ onu, phase }) => phase === 'working' && onu.startsWith(`${pon}:`))
          .map(({ address }) => streetIn(address)),
      ),
    ],
    expect: (verdict, members, some) =>
      void expected.push({ verdict, members: new Set(members), some: some === 'some' }),
    control: lab.control,
    each: (onus, act) => {
      for (const olt of names) {
        const mine = onus.filter((onu) => onu.startsWith(`${olt} `))
        if (mine.length > 0)
          lab.control(
            act(
              olt,
              mine.map((onu) => onu.slice(olt.length + 1)),
            ),
          )
      }
    },
    wait: lab.run,
    ready: async () => {
      lab.begin()
      await lab.run(Math.max(150, scenario.statusS * 1.2))
      await lab.run(Math.floor(random() * scenario.statusS))
    },
    watch: () => lab.run(scenario.statusS * 2 + 90),
  }
}

const judgeRun = (
  scenario: string,
  seed: number,
  lab: Lab,
  expected: readonly Expected[],
): Outcome => {
  const found = lab.found()
  const left = new Set(found)
  const results = expected.map((one): Result => {
    const best = [...left].sort((a, b) => likeness(b, one) - likeness(a, one))[0]
    if (best === undefined || likeness(best, one) === 0) {
      return {
        expected: one,
        found: null,
        right: false,
        whatWasWrong: 'not found',
        wrongWithHigh: 0,
        seconds: Number.NaN,
      }
    }
    left.delete(best)
    const { outage, timeline } = best.outage
    const given = timeline.filter(({ kind }) => kind === 'verdict')
    const isRight = outage.verdict === one.verdict
    const hasMembers = likeness(best, one) >= sameMembers
    // The last time that it was not the right one; after that it stands.
    const from = given.findLastIndex(({ params }) => params['verdict'] !== one.verdict) + 1
    const at = given[from]?.at ?? Number.NaN
    return {
      expected: one,
      found: best,
      right: isRight && hasMembers,
      whatWasWrong: isRight
        ? hasMembers
          ? null
          : `members: ${best.members.size} for ${one.members.size}, alike ${likeness(best, one).toFixed(2)}`
        : `${outage.verdict} (${outage.confidence})`,
      wrongWithHigh: given.filter(
        ({ params }) => params['confidence'] === 'high' && params['verdict'] !== one.verdict,
      ).length,
      seconds: (at - outage.openedAt) / 1000,
    }
  })
  return {
    scenario,
    seed,
    expected,
    found,
    results,
    falseGroups: [...left],
    notices: lab.notices,
  }
}

/** Shared ONUs over all ONUs of both. */
const likeness = ({ members }: FoundOutage, expected: Expected): number => {
  const shared = [...members].filter((onu) => expected.members.has(onu)).length
  const all = expected.some ? members.size : members.size + expected.members.size - shared
  return shared / Math.max(1, all)
}

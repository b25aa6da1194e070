import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { familyTraits } from './population/family-traits.ts'
import { type OltScenario, type Scenario, scenarioSchema } from './scenario-schema.ts'

/** A scenario that cannot be played; the message names the file, the place and the reason. */
export class ScenarioError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ScenarioError'
  }
}

/** Reads a YAML or JSON scenario. Throws ScenarioError. */
export const loadScenario = (path: string): Scenario => {
  let data: unknown
  try {
    data = parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ScenarioError(`${path}: ${reason}`, { cause: error })
  }
  return checkScenario(data, path)
}

/** Checks what the schema says and what only the whole can: names, slots, references. */
export const checkScenario = (data: unknown, source = 'scenario'): Scenario => {
  const parsed = scenarioSchema.safeParse(data)
  if (!parsed.success) throw new ScenarioError(`${source}: ${z.prettifyError(parsed.error)}`)
  const scenario = parsed.data
  const olts = expandOlts(scenario)
  if (olts.length === 0) throw new ScenarioError(`${source}: a plant needs at least one OLT`)
  const names = new Set<string>()
  for (const olt of olts) {
    if (names.has(olt.name)) throw new ScenarioError(`${source}: two OLTs are named ${olt.name}`)
    names.add(olt.name)
    for (const problem of oltProblems(olt)) {
      throw new ScenarioError(`${source}: ${olt.name}: ${problem}`)
    }
  }
  for (const { original, copy } of scenario.duplicateSerials) {
    for (const { olt } of [original, copy]) {
      if (!names.has(olt))
        throw new ScenarioError(`${source}: duplicate serial of unknown OLT ${olt}`)
    }
  }
  return scenario
}

/** The OLTs of a scenario with its fleets written out. */
export const expandOlts = (scenario: Scenario): readonly OltScenario[] => [
  ...scenario.olts,
  ...scenario.fleets.flatMap((fleet) => {
    const { count, slot, ponPorts, onusPerPon, split, ...rest } = fleet
    const { shelf, firstPort } = familyTraits[rest.family]
    return Array.from({ length: count }, (_, n): OltScenario => ({
      ...rest,
      name: rest.name.replace('{n}', String(n + 1).padStart(2, '0')),
      port: 0,
      pons: Array.from({ length: ponPorts }, (_, p) => ({
        at: `${shelf}/${slot}/${p + firstPort}`,
        onus: onusPerPon,
        split,
        feederM: 900 + 240 * p,
      })),
      faults: [],
      unconfigured: [],
    }))
  }),
]

const oltProblems = (olt: OltScenario): readonly string[] => {
  const traits = familyTraits[olt.family]
  const slots = traits.chassis[olt.model]
  if (slots === undefined) return [`${olt.model} is no ${olt.family}`]
  const problems: string[] = []
  const ports = new Set<string>()
  for (const { at, onus } of olt.pons) {
    const [shelf = 0, slot = 0, port = 0] = at.split('/').map(Number)
    if (ports.has(at)) problems.push(`PON ${at} is named twice`)
    ports.add(at)
    if (shelf !== traits.shelf || port < traits.firstPort || port > traits.lastPort) {
      problems.push(`PON ${at} does not exist on a ${olt.model}`)
    }
    if (slot > slots.last || slot < slots.first) {
      problems.push(`a ${olt.model} has no line card in slot ${slot}`)
    }
    if (onus > traits.onusPerPon) problems.push(`PON ${at} holds ${traits.onusPerPon} ONUs`)
  }
  for (const { pon } of [...olt.faults, ...olt.unconfigured]) {
    if (!ports.has(pon)) problems.push(`a fault or new ONU names PON ${pon}, which has no entry`)
  }
  return problems
}

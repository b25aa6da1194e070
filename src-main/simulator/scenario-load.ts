import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
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
    const shelf = rest.family === 'zte-c300' ? 1 : 0
    const first = rest.family === 'zte-c300' ? 1 : 0
    return Array.from({ length: count }, (_, n): OltScenario => ({
      ...rest,
      name: rest.name.replace('{n}', String(n + 1).padStart(2, '0')),
      port: 0,
      pons: Array.from({ length: ponPorts }, (_, p) => ({
        at: `${shelf}/${slot}/${p + first}`,
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
  const zte = olt.family === 'zte-c300'
  const problems: string[] = []
  if (zte !== olt.model.startsWith('C3')) problems.push(`${olt.model} is no ${olt.family}`)
  const ports = new Set<string>()
  for (const { at } of olt.pons) {
    const [shelf = 0, slot = 0, port = 0] = at.split('/').map(Number)
    if (ports.has(at)) problems.push(`PON ${at} is named twice`)
    ports.add(at)
    if (zte ? shelf !== 1 || port < 1 || port > 16 : shelf !== 0 || port > 15) {
      problems.push(`PON ${at} does not exist on a ${olt.model}`)
    }
    if (slot > maxSlot[olt.model] || slot < minSlot[olt.model]) {
      problems.push(`a ${olt.model} has no line card in slot ${slot}`)
    }
  }
  for (const { pon } of [...olt.faults, ...olt.unconfigured]) {
    if (!ports.has(pon)) problems.push(`a fault or new ONU names PON ${pon}, which has no entry`)
  }
  return problems
}

const minSlot = { MA5608T: 0, MA5683T: 0, 'MA5800-X7': 1, C300: 2, C320: 1 } as const
const maxSlot = { MA5608T: 1, MA5683T: 5, 'MA5800-X7': 7, C300: 9, C320: 2 } as const

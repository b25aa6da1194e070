import { type CheckedControl, controlSchema, type PlantControl } from './control-schema.ts'
import { type CliAddress, type CliServers, startCli } from './cli/start-cli.ts'
import { copySerial, carryOut } from './plant-control.ts'
import { outsidePlant, type OutsidePlant } from './outside/outside-plant.ts'
import { plantPast, type PlantPast } from './plant-past.ts'
import { oltTruth, type OltTruth } from './plant-truth.ts'
import { populate } from './population/populate.ts'
import { expandOlts, ScenarioError } from './scenario-load.ts'
import type { OltScenario, Scenario } from './scenario-schema.ts'
import { createSimulatedOlt, type SimulatedOlt } from './simulated-olt.ts'
import type { V3User } from './snmp/v3-user.ts'
import { type AgentSocket, startAgentSocket, type TrapTarget } from './snmp/agent-socket.ts'
import { createTrapWatch } from './trap-watch.ts'

export interface PlantAddress {
  readonly oltName: string
  readonly family: OltScenario['family']
  readonly host: string
  readonly port: number
  readonly community: string
  /** Null: it takes no SNMP SET. */
  readonly writeCommunity: string | null
  /** Its user of SNMP version 3, where it has one. */
  readonly v3: V3User | null
  /** Its CLI, where it has one. */
  readonly cli: CliAddress | null
  /** Configured ONUs at the start. */
  readonly onus: number
}

export interface PlantOptions {
  readonly scenario: Scenario
  /** Instead of the scenario's own. */
  readonly seed?: number
  /** Epoch ms; the moment of createPlant is the start of the plant. */
  readonly clock: { readonly now: () => number }
  readonly bindHost?: string
  /** Where its OLTs send traps when ONUs come and go; without it they send none. */
  readonly trapTarget?: TrapTarget
  /** For delayed answers and for traps; setTimeout by default. */
  readonly schedule?: (run: () => void, delayMs: number) => () => void
}

export interface Plant {
  /** Binds every OLT to its port. Rejects, with nothing left open, when one cannot be had. */
  start(): Promise<readonly PlantAddress[]>
  /** Does something to the plant now. Throws on a wrong message or an unknown name. */
  control(message: PlantControl): void
  truth(oltName: string): OltTruth
  /** What would have been read at these moments before now. */
  past(oltName: string, times: readonly number[]): PlantPast
  /** What lies between an OLT's ports and its ONUs, and where. */
  outside(oltName: string): OutsidePlant
  /** The answer an OLT would give to a datagram, without a socket and its faults. */
  answer(oltName: string, datagram: Uint8Array): Uint8Array | undefined
  stop(): Promise<void>
}

/** How often OLTs with a target for traps look at what has changed, ms. */
const trapEveryMs = 1_000

const dayMs = 86_400_000

const timer = (run: () => void, delayMs: number): (() => void) => {
  const handle = setTimeout(run, delayMs)
  return () => clearTimeout(handle)
}

/** Builds a plant in memory. The same scenario, seed and clock give the same octets. */
export const createPlant = (options: PlantOptions): Plant => {
  const { scenario, clock } = options
  const seed = options.seed ?? scenario.seed
  const host = options.bindHost ?? '127.0.0.1'
  const startMs = clock.now()
  const olts = new Map<string, SimulatedOlt>()
  for (const [n, olt] of expandOlts(scenario).entries()) {
    const fresh = populate(scenario, olt, n, seed, startMs)
    const model = { ...fresh, startMs: startMs - scenario.pastDays * dayMs }
    olts.set(olt.name, createSimulatedOlt(model, olt.community ?? scenario.community))
  }
  const find = (name: string): SimulatedOlt => {
    const olt = olts.get(name)
    if (!olt) throw new RangeError(`the plant has no OLT ${name}`)
    return olt
  }
  for (const { original, copy } of scenario.duplicateSerials) {
    try {
      copySerial(find(original.olt).model, original.onu, find(copy.olt).model, copy.onu)
    } catch (error) {
      throw new ScenarioError(`duplicate serial: ${error instanceof Error ? error.message : ''}`)
    }
  }
  const sockets: AgentSocket[] = []
  const clis: CliServers[] = []
  const schedule = options.schedule ?? timer
  let stopTraps = (): void => undefined
  const sendTraps = (target: TrapTarget): void => {
    const senders = [...olts.values()].map((olt, number) => ({
      socket: sockets[number],
      watch: createTrapWatch(olt),
    }))
    const look = (): void => {
      for (const { socket, watch } of senders) {
        for (const trap of watch(clock.now())) socket?.tell(trap, target)
      }
      stopTraps = schedule(look, trapEveryMs)
    }
    look()
  }
  const stop = async (): Promise<void> => {
    stopTraps()
    const ends = [...sockets.splice(0), ...clis.splice(0)]
    await Promise.all(ends.map((one) => one.stop()))
  }

  return {
    start: async () => {
      const addresses: PlantAddress[] = []
      try {
        for (const [name, { model, agent, responder, faults, cli: state }] of olts) {
          const socket = await startAgentSocket({
            agent: responder,
            faults,
            seed: model.seed,
            host,
            port: model.scenario.port,
            nowMs: clock.now,
            schedule,
          })
          sockets.push(socket)
          const { cli: cliScenario } = model.scenario
          const cli =
            cliScenario === undefined
              ? null
              : await startCli({
                  model,
                  scenario: cliScenario,
                  state,
                  host,
                  now: clock.now,
                  schedule,
                  reboot: () => carryOut({ kind: 'reboot-olt', olt: name }, find, clock.now()),
                })
          if (cli !== null) clis.push(cli)
          addresses.push({
            oltName: name,
            family: model.scenario.family,
            host,
            port: socket.port,
            community: agent.settings.community,
            writeCommunity: agent.settings.writeCommunity ?? null,
            v3: model.scenario.v3 ?? null,
            cli: cli?.address ?? null,
            onus: model.onus.count,
          })
        }
      } catch (error) {
        await stop()
        throw error
      }
      if (options.trapTarget !== undefined) sendTraps(options.trapTarget)
      return addresses
    },
    control: (message) => {
      const checked: CheckedControl = controlSchema.parse(message)
      carryOut(checked, find, clock.now())
    },
    truth: (oltName) => {
      const { model, cli } = find(oltName)
      return oltTruth(model, cli, clock.now())
    },
    past: (oltName, times) => plantPast(find(oltName).model, times),
    outside: (oltName) => {
      const olt = find(oltName).model
      const { location } = olt.scenario
      const others = [...olts.values()].filter(({ model }) => model.scenario.location === location)
      return outsidePlant({
        olt,
        number: [...olts.keys()].indexOf(oltName),
        plantSeed: seed,
        sharesLocation: others.length > 1,
      })
    },
    answer: (oltName, datagram) => find(oltName).responder.answer(datagram, clock.now()),
    stop,
  }
}

import { fork, type ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  commands,
  type CallInput,
  type CommandName,
  type Output,
  type QueryName,
} from '../../src-shared/contract/index.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { PlanRow } from '../../src-shared/contract/provisioning-plans.ts'
import type { Boundary } from '../../src-main/provisioning/ports.ts'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'

/**
 * A plant that speaks SNMP and CLI in this process, and an engine in another one that may die: for
 * what happens to a change when something goes wrong in the middle of it.
 */

const root = resolve(import.meta.dirname, '..', '..')
const waitMs = 90_000
const longestMs = 900_000

export class Refused extends Error {
  readonly code: string
  readonly params: Readonly<Record<string, unknown>>
  constructor(code: string, params: Readonly<Record<string, unknown>>) {
    super(`${code} ${JSON.stringify(params)}`)
    this.code = code
    this.params = params
  }
}

export interface ChangeEngine {
  ask<Name extends QueryName | CommandName>(
    name: Name,
    input: CallInput<Name>,
  ): Promise<Output<Name>>
  /** From now on watches for a point. `reached`: the engine waits there, or is dead. */
  watch(
    point: Boundary,
    nth: number,
    act: 'die' | 'wait',
  ): Promise<{ readonly reached: Promise<void> }>
  goOn(): void
  /** What was asked outside the page so far. */
  readonly asked: readonly { readonly title: string; readonly lines: readonly string[] }[]
  readonly log: readonly string[]
  kill(): Promise<void>
  stop(): Promise<void>
}

export interface ChangeLab {
  readonly plant: Plant
  /** Everything the engine keeps. */
  readonly folder: string
  readonly addresses: readonly PlantAddress[]
  /** OLT ids by name. */
  readonly oltIds: ReadonlyMap<string, string>
  readonly engine: () => ChangeEngine
  /** The next process on the same workspace, signed in. */
  reopen(): Promise<ChangeEngine>
  /** Polls a question until it fits. */
  until<Value>(
    ask: () => Promise<Value>,
    fits: (value: Value) => boolean,
    /** A batch takes its time. */
    isLong?: boolean,
  ): Promise<Value>
  planEnds(planId: string): Promise<PlanRow>
  stop(): Promise<void>
}

const password = 'a field of quiet barley 7'

/** A process that has loaded the engine and waits to begin. */
const spareProcess = (folder: string, compiled: string): ChildProcess =>
  fork(join(import.meta.dirname, 'change-child.ts'), [folder, join(root, 'assets')], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    serialization: 'advanced',
    silent: true,
  })

const startEngine = async (child: ChildProcess): Promise<ChangeEngine> => {
  const waiting = new Map<number, (envelope: Envelope) => void>()
  const asked: { title: string; lines: readonly string[] }[] = []
  const log: string[] = []
  let reached: (() => void) | null = null
  let watching: (() => void) | null = null
  let lastId = 0
  const started = Promise.withResolvers<undefined>()
  child.stderr?.on('data', (octets: Buffer) => log.push(octets.toString('utf8')))
  const gone = new Promise<void>((done) => {
    child.once('exit', () => {
      started.reject(new Error(`the engine ended: ${log.slice(-5).join('\n')}`))
      for (const settle of waiting.values()) {
        settle({ ok: false, error: { code: 'engine-stopped', params: {}, traceId: 'gone' } })
      }
      waiting.clear()
      reached?.()
      done()
    })
  })
  child.on('message', (message: Record<string, unknown>) => {
    if ('envelope' in message) {
      waiting.get(message['id'] as number)?.(message['envelope'] as Envelope)
      waiting.delete(message['id'] as number)
    } else if ('reached' in message) reached?.()
    else if ('watching' in message) watching?.()
    else if ('asked' in message) asked.push(message['asked'] as (typeof asked)[number])
    else if ('log' in message) log.push(String(message['log']))
    else if ('started' in message) started.resolve(undefined)
  })
  child.send({ begin: true })
  await started.promise
  return {
    asked,
    log,
    ask: async (name, input) => {
      const isCommand = Object.hasOwn(commands, name)
      const id = ++lastId
      const envelope = await new Promise<Envelope>((settle) => {
        waiting.set(id, settle)
        child.send({
          id,
          channel: name,
          input: isCommand ? { commandId: randomUUID(), input } : input,
        })
      })
      if (!envelope.ok) throw new Refused(envelope.error.code, envelope.error.params)
      return envelope.value as Output<typeof name>
    },
    watch: async (point, nth, act) => {
      const arrived = new Promise<void>((done) => {
        reached = done
      })
      await new Promise<void>((done) => {
        watching = done
        child.send({ at: { point, nth, act } })
      })
      return { reached: arrived }
    },
    goOn: () => void child.send({ goOn: true }),
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.send({ stop: true })
      await gone
    },
  }
}

export const openChangeLab = async (scenario: unknown): Promise<ChangeLab> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-changes-'))
  const plant = createPlant({ scenario: checkScenario(scenario), clock: Date })
  const addresses = await plant.start()
  const until = async <Value>(
    ask: () => Promise<Value>,
    fits: (value: Value) => boolean,
    isLong = false,
  ): Promise<Value> => {
    const end = performance.now() + (isLong ? longestMs : waitMs)
    for (;;) {
      const value = await ask()
      if (fits(value)) return value
      if (performance.now() > end) throw new Error(`it never came: ${JSON.stringify(value)}`)
      await new Promise((done) => setTimeout(done, 25))
    }
  }
  const compiled = mkdtempSync(join(tmpdir(), 'nocturne-compiled-'))
  let engine = await startEngine(spareProcess(folder, compiled))
  /** Loads while the test goes on: whoever reopens waits for less. */
  let spare: ChildProcess | null = null
  const oltIds = new Map<string, string>()
  const recognised = (): Promise<unknown> =>
    until(
      async () => (await engine.ask('network.olts', {})).olts,
      (olts) =>
        olts.length === addresses.length &&
        olts.every(({ familyId, ages }) => familyId !== null && ages.status !== null),
    )
  try {
    await engine.ask('workspace.create', { ownerName: 'Sari', password })
    for (const { oltName, host, port, community, writeCommunity, cli } of addresses) {
      const { oltId } = await engine.ask('network.addOlt', { name: oltName, host, port, community })
      oltIds.set(oltName, oltId)
      if (cli === null) continue
      await engine.ask('olt-cli.setAccess', {
        oltId,
        baseVersion: 0,
        transport: cli.sshPort === null ? 'telnet' : 'ssh',
        port: cli.sshPort ?? cli.telnetPort ?? 22,
        userName: cli.userName,
        password: cli.password,
        allowTelnet: cli.sshPort === null,
        ...(cli.enablePassword === null ? {} : { enablePassword: cli.enablePassword }),
        ...(writeCommunity === null ? {} : { writeCommunity }),
      })
    }
    await recognised()
  } catch (error) {
    await engine.kill()
    await plant.stop()
    throw error
  }
  return {
    plant,
    folder,
    addresses,
    oltIds,
    engine: () => engine,
    until,
    reopen: async () => {
      engine = await startEngine(spare ?? spareProcess(folder, compiled))
      spare = spareProcess(folder, compiled)
      await engine.ask('access.signIn', { name: 'Sari', password })
      // What each OLT is lies in the store; nobody waits for the first walk.
      await until(
        async () => (await engine.ask('network.olts', {})).olts,
        (olts) => olts.every(({ familyId }) => familyId !== null),
      )
      return engine
    },
    planEnds: async (planId) => {
      const { plan } = await until(
        () => engine.ask('provisioning.plan', { planId }),
        ({ plan: { state } }) => !['draft', 'running', 'canary-wait'].includes(state),
      )
      return plan
    },
    stop: async () => {
      await engine.stop()
      spare?.kill('SIGKILL')
      await plant.stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(compiled, { recursive: true, force: true })
    },
  }
}

import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandDefinition, QueryDefinition } from '../../src-shared/contract/define.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { commands, events, queries } from '../../src-shared/contract/index.ts'
import { errorCodes } from '../../src-shared/errors.ts'
import type { LiveSession } from '../../src-main/engine/sessions.ts'
import { seededRandom } from '../support/seeded-random.ts'
import { createFuzzBench } from './fuzz-bench.ts'
import { createInputs } from './inputs-of.ts'
import { createMutations } from './mutate.ts'

/**
 * The whole contract under 50,000 mutated calls of every role: the engine goes on, nobody gets what
 * he may not have, and nothing that was planted comes out. The same seed makes the same calls.
 */

const calls = 50_000
/** Another one looks for more: it is not part of what must hold. */
const seed = Number(process.env['NOCTURNE_FUZZ_SEED'] ?? 20_261_123)
/** A call that takes longer than this hangs. */
const patienceMs = 20_000

/**
 * How often what is slow by design (argon2id, keys, copies of the store) or reaches beyond the
 * process (an OLT, a socket, a folder that the caller names) may be called with an input that fits by
 * one who may. Refusals and inputs that do not fit are never spared.
 */
const atMost: Readonly<Record<string, number>> = {
  'workspace.create': 4,
  'workspace.unseal': 6,
  'workspace.lockVault': 3,
  'workspace.rotateKeys': 1,
  'workspace.backUp': 2,
  'access.signIn': 6,
  'access.signInCode': 30,
  'access.unlock': 4,
  'access.stepUp': 4,
  'access.changePassword': 4,
  'access.redeemCode': 4,
  'access.redeemKit': 4,
  'access.renewKit': 2,
  'access.passwordStrength': 20,
  'access.createAccount': 40,
  'audit.verify': 4,
  'audit.export': 4,
  'handover.pdf': 4,
  'backups.setPassphrase': 2,
  'backups.makeRecoveryKey': 2,
  'backups.preview': 4,
  'backups.verify': 4,
  'olt-cli.test': 3,
  'olt-cli.openTerminal': 3,
  'olt-backups.make': 3,
  'olt-backups.exportByOlt': 3,
  'provisioning.makePlan': 10,
  'provisioning.lookForWaiting': 3,
  'provisioning.readCatalogue': 3,
  'provisioning.scan': 3,
  // An address of the caller's choice is asked over SNMP.
  'network.probe': 0,
  // Opens a port of the machine.
  'traps.configure': 0,
  // Writes into a folder of the caller's choice.
  'backups.configure': 0,
}

const procedures: readonly (readonly [string, QueryDefinition | CommandDefinition])[] = [
  ...Object.entries<QueryDefinition>(queries),
  ...Object.entries<CommandDefinition>(commands),
]
const strangers = [
  'toString',
  '__proto__',
  'constructor',
  '',
  '$ack',
  '$events',
  'network.olts ',
  'x'.repeat(99),
]

/** Written anew here, so that a mistake in the engine's own decision shows. */
const expected = (
  definition: QueryDefinition | CommandDefinition,
  session: LiveSession | null,
): string | null => {
  if (definition.access !== 'public') {
    if (session === null) return 'not-signed-in'
    if (session.locked && definition.whileLocked !== true) return 'session-locked'
    if (definition.access !== 'session' && !session.permissions.has(definition.access)) {
      return 'permission-denied'
    }
  }
  const isGrave = definition.kind === 'command' && definition.stepUp === true
  return isGrave && (session?.steppedUpUntil ?? 0) < Date.now() ? 'step-up-needed' : null
}

interface Findings {
  made: number
  /** Of those who may, with an input that fits. */
  reached: number
  answered: number
  readonly reachedNames: Set<string>
  readonly codes: Map<string, number>
  readonly wrong: string[]
  readonly leaks: string[]
  readonly internal: Map<string, string>
  readonly hung: string[]
}

const found: Findings = {
  made: 0,
  reached: 0,
  answered: 0,
  reachedNames: new Set(),
  codes: new Map(),
  wrong: [],
  leaks: [],
  internal: new Map(),
  hung: [],
}

/** In memory where the system has such a folder: each refused command is a row on the disk. */
const fastFolder = (): string => {
  try {
    accessSync('/dev/shm', constants.W_OK)
    return '/dev/shm'
  } catch {
    return tmpdir()
  }
}

let folder = ''
let bench: Awaited<ReturnType<typeof createFuzzBench>>
const crashes: unknown[] = []
const onCrash = (error: unknown): void => void crashes.push(error)

const leaksIn = (text: string): boolean => {
  for (const secret of bench.secrets) if (text.includes(secret)) return true
  return false
}

const inTime = async (work: Promise<Envelope>): Promise<Envelope | 'hung'> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'hung'>((resolve) => {
    timer = setTimeout(() => resolve('hung'), patienceMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const judge = (label: string, refusal: string | null, reply: Envelope | 'hung'): void => {
  if (reply === 'hung') {
    found.hung.push(label)
    return
  }
  const code = reply.ok ? 'ok' : reply.error.code
  found.codes.set(code, (found.codes.get(code) ?? 0) + 1)
  if (reply.ok) found.answered++
  else if (!(errorCodes as readonly string[]).includes(code)) found.wrong.push(`${label}: ${code}`)
  if (refusal !== null && code !== refusal) found.wrong.push(`${label}: ${code}, not ${refusal}`)
  if (leaksIn(JSON.stringify(reply))) found.leaks.push(`reply to ${label}`)
  if (code === 'internal') found.internal.set(label, bench.lines.at(-1) ?? '')
}

const drain = (): void => {
  for (const { clientId, batch, session } of bench.told.splice(0)) {
    for (const { channel, payload } of batch.events) {
      const { access } = events[channel]
      const may =
        access === 'public' ||
        (session !== null &&
          !session.locked &&
          (access === 'session' || session.permissions.has(access)))
      if (!may) found.wrong.push(`event ${channel} to client ${clientId}`)
      if (leaksIn(JSON.stringify(payload))) found.leaks.push(`event ${channel}`)
    }
  }
  for (const line of bench.lines) if (leaksIn(line)) found.leaks.push(`log: ${line.slice(0, 80)}`)
  bench.lines.length = 0
}

beforeAll(async () => {
  process.on('unhandledRejection', onCrash)
  folder = mkdtempSync(join(fastFolder(), 'nocturne-fuzz-'))
  bench = await createFuzzBench(join(folder, 'ws'))
  const random = seededRandom(seed)
  const pick = <Value>(from: readonly Value[]): Value =>
    from[Math.floor(random() * from.length)] as Value
  const ids = [...bench.ids, bench.newId(), bench.newId()]
  const inputOf = createInputs(pick, random, ids)
  const mutated = createMutations(pick, random, ids)
  const left = new Map(Object.entries(atMost))
  let lastCommandId = bench.newId()

  const one = async (
    caller: (typeof bench.callers)[number],
    name: string,
    definition: QueryDefinition | CommandDefinition,
  ): Promise<void> => {
    caller.renew()
    let input = mutated(inputOf(definition.input))
    const refusal = expected(definition, bench.sessions.get(caller.clientId))
    if (refusal === null && definition.input.safeParse(input).success) {
      const rest = left.get(name) ?? Number.POSITIVE_INFINITY
      // No schema takes this.
      if (rest <= 0) input = { ...(input as object), 'not of the contract': true }
      else {
        found.reached++
        found.reachedNames.add(name)
        left.set(name, rest - 1)
      }
    }
    let sent = input
    if (definition.kind === 'command') {
      const kind = random()
      const commandId = kind < 0.05 ? lastCommandId : bench.newId()
      lastCommandId = commandId
      sent = { commandId, input }
      if (kind > 0.95) sent = mutated(sent)
    }
    const reply = await inTime(bench.call(caller.clientId, name, sent))
    found.made++
    judge(`${name} by ${caller.name}`, refusal, reply)
    // Whoever was locked out with the workspace is let in again.
    if (bench.sessions.all().size === 0) {
      await bench.call(caller.clientId, 'workspace.unseal', { commandId: bench.newId(), input: {} })
    }
  }

  while (found.made < calls) {
    for (const caller of bench.callers) {
      for (const [name, definition] of procedures) await one(caller, name, definition)
      for (const name of strangers) {
        await bench.call(caller.clientId, name, mutated({}))
      }
      drain()
    }
  }
  // What was put off to be sent is sent.
  bench.hurry()
  drain()
}, 600_000)

afterAll(async () => {
  await bench.engine.stop()
  process.off('unhandledRejection', onCrash)
  rmSync(folder, { recursive: true, force: true })
})

describe('fifty thousand mutated calls over the whole contract by every role', () => {
  it('came to every procedure, past its permission and into its handler', () => {
    expect(found.made).toBeGreaterThanOrEqual(calls)
    expect(found.reached).toBeGreaterThan(2_000)
    expect(found.answered).toBeGreaterThan(1_000)
    // The rest takes inputs that chance does not find.
    expect(found.reachedNames.size).toBeGreaterThan(procedures.length * 0.8)
    for (const code of [
      'not-signed-in',
      'session-locked',
      'permission-denied',
      'step-up-needed',
      'invalid-input',
    ]) {
      expect(found.codes.get(code), code).toBeGreaterThan(100)
    }
  })

  it('nothing crashed, nothing hung, and the engine still answers', async () => {
    expect(crashes).toEqual([])
    expect(found.hung).toEqual([])
    const owner = bench.callers.find(({ name }) => name === 'owner')
    owner?.renew()
    const reply = await bench.call(owner?.clientId ?? 0, 'network.olts', {})
    // Which OLTs there still are is chance: who may remove one has been asked to as well.
    expect(reply).toMatchObject({ ok: true, value: { olts: expect.any(Array) } })
    expect(await bench.call(owner?.clientId ?? 0, 'audit.verify', {})).toMatchObject({
      value: { ok: true },
    })
  })

  it('no call and no event got to one who may not have it, and every refusal has a known code', () => {
    expect(found.wrong).toEqual([])
  })

  it('no secret that was planted is in a reply, an event or a line of the log', () => {
    expect(bench.secrets.size).toBeGreaterThan(12)
    expect(found.leaks).toEqual([])
  })

  it('no call met an error that nobody had thought of', () => {
    expect([...found.internal]).toEqual([])
  })
})

import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import type { Engine } from '../../src-main/engine/engine-options.ts'
import { createLog } from '../../src-main/engine/log.ts'
import type { EventBatch } from '../../src-main/engine/outbox.ts'
import type { FirstFullPoll } from '../../src-main/network/network.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { createPlant, type Plant, type PlantAddress } from '../../src-main/simulator/plant.ts'
import { loadScenario } from '../../src-main/simulator/scenario-load.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/**
 * The whole engine as the worker runs it: a real encrypted store, real datagrams from the
 * simulated plant, real time. Nothing is waited for but what the engine itself announces.
 */

const root = join(import.meta.dirname, '..', '..')
const families = loadFamilies(join(root, 'assets', 'olt-families'))
const newId = createUuidV7Source({ now: Date.now, randomBytes })
const community = 'lab-read'
const password = 'correct horse battery'

let plant: Plant
let addresses: readonly PlantAddress[]

beforeAll(async () => {
  plant = createPlant({
    scenario: loadScenario(join(root, 'assets', 'scenarios', 'demo.yaml')),
    clock: { now: Date.now },
  })
  addresses = await plant.start()
})
afterAll(() => plant.stop())

interface Running {
  readonly engine: Engine
  readonly batches: EventBatch[]
  readonly lines: string[]
  readonly firstFullPoll: Promise<FirstFullPoll>
  call(channel: string, input?: unknown): Promise<Envelope>
  command(channel: string, input?: unknown, commandId?: string): Promise<Envelope>
}

const start = async (dir: string, keychain = memoryKeychain()): Promise<Running> => {
  const batches: EventBatch[] = []
  const lines: string[] = []
  const poll = Promise.withResolvers<FirstFullPoll>()
  const engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line), level: 'debug' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain,
    families,
    send: (clientId, batch) => {
      batches.push(batch)
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => {},
    onFirstFullPoll: poll.resolve,
  })
  engine.addClient(1)
  await engine.start()
  return {
    engine,
    batches,
    lines,
    firstFullPoll: poll.promise,
    call: (channel, input = {}) => engine.call({ clientId: 1, channel, input }),
    command: (channel, input = {}, commandId = newId()) =>
      engine.call({ clientId: 1, channel, input: { commandId, input } }),
  }
}

const valueOf = <Value>(reply: Envelope): Value => {
  if (!reply.ok) throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.params)}`)
  return reply.value as Value
}

describe('the engine', () => {
  it(
    'makes a workspace, adds OLTs, reads them, and shows the same after a restart',
    { timeout: 120_000 },
    async () => {
      const dir = join(temporaryFolder(), 'workspace')
      const keychain = memoryKeychain()
      const first = await start(dir, keychain)
      expect(await first.call('network.olts')).toMatchObject({ error: { code: 'not-signed-in' } })
      valueOf(await first.command('workspace.create', { ownerName: 'Nadia', password }))

      const ids: string[] = []
      for (const olt of addresses) {
        const input = { name: olt.oltName, host: olt.host, port: olt.port, community }
        const id = newId()
        const added = valueOf<{ oltId: string }>(await first.command('network.addOlt', input, id))
        // The same intent sent twice happens once.
        expect(valueOf(await first.command('network.addOlt', input, id))).toEqual(added)
        ids.push(added.oltId)
        expect(await first.command('network.addOlt', { ...input, name: 'twin' })).toMatchObject({
          error: { code: 'olt-address-taken' },
        })
      }
      expect(new Set(ids).size).toBe(addresses.length)

      const poll = await first.firstFullPoll
      const { counts } = valueOf<{ counts: Record<string, number> }>(
        await first.call('network.summary'),
      )
      const said = addresses.reduce((sum, olt) => sum + olt.onus, 0)
      expect(counts['total']).toBe(said)
      expect(poll.online).toBeGreaterThan(said * 0.8)
      const states = [
        'online',
        'offlinePower',
        'offlineOptical',
        'offlineOther',
        'disabled',
        'starting',
        'authFailed',
        'unknown',
      ]
      expect(states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)).toBe(said)

      await first.engine.stop()

      const second = await start(dir, keychain)
      valueOf(await second.command('access.signIn', { name: 'nadia', password }))
      const shown = valueOf<{ counts: Record<string, number> }>(
        await second.call('network.summary'),
      )
      expect(shown.counts['total']).toBe(said)
      const proof = valueOf<{ ok: boolean; rows: number }>(await second.call('audit.verify'))
      expect(proof).toMatchObject({ ok: true })
      expect(proof.rows).toBeGreaterThan(addresses.length)
      await second.engine.stop()

      // No secret in the log, in an event, or in any byte of the workspace.
      const everything = [
        ...first.lines,
        ...second.lines,
        JSON.stringify(first.batches),
        JSON.stringify(second.batches),
      ].join('\n')
      expect(everything).not.toContain(community)
      expect(everything).not.toContain(password)
      for (const file of readdirSync(dir, { recursive: true, withFileTypes: true })) {
        if (!file.isFile()) continue
        const bytes = readFileSync(join(file.parentPath, file.name))
        for (const secret of [community, password, 'KARANG-01', 'HWTC']) {
          expect(bytes.includes(secret), `${file.name} holds ${secret}`).toBe(false)
        }
      }
      const unexpected = [...first.lines, ...second.lines].filter((line) =>
        line.includes('unexpected'),
      )
      expect(unexpected).toEqual([])
    },
  )

  it('locks when the machine is locked, or idle for the role’s minutes or the person’s if less', async () => {
    const running = await start(join(temporaryFolder(), 'workspace'))
    valueOf(await running.command('workspace.create', { ownerName: 'Nadia', password }))
    // Own minutes beyond the role's five change nothing, and 0 is no way around the lock.
    for (const [own, minutes] of [
      [60, 5],
      [0, 5],
      [2, 2],
    ] as const) {
      valueOf(await running.command('preferences.set', { lockAfterMinutes: own }))
      expect(await running.call('access.session')).toMatchObject({
        value: { session: { lockAfterMinutes: minutes } },
      })
      running.engine.idleFor(minutes * 60 - 1)
      expect(await running.call('network.olts')).toMatchObject({ ok: true })
      running.engine.idleFor(minutes * 60)
      expect(await running.call('network.olts')).toMatchObject({
        error: { code: 'session-locked' },
      })
      valueOf(await running.command('access.unlock', { password }))
    }
    running.engine.lock('os-lock')
    expect(await running.call('network.olts')).toMatchObject({ error: { code: 'session-locked' } })
    valueOf(await running.command('access.signOut'))
    expect(await running.call('network.olts')).toMatchObject({ error: { code: 'not-signed-in' } })
    await running.engine.stop()
    expect(await running.call('workspace.status')).toMatchObject({
      error: { code: 'engine-stopped' },
    })
  })
})

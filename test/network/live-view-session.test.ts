import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { queries as contract } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { simulatedOwner } from '../../src-main/engine/simulated-workspace.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { plantStartMs, smallPlant } from '../support/simulated-plant.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The whole engine on the simulated plant: what a session has to do with a live view. */
const startEngine = async () => {
  const plant = smallPlant({ now: () => plantStartMs })
  const addresses = await plant.start()
  onTestFinished(() => plant.stop())
  const clock = createManualClock()
  const newId = createUuidV7Source({ now: clock.now, randomBytes })
  const sent: { clientId: number; channel: string }[] = []
  const engine = createEngine({
    workspaceDir: join(temporaryFolder(), 'workspace'),
    mode: 'simulated',
    clock,
    random: () => 0.5,
    newId,
    log: silentLog,
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: loadFamilies(join(import.meta.dirname, '../../assets/olt-families')),
    simulatedOlts: addresses.map(({ oltName, host, port, community }) => ({
      name: oltName,
      host,
      port,
      community,
    })),
    send: (clientId, { seq, events }) => {
      for (const { channel } of events) sent.push({ clientId, channel })
      void engine.call({ clientId, channel: '$ack', input: seq })
    },
    switchTo: () => {},
  })
  await engine.start()
  onTestFinished(() => engine.stop())
  engine.addClient(1)
  engine.addClient(2)
  const ask = async (clientId: number, channel: string, input: unknown): Promise<unknown> => {
    const reply = await engine.call({ clientId, channel, input })
    if (!reply.ok) throw new Error(reply.error.code, { cause: reply.error })
    return reply.value
  }
  /** At most 40 s of the engine's time: a live view that is left alone lasts longer. */
  const until = async (reached: () => Promise<boolean>): Promise<void> => {
    for (let turn = 0; turn < 6_400; turn++) {
      if (turn % 16 === 0) clock.advance(100)
      await new Promise((resolve) => setImmediate(resolve))
      if (turn % 16 === 0 && (await reached())) return
    }
    throw new Error('it did not come to that')
  }
  const olts = async (clientId = 2) =>
    contract['network.olts'].output.parse(await ask(clientId, 'network.olts', {})).olts
  await until(async () => (await olts()).every(({ ages }) => ages.status !== null))
  const hw = (await olts()).find(({ name }) => name === 'HW')
  const oltId = hw?.id ?? ''
  return {
    engine,
    sent,
    newId,
    ask,
    until,
    oltId,
    open: (clientId: number) =>
      ask(clientId, 'network.openLiveView', {
        oltId,
        address: { shelf: 0, slot: 0, port: 0, onuId: 0 },
      }),
    isWatched: async (clientId = 2) =>
      contract['network.oltCare'].output.parse(await ask(clientId, 'network.oltCare', { oltId }))
        .liveView !== null,
    readingsOf: (clientId: number) =>
      sent.filter((one) => one.clientId === clientId && one.channel === 'network.liveReading')
        .length,
  }
}

test('a live view is told to its client alone, and ends with the lock of the screen', async () => {
  const { engine, ask, newId, until, open, isWatched, readingsOf } = await startEngine()
  await open(1)
  await expect(open(2)).rejects.toMatchObject({
    cause: { code: 'live-view-taken', params: { name: simulatedOwner.name } },
  })
  await until(() => Promise.resolve(readingsOf(1) > 2))
  expect(readingsOf(2)).toBe(0)
  expect(await isWatched()).toBe(true)
  engine.lock('os-lock')
  const told = readingsOf(1)
  await ask(2, 'access.unlock', {
    commandId: newId(),
    input: { password: simulatedOwner.password },
  })
  await until(async () => !(await isWatched()))
  expect(readingsOf(1)).toBe(told)
})

test('a live view ends when its client goes, and another one may watch', async () => {
  const { engine, until, open, isWatched, readingsOf } = await startEngine()
  await open(1)
  await until(() => Promise.resolve(readingsOf(1) > 1))
  engine.clientGone(1)
  await until(async () => !(await isWatched()))
  await open(2)
  await until(() => Promise.resolve(readingsOf(2) > 1))
})

test('a live view ends when its person signs out', async () => {
  const { ask, newId, until, open, isWatched, readingsOf } = await startEngine()
  await open(1)
  await until(() => Promise.resolve(readingsOf(1) > 1))
  await ask(1, 'access.signOut', { commandId: newId(), input: {} })
  await until(async () => !(await isWatched()))
})

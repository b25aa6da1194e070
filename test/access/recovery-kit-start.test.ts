import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import type { AskPerson } from '../../src-main/engine/confirm.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The first start on the whole engine: the owner is in, and his way back is shown to him. */

const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'correct horse battery'

const start = async (mode: 'own' | 'simulated', askPerson: AskPerson | null) => {
  const kitMade = Promise.withResolvers<void>()
  const engine = createEngine({
    workspaceDir: join(temporaryFolder(), 'workspace'),
    mode,
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: () => undefined, level: 'error' }),
    host: { name: 'chromium', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: [],
    polling: false,
    send: (clientId, batch) => {
      if (batch.events.some(({ channel }) => channel === 'access.changed')) kitMade.resolve()
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => undefined,
    ...(askPerson === null ? {} : { askPerson }),
  })
  onTestFinished(() => engine.stop())
  engine.addClient(1)
  await engine.start()
  const call = (channel: string, input: object): Promise<Envelope> =>
    engine.call({ clientId: 1, channel, input })
  return {
    kitMade: kitMade.promise,
    create: () =>
      call('workspace.create', { commandId: newId(), input: { ownerName: 'Nadia', password } }),
    kitSince: async (): Promise<unknown> => {
      const mine = await call('access.mine', {})
      return mine.ok ? (mine.value as { recoveryKitSince: number | null }).recoveryKitSince : mine
    },
  }
}

it('the owner is in at once, and has a kit when he has seen it', async () => {
  const seen = Promise.withResolvers<string>()
  const shown: unknown[] = []
  const { create, kitSince, kitMade } = await start('own', (_client, text) => {
    shown.push(text)
    return seen.promise
  })
  expect(await create()).toMatchObject({ ok: true })
  expect(await kitSince()).toBeNull()
  seen.resolve('')
  await kitMade
  expect(await kitSince()).toEqual(expect.any(Number))
  expect(shown).toMatchObject([{ kind: 'secret', lines: { length: 8 } }])
})

it('there is none where it was put away unseen, where no window is, and to look around', async () => {
  const refused = await start('own', () => Promise.resolve(null))
  expect(await refused.create()).toMatchObject({ ok: true })
  const terminal = await start('own', null)
  expect(await terminal.create()).toMatchObject({ ok: true })
  const asked: unknown[] = []
  const simulated = await start('simulated', (_client, text) => {
    asked.push(text)
    return Promise.resolve('')
  })
  for (const { kitSince } of [refused, terminal, simulated]) expect(await kitSince()).toBeNull()
  expect(asked).toEqual([])
})

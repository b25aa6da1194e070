import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { someSession } from '../support/some-session.ts'
import { idOf, temporaryFolder } from '../support/store-workspace.ts'

test('a session of an account that is not there is none, whoever forgot to end it', async () => {
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const sessions = createSessions(systemClock)
  const engine = createEngine({
    workspaceDir: join(temporaryFolder(), 'ws'),
    mode: 'own',
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: () => undefined, level: 'error' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: [],
    polling: false,
    sessions,
    send: () => undefined,
    switchTo: () => undefined,
  })
  onTestFinished(() => engine.stop())
  await engine.start()
  engine.addClient(1, 'terminal')
  const input = { ownerName: 'Nadia', password: 'correct horse battery' }
  const create = { clientId: 1, channel: 'workspace.create', input: { commandId: newId(), input } }
  expect((await engine.call(create)).ok).toBe(true)
  const permissions = sessions.get(1)?.permissions ?? new Set()
  const ask = { clientId: 1, channel: 'network.olts', input: {} }
  expect((await engine.call(ask)).ok).toBe(true)

  sessions.start(1, { ...someSession(Date.now()), accountId: idOf(404), permissions })
  expect(await engine.call(ask)).toMatchObject({ ok: false, error: { code: 'not-signed-in' } })
})

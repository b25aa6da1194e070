import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import type { EventBatch } from '../../src-main/engine/outbox.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

/** The whole engine with a real store: lock of the vault, and a change of the keys while it runs. */

const password = 'correct horse battery'

const start = async () => {
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const lines: string[] = []
  const batches: EventBatch[] = []
  const dir = join(temporaryFolder(), 'ws')
  const engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line), level: 'debug' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: [],
    send: (clientId, batch) => {
      batches.push(batch)
      engine.call({ clientId, channel: '$ack', input: batch.seq }).catch(() => undefined)
    },
    switchTo: () => undefined,
  })
  onTestFinished(() => engine.stop())
  await engine.start()
  engine.addClient(1, 'terminal')
  const query = (channel: string, input: object = {}) =>
    engine.call({ clientId: 1, channel, input })
  const command = (channel: string, input: object = {}) =>
    engine.call({ clientId: 1, channel, input: { commandId: newId(), input } })
  const made = await command('workspace.create', { ownerName: 'Nadia', password })
  expect(made.ok).toBe(true)
  return { dir, query, command, lines }
}

test('a locked vault answers nobody, and opens for who signs in again', async () => {
  const { query, command, lines } = await start()
  expect((await command('workspace.lockVault')).ok).toBe(true)
  expect(await query('workspace.status')).toMatchObject({ ok: true, value: { state: 'sealed' } })
  expect(await query('access.session')).toMatchObject({ ok: true, value: { session: null } })
  expect(await query('network.olts')).toMatchObject({ ok: false, error: { code: 'not-signed-in' } })
  const signIn = { name: 'Nadia', password }
  expect(await command('access.signIn', signIn)).toMatchObject({
    ok: false,
    error: { code: 'workspace-sealed' },
  })
  expect((await command('workspace.unseal')).ok).toBe(true)
  expect(await query('network.olts')).toMatchObject({ ok: false, error: { code: 'not-signed-in' } })
  expect(await command('access.signIn', signIn)).toMatchObject({ ok: true })
  expect((await query('network.olts')).ok).toBe(true)
  expect(await query('audit.verify')).toMatchObject({ value: { ok: true } })
  expect(lines.filter((line) => line.includes('"error"'))).toEqual([])
})

test('the keys are changed while it runs: the session stays, and the trail tells it', async () => {
  const { dir, query, command, lines } = await start()
  expect(await command('workspace.rotateKeys')).toMatchObject({ ok: true })
  expect(await query('workspace.status')).toMatchObject({ ok: true, value: { state: 'ready' } })
  expect((await query('network.olts')).ok).toBe(true)
  expect(await query('audit.verify')).toMatchObject({ value: { ok: true } })
  const activity = JSON.stringify(await query('audit.activity', { limit: 20, people: false }))
  expect(activity).toContain('workspace.keysRotated')
  expect(readdirSync(dir).filter((name) => /next|rotating/u.test(name))).toEqual([])
  // Once more, and a command after it is kept as before.
  expect((await command('workspace.rotateKeys')).ok).toBe(true)
  expect((await command('workspace.backUp')).ok).toBe(true)
  expect(lines.filter((line) => line.includes('"error"'))).toEqual([])
})

test('what was being prepared when the keys changed is refused: nothing is sealed with the old ones', async () => {
  const { query, command, lines } = await start()
  const passphrase = 'enam belas kunci yang panjang'
  // It hashes while the other one closes the workspace and opens it again.
  const prepared = command('backups.setPassphrase', { passphrase })
  expect(await command('workspace.rotateKeys')).toMatchObject({ ok: true })
  expect(await prepared).toMatchObject({ ok: false, error: { code: 'workspace-sealed' } })
  expect(await query('backups.settings')).toMatchObject({ value: { ways: [] } })
  expect(await command('backups.setPassphrase', { passphrase })).toMatchObject({ ok: true })
  expect((await command('workspace.backUp')).ok).toBe(true)
  expect(lines.filter((line) => line.includes('"error"'))).toEqual([])
})

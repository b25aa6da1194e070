import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { silentLog } from '../../src-main/engine/log.ts'
import { memoryKeychain } from '../../src-main/vault/keychain.ts'
import { temporaryFolder } from '../support/store-workspace.ts'

it('a simulated workspace holds the plant’s OLTs in its store, and its owner is signed in', async () => {
  const engine = createEngine({
    workspaceDir: join(temporaryFolder(), 'workspace'),
    mode: 'simulated',
    clock: systemClock,
    random: () => 0.5,
    newId: createUuidV7Source({ now: Date.now, randomBytes }),
    log: silentLog,
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: memoryKeychain(),
    families: [],
    polling: false,
    simulatedOlts: [
      { name: 'KARANG-01', host: '127.0.0.1', port: 40_001, community: 'lab-read' },
      { name: 'BUKIT-04', host: '127.0.0.1', port: 40_002, community: 'lab-read' },
    ],
    send: () => {},
    switchTo: () => {},
  })
  await engine.start()
  engine.addClient(1)
  const reply = await engine.call({ clientId: 1, channel: 'network.olts', input: {} })
  expect(reply).toMatchObject({
    ok: true,
    value: {
      olts: [
        { name: 'BUKIT-04', simulated: true, version: 1 },
        { name: 'KARANG-01', simulated: true, version: 1 },
      ],
    },
  })
  await engine.stop()
})

import { randomBytes } from 'node:crypto'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Output, QueryName } from '../../../src-shared/contract/index.ts'
import type { Envelope } from '../../../src-shared/contract/envelope.ts'
import { createUuidV7Source } from '../../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../../src-main/engine/clock.ts'
import { createEngine } from '../../../src-main/engine/engine.ts'
import { createLog } from '../../../src-main/engine/log.ts'
import type { EventBatch } from '../../../src-main/engine/outbox.ts'
import { memoryKeychain } from '../../../src-main/vault/keychain.ts'
import { shippedFamilies } from '../../olt/support/shipped-families.ts'

/** The engine over a workspace, with the families that come with the console. */

export const shippedFolder = join(import.meta.dirname, '../../../assets/olt-families')
const newId = createUuidV7Source({ now: Date.now, randomBytes })
const password = 'correct horse battery'

export const copyFamily = (
  workspace: string,
  name: string,
  change = (yaml: string) => yaml,
  from = 'vsol-v1600d-epon',
): string => {
  const to = join(workspace, 'olt-families', name)
  cpSync(join(shippedFolder, from), to, { recursive: true })
  const file = join(to, 'profile.yaml')
  const yaml = readFileSync(file, 'utf8').replace(`family: ${from}`, `family: ${name}`)
  writeFileSync(file, change(yaml))
  return to
}

export const startFamilyEngine = async (
  workspace: string,
  { keychain = memoryKeychain(), isNew = true } = {},
) => {
  const batches: EventBatch[] = []
  const engine = createEngine({
    workspaceDir: workspace,
    mode: 'own',
    clock: systemClock,
    random: () => 0.5,
    newId,
    log: createLog({ write: () => undefined }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain,
    families: shippedFamilies,
    familyFolders: [shippedFolder],
    send: (clientId, batch) => {
      batches.push(batch)
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => undefined,
  })
  engine.addClient(1)
  await engine.start()
  const command = (channel: string, input: unknown = {}): Promise<Envelope> =>
    engine.call({ clientId: 1, channel, input: { commandId: newId(), input } })
  const signIn = isNew
    ? await command('workspace.create', { ownerName: 'Nadia', password })
    : await command('access.signIn', { name: 'nadia', password })
  if (!signIn.ok) throw new Error(signIn.error.code)
  return {
    engine,
    batches,
    command,
    call: (channel: string, input: unknown = {}) => engine.call({ clientId: 1, channel, input }),
    query: async <Name extends QueryName>(channel: Name, input: unknown = {}) => {
      const reply = await engine.call({ clientId: 1, channel, input })
      if (!reply.ok) throw new Error(`${channel}: ${reply.error.code}`)
      return reply.value as Output<Name>
    },
  }
}

export type FamilyEngine = Awaited<ReturnType<typeof startFamilyEngine>>

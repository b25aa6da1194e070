import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newSession } from '../../src-main/access/new-session.ts'
import { createRoles } from '../../src-main/access/roles.ts'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import { keysFromPair } from '../../src-main/vault/workspace-keys.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { folderKeychain } from './keychain-folder.ts'

/** A whole engine at the door of a workspace, and copies of one workspace to spoil. */

const newId = createUuidV7Source({ now: Date.now, randomBytes })

/** A reader of roles in which nobody has set anything. */
const untouched = {
  prepare: () => ({ get: () => undefined, all: () => [] }),
} as unknown as StoreReader

/** The machine's clock, and how far it is off. */
export const createSetClock = (): { readonly clock: Clock; off: (ms: number) => void } => {
  let offMs = 0
  return {
    clock: { ...systemClock, now: () => Date.now() + offMs },
    off: (ms) => {
      offMs = ms
    },
  }
}

export const engineAt = (folder: string, clock: Clock = systemClock) => {
  const sessions = createSessions(clock)
  const lines: string[] = []
  const engine = createEngine({
    workspaceDir: join(folder, 'workspace'),
    mode: 'own',
    clock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line), level: 'error' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain: folderKeychain(join(folder, 'keychain')),
    families: [],
    polling: false,
    sessions,
    send: () => undefined,
    switchTo: () => undefined,
  })
  engine.addClient(1, 'terminal')
  const ask = (channel: string, input: object = {}): Promise<Envelope> =>
    engine.call({ clientId: 1, channel, input })
  const tell = (channel: string, input: object = {}): Promise<Envelope> =>
    ask(channel, { commandId: newId(), input })
  return {
    start: engine.start,
    stop: engine.stop,
    sessions,
    /** Of the log: what was unexpected. */
    lines,
    ask,
    tell,
    status: async (): Promise<WorkspaceStatus> => {
      const reply = await ask('workspace.status')
      if (!reply.ok) throw new Error(reply.error.code)
      return reply.value as WorkspaceStatus
    },
    /** As the button of the screen does. */
    retry: () => tell('workspace.unseal', { passphrase: null }),
    signIn: (ownerId: string) => {
      const roles = createRoles(untouched)
      const who = { id: ownerId, name: 'Nadia', login: 'nadia', role: 'owner' }
      sessions.start(
        1,
        newSession(who, { clock, newId, roles, scopes: { of: () => ({ kind: 'all' }) } }),
      )
    },
    note: (text: string) => tell('handover.write', { from: 0, to: 1, text }),
  }
}

/** A workspace with an owner and some notes, closed well. */
export const makeOrigin = async (): Promise<{ folder: string; ownerId: string }> => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-door-'))
  const first = engineAt(folder)
  await first.start()
  const owner = { ownerName: 'Nadia', password: 'a field of quiet barley 7' }
  const made = await first.tell('workspace.create', owner)
  if (!made.ok) throw new Error(made.error.code)
  const ownerId = first.sessions.get(1)?.accountId ?? ''
  for (let number = 0; number < 60; number += 1) await first.note(`${number} ${'x'.repeat(3000)}`)
  await first.stop()
  return { folder, ownerId }
}

export const copyOrigin = (origin: string, folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  cpSync(origin, folder, { recursive: true })
}

export const keysOf = async (folder: string) => {
  const [entry = ''] = readdirSync(join(folder, 'keychain'))
  return keysFromPair(newId(), readFileSync(join(folder, 'keychain', entry)))
}

/** Name and bytes of what must not be lost. */
export const kept = (folder: string): Record<string, string> =>
  Object.fromEntries(
    ['store.db', 'keys.json', 'checkpoints.jsonl'].map((name) => {
      const path = join(folder, 'workspace', name)
      return [name, existsSync(path) ? readFileSync(path).toString('base64') : 'gone']
    }),
  )

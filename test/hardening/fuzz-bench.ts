import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import { newSession } from '../../src-main/access/new-session.ts'
import { createRoles } from '../../src-main/access/roles.ts'
import { systemClock, type Clock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import type { EventBatch } from '../../src-main/engine/outbox.ts'
import { createSessions, type LiveSession } from '../../src-main/engine/sessions.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import { memoryKeychain, type Keychain } from '../../src-main/vault/keychain.ts'
import { keysFromPair } from '../../src-main/vault/workspace-keys.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { builtInRoles } from '../../src-shared/domain/roles.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'

/**
 * A whole engine on a real workspace that reads no OLT, with secrets planted in it and somebody of
 * every role signed in. Windows outside the page answer by themselves; what they showed is a secret.
 */

/** A reader of roles in which nobody has set anything. */
const untouched = {
  prepare: () => ({ get: () => undefined, all: () => [] }),
} as unknown as StoreReader

/** What waits for less is put off; what waits for longer is a limit of time. */
const soonMs = 1_000

/** The machine's clock, on which what was put off can be told to happen now. */
const createHurriedClock = (): { readonly clock: Clock; readonly hurry: () => void } => {
  const soon = new Map<object, () => void>()
  return {
    clock: {
      ...systemClock,
      after: (delayMs, run) => {
        if (delayMs > soonMs) return systemClock.after(delayMs, run)
        const key = {}
        const due = (): void => {
          soon.delete(key)
          run()
        }
        const callOff = systemClock.after(delayMs, due)
        soon.set(key, () => {
          callOff()
          due()
        })
        return () => {
          soon.delete(key)
          callOff()
        }
      },
    },
    hurry: () => {
      // Of this moment: what they put off in their turn is not run.
      const putOff = [...soon.values()]
      for (const now of putOff) now()
    },
  }
}

interface Caller {
  readonly name: string
  readonly clientId: number
  /** Signs in again whoever was signed out. */
  readonly renew: () => void
}

const planted = {
  password: 'planted-Owner-password-61',
  community: 'planted-community-62',
  cliPassword: 'planted-cli-password-63',
  enablePassword: 'planted-enable-password-64',
  writeCommunity: 'planted-write-community-65',
  passphrase: 'planted backup passphrase 66',
} as const

export const createFuzzBench = async (dir: string) => {
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const { clock, hurry } = createHurriedClock()
  const sessions = createSessions(clock)
  const lines: string[] = []
  const secrets = new Set<string>([...Object.values(planted), '$argon2'])
  const told: { clientId: number; batch: EventBatch; session: LiveSession | null }[] = []

  const plantKeys = (pair: Uint8Array): void => {
    if (pair.length !== 64) return
    const keys = keysFromPair(newId(), Uint8Array.from(pair))
    for (const key of [keys.storeKey, keys.vaultKey]) {
      for (const form of ['hex', 'base64', 'base64url'] as const) secrets.add(key.toString(form))
    }
    keys.wipe()
  }
  const inMemory = memoryKeychain()
  const keychain: Keychain = {
    ...inMemory,
    set: (account, value) => {
      plantKeys(value)
      return inMemory.set(account, value)
    },
  }

  const engine = createEngine({
    workspaceDir: dir,
    mode: 'own',
    clock,
    random: () => 0.5,
    newId,
    log: createLog({ write: (line) => lines.push(line), level: 'debug' }),
    host: { name: 'terminal', version: '0', appVersion: '0' },
    keychain,
    families: loadFamilies(join(import.meta.dirname, '..', '..', 'assets', 'olt-families')),
    polling: false,
    sessions,
    send: (clientId, batch) => {
      told.push({ clientId, batch, session: sessions.get(clientId) })
      void engine.call({ clientId, channel: '$ack', input: batch.seq })
    },
    switchTo: () => undefined,
    askPerson: (_clientId, text) => {
      if (!('kind' in text)) return Promise.resolve(text.expected)
      for (const line of text.lines) if (line.length > 7) secrets.add(line)
      return Promise.resolve('')
    },
  })
  await engine.start()

  const call = (clientId: number, channel: string, input: unknown): Promise<Envelope> =>
    engine.call({ clientId, channel, input })
  const must = async <Value>(channel: string, input: object): Promise<Value> => {
    const reply = await call(1, channel, { commandId: newId(), input })
    if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply.error)}`)
    return reply.value as Value
  }

  engine.addClient(1, 'terminal')
  await must('workspace.create', { ownerName: 'Nadia', password: planted.password })
  const { oltId } = await must<{ oltId: string }>('network.addOlt', {
    name: 'OLT Utara',
    host: '127.0.0.1',
    port: 1,
    community: planted.community,
  })
  await must('olt-cli.setAccess', {
    oltId,
    baseVersion: 0,
    port: 1,
    userName: 'noc',
    password: planted.cliPassword,
    enablePassword: planted.enablePassword,
    writeCommunity: planted.writeCommunity,
  })
  await must('backups.setPassphrase', { passphrase: planted.passphrase })
  await must('access.beginSecondFactor', {})
  const owner = sessions.get(1)
  if (owner === null) throw new Error('nobody is signed in')

  const roles = createRoles(untouched)
  const made = await must<{ roleId: string }>('access.saveRole', {
    roleId: null,
    baseVersion: 0,
    name: 'Nothing at all',
    copyOf: 'auditor',
    permissions: [],
    secondFactorRequired: false,
    lockAfterMinutes: 5,
    sessionHours: 8,
  })
  const accountOf = async (login: string, roleId: string): Promise<string> =>
    (await must<{ accountId: string }>('access.createAccount', { name: login, login, roleId }))
      .accountId

  const callers: Caller[] = []
  const add = (name: string, session: () => Omit<LiveSession, 'locked'> | null, locked = false) => {
    const clientId = callers.length + 2
    engine.addClient(clientId, 'terminal')
    const renew = (): void => {
      const now = session()
      if (now === null) return sessions.end(clientId)
      if (sessions.get(clientId)?.locked === locked) return
      sessions.start(clientId, now)
      sessions.setLocked(clientId, locked)
    }
    callers.push({ name, clientId, renew })
  }
  const sessionOf = (id: string, role: string) => () =>
    newSession(
      { id, name: role, login: role, role },
      { clock, newId, roles, scopes: { of: () => ({ kind: 'all' }) } },
    )
  add('nobody', () => null)
  for (const role of builtInRoles) {
    const id = role === 'owner' ? owner.accountId : await accountOf(`caller ${role}`, role)
    add(role, sessionOf(id, role))
    add(`${role} without a step-up`, () => ({ ...sessionOf(id, role)(), steppedUpUntil: null }))
  }
  add('locked owner', sessionOf(owner.accountId, 'owner'), true)
  const empty = await accountOf('caller of nothing', made.roleId)
  add('a role without permissions', () => ({
    ...sessionOf(empty, made.roleId)(),
    permissions: new Set(),
  }))
  const victim = await accountOf('victim', 'auditor')
  for (const caller of callers) caller.renew()

  return {
    engine,
    sessions,
    lines,
    secrets,
    told,
    callers,
    call,
    hurry,
    newId,
    ids: [oltId, victim, made.roleId],
  }
}

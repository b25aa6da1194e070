import { randomBytes, randomInt } from 'node:crypto'
import { writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { newSession } from '../../src-main/access/new-session.ts'
import { createRoles } from '../../src-main/access/roles.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createSessions } from '../../src-main/engine/sessions.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import type { Output } from '../../src-shared/contract/index.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { folderKeychain } from './keychain-folder.ts'
import type { FirstDay, FromConsole, Shift } from './kills-messages.ts'
import { createActs, type Act } from './kills-acts.ts'
import { seededRandom } from './seeded-random.ts'

/**
 * A whole console in a process that will be killed: several people give commands at once while OLTs
 * are read, backups are made and keys are changed. What was acknowledged is said on standard output
 * before the next command is given. Its parent is kills-bench.ts.
 */

const [folder = '', assets = ''] = process.argv.slice(2)

/** In one piece, and written when this returns. */
const say = (message: FromConsole): void => {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`)
  for (let done = 0; done < bytes.length;) done += writeSync(1, bytes, done)
}

/** A reader of roles in which nobody has set anything. */
const untouched = {
  prepare: () => ({ get: () => undefined, all: () => [] }),
} as unknown as StoreReader

const newId = createUuidV7Source({ now: Date.now, randomBytes })
const sessions = createSessions(systemClock)
const engine = createEngine({
  workspaceDir: join(folder, 'workspace'),
  mode: 'own',
  clock: systemClock,
  random: () => randomInt(2 ** 32) / 2 ** 32,
  newId,
  log: createLog({ write: (line) => say({ t: 'log', line }), level: 'error' }),
  host: { name: 'terminal', version: '0', appVersion: '0' },
  keychain: folderKeychain(join(folder, 'keychain')),
  families: loadFamilies(join(assets, 'olt-families')),
  sessions,
  askPerson: () => Promise.resolve(''),
  send: (clientId, batch) => {
    for (const { channel } of batch.events) if (channel === 'network.changed') say({ t: 'polled' })
    void engine.call({ clientId, channel: '$ack', input: batch.seq })
  },
  switchTo: () => undefined,
})

/** What a workspace that is being changed refuses for a moment. */
const passing: readonly string[] = ['workspace-sealed', 'not-signed-in']

const give = async (clientId: number, act: Act): Promise<void> => {
  const commandId = newId()
  const { name, input, entity, key, is } = act
  say({ t: 'given', commandId, name, entity, key, is })
  const reply = await engine.call({ clientId, channel: name, input: { commandId, input } })
  if (reply.ok) {
    const made = act.done(reply.value as Record<string, unknown>)
    say({ t: 'acknowledged', commandId, entity, key: key ?? made })
    return
  }
  const { code } = reply.error
  say({ t: 'refused', commandId, code })
  if (passing.includes(code)) await setTimeout(5)
  else act.refused(code)
}

const ask = async <Value>(channel: string, input: object): Promise<Value> => {
  const reply = await engine.call({ clientId: 1, channel, input })
  if (!reply.ok) throw new Error(`${channel}: ${JSON.stringify(reply.error)}`)
  return reply.value as Value
}
const tell = <Value>(channel: string, input: object): Promise<Value> =>
  ask(channel, { commandId: newId(), input })

type Rule = Output<'alarms.rules'>['rules'][number]

/** Makes the workspace, with people, OLTs that answer and alarms, and closes it well. */
const firstDay = async ({ olts, backupFolder }: FirstDay): Promise<void> => {
  await engine.start()
  engine.addClient(1, 'terminal')
  await tell('workspace.create', { ownerName: 'Nadia', password: 'a field of quiet barley 7' })
  const owner = sessions.get(1)
  if (owner === null) throw new Error('nobody is signed in')
  const people = [{ id: owner.accountId, name: 'Nadia', role: 'owner' }]
  for (const [name, role] of [
    ['Rini', 'administrator'],
    ['Budi', 'noc-engineer'],
  ] as const) {
    const input = { name, login: name, roleId: role }
    const { accountId } = await tell<{ accountId: string }>('access.createAccount', input)
    people.push({ id: accountId, name, role })
  }
  // The owner at a second window.
  people.push({ id: owner.accountId, name: 'Nadia', role: 'owner' })
  await tell('backups.configure', {
    folder: backupFolder,
    schedule: { every: 'off', hour: 3 },
    keep: { last: 2, daily: 0, weekly: 0 },
  })
  // Nobody waits for alarms.
  const { rules } = await ask<{ rules: Rule[] }>('alarms.rules', {})
  for (const { type, rule } of rules.filter(({ type: of }) => of.startsWith('onu-offline'))) {
    const soon = { ...rule, enabled: true, raiseAfterS: 0, importantOnly: false }
    await tell('alarms.setRule', { type, rule: soon })
  }
  for (const { name, port, community } of olts) {
    await tell('network.addOlt', { name, host: '127.0.0.1', port, community })
  }
  for (;;) {
    const { total } = await ask<{ total: number }>('alarms.list', {})
    if (total > 0) break
    await setTimeout(20)
  }
  await engine.stop()
  say({ t: 'first-day', people })
}

const shift = async ({ kill, seed, world, backUp, rotate }: Shift): Promise<void> => {
  await engine.start()
  const { state } = await ask<{ state: string }>('workspace.status', {})
  say({ t: 'started', state })
  const roles = createRoles(untouched)
  for (const [index, { id, name, role }] of world.people.entries()) {
    engine.addClient(index + 1, 'terminal')
    sessions.start(
      index + 1,
      newSession(
        { id, name, login: name, role },
        { clock: systemClock, newId, roles, scopes: { of: () => ({ kind: 'all' }) } },
      ),
    )
  }
  const acts = createActs({ kill, world, random: seededRandom(seed), now: Date.now })
  const person = async (clientId: number, next: () => Act): Promise<never> => {
    for (let turn = 1; ; turn += 1) {
      await give(clientId, next())
      // OLTs answer; and later a backup comes to its end, on a slow machine too.
      await setTimeout(turn < 50 ? 1 : 50)
    }
  }
  const keeper = async (after: number, name: 'workspace.backUp' | 'workspace.rotateKeys') => {
    for (;;) {
      for (let turn = 0; turn < after; turn += 1) await setTimeout(1)
      say({ t: 'begins', name })
      await give(1, acts.keep(name))
    }
  }
  const work: Promise<unknown>[] = [
    person(1, acts.owner),
    person(2, acts.administrator),
    person(3, acts.engineer),
    person(4, acts.planner),
  ]
  if (backUp !== null) work.push(keeper(backUp, 'workspace.backUp'))
  if (rotate !== null) work.push(keeper(rotate, 'workspace.rotateKeys'))
  await Promise.all(work)
}

process.on('message', (message: Shift | FirstDay) => {
  const work = 'olts' in message ? firstDay(message) : shift(message)
  work.catch((error: unknown) => {
    say({ t: 'log', line: `the shift ended: ${String(error)}` })
    process.exit(1)
  })
})
// Nobody waits for it any more.
process.on('disconnect', () => process.exit(1))
// Before it is killed: the next process does not compile it all again.
flushCompileCache()
say({ t: 'loaded' })

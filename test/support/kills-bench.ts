import { fork, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, watch } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { classify } from '../../src-main/audit/classify.ts'
import { verifyAudit } from '../../src-main/audit/verify.ts'
import { finishRestore } from '../../src-main/backups/restore.ts'
import { createPlant } from '../../src-main/simulator/plant.ts'
import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { checkpointFileOf, readCheckpointFile } from '../../src-main/store/audit-checkpoint-file.ts'
import { openStore, type Store } from '../../src-main/store/open-store.ts'
import type { WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { openKeys } from '../../src-main/workspace/rotation.ts'
import { folderKeychain } from './keychain-folder.ts'
import {
  marksOf,
  wrongBackup,
  wrongCommands,
  wrongFiles,
  wrongPages,
  wrongThings,
  type Said,
} from './kills-look.ts'
import type { Entity, FirstDay, FromConsole, Given, Shift, Thing, World } from './kills-messages.ts'
import { smallScenario } from './simulated-plant.ts'

/**
 * A console that is killed again and again, and what is looked at in between: the workspace is opened
 * as the next start would open it, and held against what the dead one had acknowledged.
 */

const assets = resolve(import.meta.dirname, '..', '..', 'assets')
const longestMs = 120_000

/** When it dies: so many ms after a message that it says, or after it was told to begin. */
export interface Moment {
  readonly of: ((message: FromConsole) => boolean) | null
  readonly delayMs: number
}

/**
 * What may be refused here: the workspace is closed for its keys, which breaks a backup off; two
 * backups in one second; an OLT that the console has changed meanwhile.
 */
const foreseen = new Set(['workspace-sealed', 'engine-stopped', 'cancelled', 'conflict'])

const childOf = (folder: string, compiled: string): ChildProcess =>
  fork(join(import.meta.dirname, 'kills-child.ts'), [folder, assets], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })

/** Passes on each line; resolves at the end of its output, when it is gone. */
const linesOf = (child: ChildProcess, take: (message: FromConsole) => void) => {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error('a process without output')
  let complaint = ''
  stderr.on('data', (bytes: Buffer) => (complaint += bytes.toString()))
  createInterface({ input: stdout }).on('line', (line) => {
    // The last one may be cut off by the kill.
    if (line.endsWith('}')) take(JSON.parse(line) as FromConsole)
  })
  return new Promise<{ signal: string | null; complaint: string }>((done) => {
    child.once('close', (_, signal) => done({ signal, complaint }))
  })
}

const queries: Record<Exclude<Entity, 'backup' | 'keys' | 'remark' | 'handover'>, string> = {
  olt: 'SELECT id, version, name FROM olt WHERE deleted_at IS NULL',
  node: 'SELECT id, version, name FROM plant_node WHERE removed_with IS NULL',
  preset: 'SELECT id, version, name FROM provisioning_preset',
  role: 'SELECT id, version, name FROM role',
  employee: 'SELECT id, version, name FROM employee',
}

export const openKillsBench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'nocturne-kills-'))
  const compiled = join(folder, 'compiled')
  const dir = join(folder, 'workspace')
  const backupFolder = join(folder, 'backups')
  mkdirSync(backupFolder)
  const keychain = folderKeychain(join(folder, 'keychain'))
  const plant = createPlant({
    scenario: checkScenario(
      smallScenario({
        population: { offlineShare: 0.4, disabledShare: 0, flappingShare: 0, dailyOutageShare: 0 },
      }),
    ),
    clock: Date,
  })
  const addresses = await plant.start()
  let spare: ChildProcess | null = null
  const stop = async (): Promise<void> => {
    spare?.kill('SIGKILL')
    await plant.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const nextChild = (): ChildProcess => {
    const child = spare ?? childOf(folder, compiled)
    spare = childOf(folder, compiled)
    return child
  }

  const firstDay = async (): Promise<World['people']> => {
    const child = nextChild()
    let people: World['people'] | null = null
    const complaints: string[] = []
    const closed = linesOf(child, (message) => {
      if (message.t === 'log') complaints.push(message.line)
      if (message.t !== 'first-day') return
      people = message.people
      child.kill('SIGKILL')
    })
    const olts = addresses.map(({ oltName: name, port, community }) => ({ name, port, community }))
    child.send({ olts, backupFolder } satisfies FirstDay)
    const { complaint } = await closed
    if (people === null) throw new Error(`no first day: ${complaint} ${complaints.join('\n')}`)
    return people
  }

  /** A shift that is killed at its moment. */
  const killedAt = async (shift: Shift, { of, delayMs }: Moment): Promise<Said> => {
    const child = nextChild()
    const given = new Map<string, Given>()
    const acknowledged: Given[] = []
    const refused: { given: Given; code: string }[] = []
    const complaints: string[] = []
    let polled = 0
    let dying = false
    const late = setTimeout(() => {
      const codes = refused.map(({ given: { name }, code }) => `${name} ${code}`)
      complaints.push(`its moment never came; refused: ${[...new Set(codes)].join(', ')}`)
      child.kill('SIGKILL')
    }, longestMs)
    const take = (message: FromConsole): void => {
      switch (message.t) {
        case 'given':
          given.set(message.commandId, message)
          break
        case 'acknowledged': {
          const one = given.get(message.commandId)
          if (one !== undefined) acknowledged.push({ ...one, key: message.key ?? one.key })
          given.delete(message.commandId)
          break
        }
        case 'refused': {
          const one = given.get(message.commandId)
          if (one !== undefined) refused.push({ given: one, code: message.code })
          if (!foreseen.has(message.code)) complaints.push(`${one?.name}: ${message.code}`)
          given.delete(message.commandId)
          break
        }
        case 'started':
          if (message.state !== 'ready') complaints.push(`it started ${message.state}`)
          break
        case 'polled':
          polled += 1
          break
        case 'log':
          complaints.push(message.line)
          break
        case 'loaded':
        case 'first-day':
        case 'begins':
        case 'file':
          break
      }
      if (of?.(message) === true) die()
    }
    const die = (): void => {
      if (dying) return
      dying = true
      if (delayMs === 0) child.kill('SIGKILL')
      else setTimeout(() => child.kill('SIGKILL'), delayMs)
    }
    const watchers = [dir, backupFolder].map((watched) =>
      watch(watched, (_, name) => take({ t: 'file', name: name ?? '' })),
    )
    const closed = linesOf(child, take)
    child.send(shift)
    if (of === null) die()
    const { signal, complaint } = await closed
    for (const watcher of watchers) watcher.close()
    clearTimeout(late)
    if (signal !== 'SIGKILL') complaints.push(`it ended by itself: ${complaint}`)
    return { acknowledged, pending: [...given.values()], refused, complaints, polled }
  }

  const expected = new Map<string, Given>()
  const ids = new Set<string>()
  const parts = new Set<string>()

  /** Opens the workspace as the next start would. Who gets it closes it. */
  const open = async (): Promise<{ store: Store; keys: WorkspaceKeys; close: () => void }> => {
    finishRestore(dir)
    const keys = await openKeys(dir, { keychain })
    const store = openStore({
      path: join(dir, 'store.db'),
      key: keys.storeKey,
      auditKey: keys.auditKey,
      auditDetailKey: keys.auditDetailKey,
      classify,
      clock: { now: Date.now },
      mode: 'open',
    })
    return { store, keys, close: () => (store.stop(), keys.wipe()) }
  }

  /** What there is, as the people of the next shift will find it. */
  const worldIn = ({ reader }: Store, people: World['people']): World => {
    const things = (entity: keyof typeof queries): Thing[] =>
      reader.prepare<[], Thing>(queries[entity]).all()
    return {
      people,
      alarms: reader
        .prepare<[], { id: string }>('SELECT id FROM alarm WHERE closed_at IS NULL ORDER BY id')
        .all()
        .map(({ id }) => id),
      // Those that answer are read, and left as they are.
      olts: things('olt').filter(({ name }) => name.startsWith('olt ')),
      nodes: things('node'),
      presets: things('preset'),
      roles: things('role'),
      employees: things('employee'),
    }
  }

  /** Everything that is wrong; empty: nothing. */
  const look = async (said: Said, people: World['people']) => {
    const marks = marksOf(dir, backupFolder, parts)
    const wrong: string[] = [...said.complaints]
    const { store, keys, close } = await open()
    try {
      wrong.push(...wrongFiles(dir, join(folder, 'keychain')))
      wrong.push(...wrongPages(store.reader))
      wrong.push(...wrongCommands(store.reader, said, ids))
      wrong.push(...wrongThings(store.reader, said, expected))
      const proof = verifyAudit(store.reader, keys.auditKey, {
        auditDetailKey: keys.auditDetailKey,
        checkpoints: readCheckpointFile(checkpointFileOf(store.path)),
      })
      if (!proof.ok) wrong.push(`the audit: ${JSON.stringify(proof)}`)
      wrong.push(...(await wrongBackup(store, keys, backupFolder, said)))
      return { wrong, marks, rows: proof.rows, world: worldIn(store, people) }
    } finally {
      close()
    }
  }

  return { dir, backupFolder, firstDay, killedAt, look, stop }
}

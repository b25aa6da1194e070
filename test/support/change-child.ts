import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { systemClock } from '../../src-main/engine/clock.ts'
import { createEngine } from '../../src-main/engine/engine.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { loadFamilies } from '../../src-main/olt/family/load-families.ts'
import type { Boundary } from '../../src-main/provisioning/ports.ts'
import type { Keychain } from '../../src-main/vault/keychain.ts'

/**
 * A whole engine in a process of its own that can be killed at a boundary of a step, as the app may
 * be. Its parent (change-lab.ts) speaks with it as the window does. Keys lie in a file of the test's
 * folder, so that the next process opens the same workspace.
 */

const [folder = '', assets = ''] = process.argv.slice(2)

/** What the parent may send. */
export type ToChild =
  | { readonly id: number; readonly channel: string; readonly input: unknown }
  /** Dies when `point` is reached for the n-th time from now on; or tells, and goes on when told. */
  | {
      readonly at: { readonly point: Boundary; readonly nth: number; readonly act: 'die' | 'wait' }
    }
  /** The workspace is this process's from now on: a spare one waits for it. */
  | { readonly begin: true }
  | { readonly goOn: true }
  | { readonly stop: true }

const tell = (message: object): void => void process.send?.(message)

const keyFile = join(folder, 'keys.json')
const readKeys = (): Record<string, string> => {
  try {
    return JSON.parse(readFileSync(keyFile, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}
const keychain: Keychain = {
  kind: 'memory',
  get: (account) => {
    const value = readKeys()[account]
    return Promise.resolve(value === undefined ? null : Buffer.from(value, 'base64'))
  },
  set: (account, value) => {
    const keys = { ...readKeys(), [account]: Buffer.from(value).toString('base64') }
    writeFileSync(keyFile, JSON.stringify(keys))
    return Promise.resolve()
  },
  delete: () => Promise.resolve(false),
}

let watched: { point: Boundary; left: number; act: 'die' | 'wait' } | null = null
let goOn: (() => void) | null = null

const engine = createEngine({
  workspaceDir: join(folder, 'workspace'),
  mode: 'own',
  clock: systemClock,
  random: () => randomInt(2 ** 32) / 2 ** 32,
  newId: createUuidV7Source({ now: Date.now, randomBytes }),
  log: createLog({ write: (line) => tell({ log: line }) }),
  host: { name: 'chromium', version: '0', appVersion: '0' },
  keychain,
  families: loadFamilies(join(assets, 'olt-families')),
  familyFolders: [join(assets, 'olt-families')],
  send: (clientId, batch) => {
    tell({ batch })
    void engine.call({ clientId, channel: '$ack', input: batch.seq })
  },
  switchTo: () => undefined,
  // The person confirms what he is asked; what he was asked is told.
  askPerson: (_, text) => {
    tell({ asked: text })
    return Promise.resolve('expected' in text ? text.expected : '')
  },
  provisioningHooks: {
    // A simulated OLT is over its troubles sooner than a real one.
    hurry: 20,
    at: (point) => {
      if (watched === null || watched.point !== point || --watched.left > 0) return undefined
      const { act } = watched
      watched = null
      // Nothing is tidied up: a power cut.
      if (act === 'die') process.kill(process.pid, 'SIGKILL')
      tell({ reached: point })
      return new Promise<void>((resolve) => {
        goOn = resolve
      })
    },
  },
})

const begin = async (): Promise<void> => {
  await engine.start()
  engine.addClient(1)
  tell({ started: true })
}

process.on('message', (message: ToChild) => {
  if ('begin' in message) void begin()
  else if ('channel' in message) {
    const { id, channel, input } = message
    void engine.call({ clientId: 1, channel, input }).then((envelope) => tell({ id, envelope }))
  } else if ('at' in message) {
    watched = { point: message.at.point, left: message.at.nth, act: message.at.act }
    tell({ watching: true })
  } else if ('goOn' in message) {
    goOn?.()
    goOn = null
  } else void engine.stop().then(() => process.exit(0))
})
// Before it is killed: the next process does not compile it all again.
flushCompileCache()

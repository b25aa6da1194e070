import { randomBytes, randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import type { PersonQuestion } from '../../src-shared/contract/confirm-text.ts'
import { createUuidV7Source } from '../../src-shared/domain/uuid-v7.ts'
import { loadFamilies } from '../olt/family/load-families.ts'
import type { PlantAddress } from '../simulator/plant.ts'
import { startPlantWorker } from '../simulator/start-plant-worker.ts'
import { memoryKeychain } from '../vault/keychain.ts'
import { openOsKeychain } from '../vault/os-keychain.ts'
import { forgetKeys } from '../vault/vault.ts'
import { systemClock } from './clock.ts'
import { openRegistry } from '../workspace/registry.ts'
import { createEngine } from './engine.ts'
import type { Engine } from './engine-options.ts'
import { createLog } from './log.ts'
import { openLogFile } from './log-file.ts'
import type { SimulatedCli } from './simulated-olts.ts'
import type { EngineWorkerData, FromEngine, ToEngine } from './worker-messages.ts'

/** The engine's thread: set-up, then messages in and out. Electron's own thread never waits. */

const data = workerData as EngineWorkerData
const port = parentPort
if (port === null) throw new Error('the engine worker was started as a program')
const post = (message: FromEngine): void => port.postMessage(message)

const log = createLog({ write: openLogFile(data.logPath) })

/** Questions that a person outside the page is being asked. */
const asked = new Map<number, (typed: string | null) => void>()
let lastAsked = 0

const ask = (clientId: number, text: PersonQuestion, signal: AbortSignal): Promise<string | null> =>
  new Promise((resolve) => {
    const id = ++lastAsked
    const settle = (typed: string | null): void => {
      asked.delete(id)
      signal.removeEventListener('abort', giveUp)
      resolve(typed)
    }
    const giveUp = (): void => {
      post({ t: 'confirm-off', id })
      settle(null)
    }
    if (signal.aborted) return resolve(null)
    asked.set(id, settle)
    signal.addEventListener('abort', giveUp)
    post({ t: 'confirm', id, clientId, text })
    return undefined
  })

/** Addresses that the system's browser is to open. */
const opening = new Map<number, (isOpen: boolean) => void>()
let lastOpened = 0

const openInBrowser = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const id = ++lastOpened
    opening.set(id, resolve)
    post({ t: 'open-in-browser', id, address })
  })

/** The plant, and a port for its traps that no other demo has. */
const startPlant = async () => {
  if (data.mode !== 'simulated' || data.scenarioPath === null) return null
  const trapPort = await freeUdpPort()
  const plant = await startPlantWorker({
    scenarioPath: data.scenarioPath,
    trapTarget: { host: '127.0.0.1', port: trapPort },
  })
  return { ...plant, trapPort }
}

const freeUdpPort = async (): Promise<number> => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port: free } = socket.address()
  socket.close()
  await once(socket, 'close')
  return free
}

/** SSH where it has it. */
const simulatedCli = (
  cli: PlantAddress['cli'],
  writeCommunity: string | null,
): { readonly cli?: SimulatedCli } => {
  const port = cli?.sshPort ?? cli?.telnetPort ?? null
  if (cli === null || port === null) return {}
  const { userName, password, enablePassword, sshPort } = cli
  const transport = sshPort === null ? 'telnet' : 'ssh'
  return { cli: { transport, port, userName, password, enablePassword, writeCommunity } }
}

const main = async (): Promise<{ engine: Engine; end: () => Promise<void> }> => {
  const [osKeychain, plant] = await Promise.all([openOsKeychain(), startPlant()])
  // A simulated workspace is thrown away: where there is no keychain its key lives in memory.
  const keychain =
    osKeychain.kind === 'none' && data.mode === 'simulated' ? memoryKeychain() : osKeychain
  const newId = createUuidV7Source({ now: Date.now, randomBytes })
  const engine = createEngine({
    workspaceDir: data.workspaceDir,
    mode: data.mode,
    clock: systemClock,
    random: () => randomInt(2 ** 32) / 2 ** 32,
    newId,
    ...(data.workspaces === null
      ? {}
      : { registry: openRegistry({ ...data.workspaces, now: Date.now, newId }) }),
    log,
    host: data.host,
    keychain,
    families: data.familyFolders.flatMap((folder) => loadFamilies(folder)),
    familyFolders: data.familyFolders,
    simulatedOlts: (plant?.olts ?? []).map(
      ({ oltName, host, port, community, v3, cli, writeCommunity }) => ({
        name: oltName,
        host,
        port,
        ...simulatedCli(cli, writeCommunity),
        ...(v3 === null ? { community } : { snmpVersion: '3', ...v3 }),
      }),
    ),
    ...(plant === null ? {} : { trapPort: plant.trapPort, simulatedOutside: plant.outside }),
    ...(plant === null || plant.pastDays === 0
      ? {}
      : { simulatedPast: { days: plant.pastDays, of: plant.past } }),
    send: (clientId, batch) => post({ t: 'events', clientId, batch }),
    askPerson: ask,
    askFile: ask,
    openInBrowser,
    onTurnedAway: () => post({ t: 'turned-away' }),
    notify: (notice) => post({ t: 'notice', notice }),
    badge: (badge) => post({ t: 'badge', badge }),
    switchTo: (target) => post({ t: 'switch', target }),
    onFirstFullPoll: (result) => post({ t: 'first-full-poll', result }),
  })
  await engine.start()
  return {
    engine,
    async end() {
      await engine.stop()
      await plant?.stop()
      if (data.mode === 'simulated') {
        await forgetKeys(data.workspaceDir, keychain)
        rmSync(data.workspaceDir, { recursive: true, force: true })
      }
    },
  }
}

const started = main()
started.then(
  () => post({ t: 'started' }),
  (error: unknown) => {
    log.error('the engine could not start', { error })
    post({ t: 'failed', message: error instanceof Error ? error.message : 'unknown' })
  },
)

const handle = async (message: ToEngine): Promise<void> => {
  const { engine, end } = await started
  switch (message.t) {
    case 'call': {
      const { id, clientId, channel, input } = message
      post({ t: 'reply', id, envelope: await engine.call({ clientId, channel, input }) })
      break
    }
    case 'client':
      engine.addClient(message.clientId)
      break
    case 'client-gone':
      engine.clientGone(message.clientId)
      break
    case 'lock':
      engine.lock(message.reason)
      break
    case 'idle':
      engine.idleFor(message.seconds)
      break
    case 'wake':
      engine.wake()
      break
    case 'open-route':
      engine.openRoute(message.clientId, message.route)
      break
    case 'confirmed':
      asked.get(message.id)?.(message.typed)
      break
    case 'opened-in-browser':
      opening.get(message.id)?.(message.isOpen)
      opening.delete(message.id)
      break
    case 'stop':
      await end()
      post({ t: 'stopped' })
      break
  }
}

const notStarted = {
  ok: false,
  error: { code: 'engine-stopped', params: {}, traceId: 'worker' },
} as const

port.on('message', (message: ToEngine) => {
  handle(message).catch((error: unknown) => {
    log.error('a message to the engine failed', { kind: message.t, error })
    // Whoever asked gets an answer, also from an engine that never came up.
    if (message.t === 'call') post({ t: 'reply', id: message.id, envelope: notStarted })
    if (message.t === 'stop') post({ t: 'stopped' })
  })
})

import { join } from 'node:path'
import type { Payload } from '../../src-shared/contract/index.ts'
import type { WorkspaceStatus } from '../../src-shared/contract/workspace.ts'
import type { Envelope } from '../../src-shared/contract/envelope.ts'
import { newSession } from '../access/new-session.ts'
import { createAccessQueries } from '../access/queries.ts'
import { planOwner } from '../access/owner.ts'
import { describeSession } from './sessions.ts'
import type { FirstFullPoll } from '../network/network.ts'
import type { OltFamily } from '../olt/family/load-families.ts'
import { confirmText } from '../notices/confirm-words.ts'
import { createNotices, type DesktopBadge, type DesktopNotice } from '../notices/notices.ts'
import { recordRefusal, runCommand } from '../store/write-path.ts'
import type { Keychain } from '../vault/keychain.ts'
import { createWorkspace } from '../workspace/workspace.ts'
import type { Clock } from './clock.ts'
import type { DoorHandlers } from './capabilities.ts'
import { createConfirm, type AskPerson } from './confirm.ts'
import type { CallContext, Emit } from './handlers.ts'
import type { Log } from './log.ts'
import { openWorkspace, type OpenedWorkspace, type OpenWorkspaceOptions } from './open-workspace.ts'
import { ackChannel, createOutbox, type EventBatch } from './outbox.ts'
import { createRouter, type CommandRun } from './router.ts'
import { createSessions, decideAccess } from './sessions.ts'
import type { SimulatedOlt } from './simulated-olts.ts'
import { watchForSleep } from './sleep-watch.ts'

/**
 * The engine: everything but windows. It runs in a worker of Electron's main process, in the CLI
 * and in tests, and is the same in each.
 */
export interface EngineOptions {
  readonly workspaceDir: string
  readonly mode: 'own' | 'simulated'
  readonly clock: Clock
  readonly random: () => number
  readonly newId: () => string
  readonly log: Log
  readonly host: WorkspaceStatus['host']
  readonly keychain: Keychain
  readonly families: readonly OltFamily[]
  /** Where they lie; without it, what is written about them is not shown. */
  readonly familyFolders?: readonly string[]
  /** False: opens the workspace and reads no OLT (terminal). Default: true. */
  readonly polling?: boolean
  /** The plant, in a simulated workspace. */
  readonly simulatedOlts?: readonly SimulatedOlt[]
  /** Where the plant sends its traps: heard there, from this machine alone. */
  readonly trapPort?: number
  /** What the plant would have said before the start: its history is filled with it. */
  readonly simulatedPast?: NonNullable<OpenWorkspaceOptions['simulatedPast']>
  /** What lies between its OLTs' ports and its ONUs: fills the outside plant. */
  readonly simulatedOutside?: Parameters<OpenedWorkspace['fillPlant']>[0]
  readonly send: (clientId: number, batch: EventBatch) => void
  readonly switchTo: (target: 'simulated' | 'own') => void
  /** What is to be shown outside the windows; without them nothing is. */
  readonly notify?: (notice: DesktopNotice) => void
  readonly badge?: (badge: DesktopBadge) => void
  /** Asks a person outside the page; without it what must be confirmed is refused. */
  readonly askPerson?: AskPerson
  readonly onFirstFullPoll?: (result: FirstFullPoll) => void
  /** Where a test lets the console die in the middle of a change. */
  readonly provisioningHooks?: NonNullable<OpenWorkspaceOptions['provisioningHooks']>
}

export type LockReason = 'os-lock' | 'suspend' | 'idle' | 'user'

export interface Engine {
  /** Opens the workspace if that needs nobody's help. */
  start(): Promise<void>
  addClient(clientId: number, kind?: 'console' | 'terminal'): void
  clientGone(clientId: number): void
  /** Never rejects. */
  call(request: { clientId: number; channel: string; input: unknown }): Promise<Envelope>
  /** Screen lock of all sessions. */
  lock(reason: LockReason): void
  /** Nobody has touched the machine for so long: locks whose preference says so. */
  idleFor(seconds: number): void
  /** The machine has slept, or its network has changed: everything is asked soon. */
  wake(): void
  /** A notification was clicked at this client. */
  openRoute(clientId: number, route: string): void
  stop(): Promise<void>
}

/** Known by intent: the simulated workspace protects nothing and is thrown away. */
export const simulatedOwner = { name: 'Demo owner', password: 'look-around' } as const

export const createEngine = (options: EngineOptions): Engine => {
  const { clock, log, newId } = options
  const sessions = createSessions(clock)
  const clientKinds = new Map<number, 'console' | 'terminal'>()
  let opened: OpenedWorkspace | null = null

  const outbox = createOutbox({
    clock,
    mayReceive: (clientId, access) =>
      decideAccess(sessions.get(clientId), access, false) === 'allowed',
    send: options.send,
    onBug: (name, error) => log.error('an event could not be made', { name, error }),
  })

  sessions.onChange((clientId) =>
    outbox.emit(
      'access.sessionChanged',
      () => ({ session: describeSession(sessions.get(clientId)) }),
      { to: clientId },
    ),
  )

  const notices = createNotices({
    clock,
    person: () => {
      for (const [clientId, session] of sessions.all()) {
        if (clientKinds.get(clientId) !== 'console' || opened === null) continue
        if (!session.permissions.has('alarms.alarm.read')) continue
        return { locked: session.locked, preferences: opened.preferencesOf(session.accountId) }
      }
      return null
    },
    show: options.notify ?? (() => undefined),
    badge: options.badge ?? (() => undefined),
  })
  sessions.onChange(() => notices.personChanged())

  /** Events for the windows; of alarms the desktop is told too. */
  const emit: Emit = (name, source, to) => {
    outbox.emit(name, source, to)
    if (name !== 'alarms.notice' && name !== 'alarms.changed') return
    const made = typeof source === 'function' ? source() : source
    if (made === null) return
    if (name === 'alarms.notice') notices.notice(made as Payload<'alarms.notice'>)
    else notices.summary(made as Payload<'alarms.changed'>)
  }

  const confirm = createConfirm({
    clock,
    ask: options.askPerson ?? null,
    textOf: (clientId, request) => {
      const session = sessions.get(clientId)
      const preferences =
        session === null || opened === null ? null : opened.preferencesOf(session.accountId)
      return confirmText(request, {
        language: preferences?.language ?? 'en',
        theme: preferences?.theme ?? 'system',
      })
    },
    mayAnswer: (clientId) => sessions.get(clientId)?.locked === false,
  })

  const workspace = createWorkspace({
    dir: options.workspaceDir,
    mode: options.mode,
    keychain: options.keychain,
    host: options.host,
    log,
    newId,
    open(keys) {
      opened = openWorkspace(keys, {
        ...options,
        storePath: join(options.workspaceDir, 'store.db'),
        sessions,
        emit,
        confirm,
      })
    },
    isOpen: () => opened !== null,
    hasOwner: () => opened !== null && opened.accounts.count() > 0,
    planOwner: (owner, context) =>
      planOwner(owner, context, { sessions, clock, newId, workspace: () => opened }),
    begin: () => {
      signInSimulatedOwner()
      // A simulated workspace begins when the plant's OLTs are in it.
      if (options.mode === 'own' && options.polling !== false) opened?.begin()
    },
    cancelTask: (clientId, taskId) => router.cancel(clientId, taskId),
    switchTo: options.switchTo,
    statusChanged: (status) => outbox.emit('workspace.statusChanged', status),
  })

  const door: DoorHandlers = {
    queries: { ...workspace.queries, ...createAccessQueries(sessions) },
    commands: workspace.commands,
  }

  const actorOf = (context: CallContext) => ({
    accountId: context.session?.accountId ?? null,
    sessionId: context.session?.sessionId ?? null,
    clientKind: clientKinds.get(context.clientId) ?? 'console',
  })

  const execute = async ({ commandId, name, context, auditInput, plan }: CommandRun) => {
    if (opened === null) throw new Error('a command without an open workspace')
    const run = runCommand(
      opened.store,
      { commandId, name, actor: actorOf(context), auditInput, at: clock.now() },
      (tx) => ({ result: plan.apply(tx) }),
    )
    if (!run.replayed) await plan.after?.(run.result)
    return run.result
  }

  const router = createRouter({
    sessions,
    clock,
    log,
    handlers: () =>
      opened === null
        ? door
        : {
            queries: { ...door.queries, ...opened.handlers.queries },
            commands: { ...door.commands, ...opened.handlers.commands },
          },
    runCommand: execute,
    recordRefusal({ name, context, auditInput, code }) {
      if (opened === null) return
      try {
        recordRefusal(opened.store, {
          commandId: newId(),
          name,
          actor: actorOf(context),
          auditInput,
          at: clock.now(),
          outcome: 'refused',
          code,
        })
      } catch (error) {
        log.error('a refusal could not be recorded', { name, error })
      }
    },
    progress: (clientId, taskId, step, done, total) =>
      outbox.emit(
        'workspace.progress',
        { taskId, step, done, total },
        { to: clientId, key: taskId },
      ),
    newTraceId: () => newId().slice(-12),
  })

  /** Who looks around on the simulated plant is signed in already. */
  const signInSimulatedOwner = (): void => {
    if (options.mode !== 'simulated' || opened === null) return
    const account = opened.accounts.byLogin(simulatedOwner.name.toLowerCase())
    if (account === undefined) return
    for (const clientId of clientKinds.keys()) {
      if (sessions.get(clientId) !== null) continue
      sessions.start(clientId, newSession(account, { clock, newId, roles: opened.roles }))
    }
  }

  /** The engine's own client, for what it does by itself. */
  const self = -1

  /** The owner and the plant's OLTs, through the same commands as everyone's. */
  const fillSimulatedWorkspace = async (): Promise<void> => {
    const reply = await router.call({
      clientId: self,
      channel: 'workspace.create',
      input: {
        commandId: newId(),
        input: { ownerName: simulatedOwner.name, password: simulatedOwner.password },
      },
    })
    if (!reply.ok) {
      log.error('the simulated workspace could not be made', { code: reply.error.code })
    }
    const olts = options.simulatedOlts ?? []
    for (const olt of olts) {
      // Simulated OLTs bear every question; the last shows what its family's own caution looks like.
      const opticsPolling = olt === olts.at(-1) ? 'family' : 'on'
      const { cli, ...address } = olt
      const added = await router.call({
        clientId: self,
        channel: 'network.addOlt',
        input: { commandId: newId(), input: { ...address, opticsPolling } },
      })
      if (!added.ok) {
        log.error('a simulated OLT could not be added', { code: added.error.code })
        continue
      }
      if (cli === undefined) continue
      const { oltId } = added.value as { oltId: string }
      const entered = await router.call({
        clientId: self,
        channel: 'olt-cli.setAccess',
        input: {
          commandId: newId(),
          input: { ...cli, oltId, baseVersion: 0, allowTelnet: cli.transport === 'telnet' },
        },
      })
      if (!entered.ok) {
        log.error('the CLI of a simulated OLT could not be entered', { code: entered.error.code })
      }
    }
    sessions.end(self)
  }

  const lockClient = (clientId: number, reason: LockReason): void => {
    const session = sessions.get(clientId)
    if (session === null || session.locked) return
    sessions.setLocked(clientId, true)
    if (opened === null) return
    try {
      runCommand(
        opened.store,
        {
          commandId: newId(),
          name: 'access.lock',
          actor: {
            accountId: session.accountId,
            sessionId: session.sessionId,
            clientKind: 'engine',
          },
          auditInput: { reason },
          at: clock.now(),
        },
        () => ({ result: {} }),
      )
    } catch (error) {
      log.error('a lock could not be recorded', { reason, error })
    }
  }

  const wake = (): void => {
    log.info('the machine is awake: everything is asked soon')
    opened?.wake()
  }
  const stopSleepWatch = watchForSleep(clock, wake)

  return {
    async start() {
      await workspace.start()
      if (options.mode === 'simulated' && workspace.status().state === 'new') {
        await fillSimulatedWorkspace()
        if (options.polling !== false) opened?.begin()
        if (options.simulatedOutside !== undefined) opened?.fillPlant(options.simulatedOutside)
      }
    },
    addClient(clientId, kind = 'console') {
      clientKinds.set(clientId, kind)
      outbox.addClient(clientId)
      signInSimulatedOwner()
    },
    clientGone(clientId) {
      router.clientGone(clientId)
      outbox.removeClient(clientId)
      opened?.clientGone(clientId)
      sessions.end(clientId)
      clientKinds.delete(clientId)
    },
    call(request) {
      if (request.channel === ackChannel) {
        outbox.ack(request.clientId, Number(request.input))
        return Promise.resolve({ ok: true, value: {} })
      }
      return router.call(request)
    },
    lock(reason) {
      for (const clientId of sessions.all().keys()) lockClient(clientId, reason)
    },
    idleFor(seconds) {
      if (opened === null) return
      for (const [clientId, session] of sessions.all()) {
        const minutes = opened.preferencesOf(session.accountId).lockAfterMinutes
        if (minutes > 0 && seconds >= minutes * 60) lockClient(clientId, 'idle')
      }
    },
    wake,
    openRoute: (clientId, route) => outbox.emit('workspace.openRoute', { route }, { to: clientId }),
    async stop() {
      stopSleepWatch()
      notices.stop()
      router.stop()
      outbox.stop()
      await opened?.stop()
      opened = null
    },
  }
}

import { join } from 'node:path'
import { events, type Payload } from '../../src-shared/contract/index.ts'
import type { Session } from '../../src-shared/contract/access.ts'
import type { Preferences } from '../../src-shared/contract/preferences.ts'
import { proveChainUnder } from '../audit/chain-proof.ts'
import { createAccessQueries } from '../access/queries.ts'
import { planOwner } from '../access/owner.ts'
import { createChosenFiles } from '../backups/chosen-files.ts'
import { createRestoreDoor, type WorkspaceDoor } from '../backups/restore-door.ts'
import { finishRestore } from '../backups/restore.ts'
import { confirmText, fileQuestion } from '../notices/confirm-words.ts'
import { secretText } from '../notices/secret-words.ts'
import { createNotices } from '../notices/notices.ts'
import { runCommand } from '../store/write-path.ts'
import { openKeys } from '../workspace/rotation.ts'
import { createWorkspace, type Workspace } from '../workspace/workspace.ts'
import { createWorkspaces } from '../workspace/workspaces.ts'
import { createAuditDesk } from './audit-desk.ts'
import type { DoorHandlers } from './capabilities.ts'
import { createConfirm } from './confirm.ts'
import { createHandlerTable } from './handler-table.ts'
import type { CallContext, Emit } from './handlers.ts'
import type { Engine, EngineOptions } from './engine-options.ts'
import { openWorkspace } from './open-workspace.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import { noticePersonOf } from './notice-person.ts'
import { ackChannel, createOutbox } from './outbox.ts'
import { everything, isReached, type BelongingOf, type Reach } from './reach.ts'
import { restorePorts } from './restore-ports.ts'
import { createRouter, type CommandRun } from './router.ts'
import { createScreenLock } from './screen-lock.ts'
import { createShowSecret } from './secret-window.ts'
import {
  createSessions,
  decideAccess,
  describeSession,
  hasSteppedUp,
  lockMinutes,
  type LiveSession,
} from './sessions.ts'
import { createSimulatedWorkspace } from './simulated-workspace.ts'
import { watchForSleep } from './sleep-watch.ts'
import { watchSilence } from './heartbeat.ts'
import { lastAuditAt, recordClockBack, watchClockBack } from './clock-back.ts'

export const createEngine = (options: EngineOptions): Engine => {
  const { clock, log, newId } = options
  const sessions = options.sessions ?? createSessions(clock)
  const clientKinds = new Map<number, 'console' | 'terminal'>()
  let opened: OpenedWorkspace | null = null
  const storeNow = () => opened?.store ?? null

  const reachOf = (session: LiveSession | null): Reach =>
    session === null || opened === null ? everything : opened.scopes.reachOf(session.accountId)
  const belongingOf: BelongingOf = (...named) => opened?.belongingOf(...named) ?? null

  const outbox = createOutbox({
    clock,
    mayReceive: (clientId, access) =>
      decideAccess(sessions.get(clientId), access, false) === 'allowed',
    reachOf: (clientId) => reachOf(sessions.get(clientId)),
    belongingOf,
    send: options.send,
    onBug: (name, error) => log.error('an event could not be made', { name, error }),
  })

  const preferencesAt = (clientId: number): Preferences | null => {
    const accountId = opened?.access.accountAt(clientId) ?? null
    return opened === null || accountId === null ? null : opened.preferencesOf(accountId)
  }

  const lockMinutesOf = (session: LiveSession): number =>
    lockMinutes(
      session.lockAfterMinutes,
      opened?.preferencesOf(session.accountId).lockAfterMinutes ?? 0,
    )

  const described = (clientId: number): Session | null => {
    const session = sessions.get(clientId)
    return session === null ? null : describeSession(session, lockMinutesOf(session))
  }

  const tellSession = (clientId: number): void =>
    outbox.emit('access.sessionChanged', () => ({ session: described(clientId) }), {
      to: clientId,
    })
  sessions.onChange(tellSession)

  sessions.onChange((clientId) => {
    if (sessions.get(clientId)?.locked !== false) options.onTurnedAway?.()
  })

  /** Who sits at the console and may hear of alarms. */
  const personAt = () => {
    for (const [clientId, session] of sessions.all()) {
      if (clientKinds.get(clientId) !== 'console' || opened === null) continue
      if (!session.permissions.has('alarms.alarm.read')) continue
      return { session, preferences: opened.preferencesOf(session.accountId) }
    }
    return null
  }

  const notices = createNotices({
    clock,
    person: () => noticePersonOf(personAt()),
    show: options.notify ?? (() => undefined),
    badge: options.badge ?? (() => undefined),
  })
  sessions.onChange(() => notices.personChanged())

  /** Events for the windows; of alarms the desktop is told too. */
  const emit: Emit = (name, source, to) => {
    outbox.emit(name, source, to)
    // How soon the screen locks is told with the session.
    if (name === 'preferences.changed' && typeof to?.to === 'number') tellSession(to.to)
    if (name !== 'alarms.notice' && name !== 'alarms.changed' && name !== 'tickets.notice') return
    const session = personAt()?.session ?? null
    // SECURITY: the desktop tells nobody what he may not read.
    if (session?.permissions.has(events[name].access) === false) return
    const reach = reachOf(session)
    const made = typeof source === 'function' ? source(reach) : source
    // What is beyond a person's reach is not told to him by the desktop either.
    if (made === null || !isReached(reach, events[name], made, belongingOf)) return
    if (name === 'alarms.notice') notices.notice(made as Payload<'alarms.notice'>)
    else if (name === 'tickets.notice') notices.ticket(made as Payload<'tickets.notice'>)
    else notices.summary(made as Payload<'alarms.changed'>)
  }

  const lookOf = (clientId: number): Pick<Preferences, 'language' | 'theme'> =>
    preferencesAt(clientId) ?? { language: 'en', theme: 'system' }

  const confirm = createConfirm({
    clock,
    ask: options.askPerson ?? null,
    textOf: (clientId, request) => confirmText(request, lookOf(clientId)),
    mayAnswer: (clientId) => sessions.get(clientId)?.locked === false,
    hasSteppedUp: (clientId) => hasSteppedUp(sessions.get(clientId), clock.now()),
  })

  const showSecret = createShowSecret({
    clock,
    ask: options.askPerson ?? null,
    textOf: (clientId, request) => secretText(request, lookOf(clientId)),
    onTurnedAway: (clientId, callback) => {
      const before = sessions.get(clientId)?.sessionId
      return sessions.onChange((changed) => {
        if (changed !== clientId) return
        const session = sessions.get(clientId)
        if (session?.sessionId !== before || session?.locked === true) callback()
      })
    },
  })

  const workspaces = createWorkspaces({
    registry: options.registry ?? null,
    dir: options.workspaceDir,
    keychain: options.keychain,
    clock,
    log,
    proveChain: proveChainUnder,
    isLocked: () => [...sessions.all().values()].some(({ locked }) => locked),
    endSessions: sessions.endAll,
    confirm,
    backups: () => opened?.backupsStay() ?? { folder: null, opensElsewhere: false },
    whileClosed: (work) => workspace.whileClosed(work),
    switchTo: options.switchTo,
  })

  const { askFile } = options
  const files = createChosenFiles({
    newId,
    ask:
      askFile === undefined
        ? null
        : (clientId, signal) => askFile(clientId, fileQuestion(lookOf(clientId)), signal),
  })
  const restoreDoor: WorkspaceDoor = {
    state: () => workspace.status().state,
    protectionFor: (passphrase) => workspace.protectionFor(passphrase),
    reopen: (work, as) => workspace.reopen(work, as),
  }

  const clockBack = watchClockBack(
    clock,
    recordClockBack({
      log,
      write: (...row) => opened?.write(...row),
      tell: () => outbox.emit('workspace.statusChanged', () => workspace.status()),
    }),
  )

  const workspace: Workspace = createWorkspace({
    ...options,
    dir: options.workspaceDir,
    problemHere() {
      // Killed at its last step, a restore is brought to its end here.
      if (finishRestore(options.workspaceDir)) log.warn('a restore was brought to its end')
      return workspaces.problemHere()
    },
    opened: workspaces.opened,
    open(keys) {
      opened = openWorkspace(keys, {
        ...options,
        storePath: join(options.workspaceDir, 'store.db'),
        sessions,
        emit,
        confirm,
        showSecret,
        workspaces: workspaces.port,
        lockMinutesOf,
        files,
        door: restoreDoor,
      })
      clockBack.knew(lastAuditAt(opened.store.reader))
    },
    copyKeys: () => opened?.copyKeys() ?? null,
    async close() {
      auditDesk.settle()
      const closing = opened
      // From here on every call is one to a closed workspace.
      opened = null
      await closing?.stop()
    },
    clockWas: clockBack.was,
    endSessions: sessions.endAll,
    proveChain: proveChainUnder,
    record: (name) => opened?.write(name, {}, () => undefined),
    isOpen: () => opened !== null,
    hasOwner: () => opened !== null && opened.accounts.count() > 0,
    planOwner: (owner, context) =>
      planOwner(owner, context, {
        sessions,
        clock,
        newId,
        isSimulated: options.mode === 'simulated',
        workspace: () => opened,
      }),
    begin: () => {
      simulated.signIn()
      // A simulated workspace begins when the plant's OLTs are in it.
      if (options.mode === 'own' && options.polling !== false) opened?.begin()
    },
    cancelTask: (clientId, taskId) => router.cancel(clientId, taskId),
    statusChanged: (status) => outbox.emit('workspace.statusChanged', status),
  })

  const restoring = createRestoreDoor({
    ...restorePorts,
    clock,
    newId,
    dir: options.workspaceDir,
    isSimulated: options.mode === 'simulated',
    files,
    door: restoreDoor,
    presentKeys: () => openKeys(options.workspaceDir, options).catch(() => null),
  })

  const door: DoorHandlers = {
    queries: { ...workspace.queries, ...workspaces.queries, ...createAccessQueries(described) },
    commands: { ...workspace.commands, ...workspaces.commands, ...restoring.commands },
  }

  const actorOf = (context: CallContext) => ({
    accountId: context.session?.accountId ?? null,
    sessionId: context.session?.sessionId ?? null,
    clientKind: clientKinds.get(context.clientId) ?? 'console',
    device: sessions.get(context.clientId)?.device ?? null,
  })
  const auditDesk = createAuditDesk({
    store: storeNow,
    actorOf,
    clock,
    newId,
    log,
  })

  const execute = async ({ commandId, name, context, auditInput, plan }: CommandRun) => {
    if (opened === null) {
      if (plan.outside === undefined) throw new Error('a command without an open workspace')
      log.info('done where no workspace is open', { name })
      const result = plan.outside()
      await plan.after?.(result)
      return result
    }
    const actor = { ...actorOf(context), ...plan.actor }
    const call = { commandId, name, actor, auditInput, at: clock.now() }
    const run = runCommand(opened.store, call, (tx) => ({ result: plan.apply(tx) }))
    if (!run.replayed) await plan.after?.(run.result)
    return run.result
  }

  const router = createRouter({
    sessions,
    reachOf,
    belongingOf,
    clock,
    log,
    handlers: createHandlerTable(door, () => opened),
    runCommand: execute,
    recordRefusal: auditDesk.commandRefused,
    queryRefused: auditDesk.queryRefused,
    queryAnswered: auditDesk.queryAnswered,
    progress: (clientId, taskId, step, done, total) =>
      outbox.emit(
        'workspace.progress',
        { taskId, step, done, total },
        { to: clientId, key: taskId },
      ),
    newTraceId: () => newId().slice(-12),
  })

  const simulated = createSimulatedWorkspace({
    clock,
    newId,
    log,
    sessions,
    isSimulated: options.mode === 'simulated',
    olts: options.simulatedOlts ?? [],
    opened: () => opened,
    clients: () => clientKinds.keys(),
    call: (request) => router.call(request),
  })

  const lockClient = createScreenLock({ sessions, store: storeNow, clock, newId, log })

  const wake = (): void => {
    log.info('the machine is awake: everything is asked soon')
    opened?.wake()
  }
  const stopSleepWatch = watchForSleep(clock, wake)

  const heartbeat = watchSilence({
    clock,
    watched: () =>
      [...sessions.all()]
        .filter(([id, session]) => !session.locked && clientKinds.get(id) === 'console')
        .map(([id]) => id),
    ping: outbox.ping,
    silent: (clientId) => lockClient(clientId, 'silent'),
  })

  return {
    async start() {
      await workspaces.finishWipes()
      await workspace.start()
      if (options.mode === 'simulated' && workspace.status().state === 'new') {
        await simulated.fill()
        if (options.polling !== false) opened?.begin()
        if (options.simulatedOutside !== undefined) opened?.fillPlant(options.simulatedOutside)
      }
    },
    addClient(clientId, kind = 'console') {
      clientKinds.set(clientId, kind)
      outbox.addClient(clientId)
      simulated.signIn()
    },
    clientGone(clientId) {
      router.clientGone(clientId)
      outbox.removeClient(clientId)
      opened?.clientGone(clientId)
      sessions.end(clientId)
      clientKinds.delete(clientId)
    },
    call(request) {
      heartbeat.heard(request.clientId)
      clockBack.look()
      if (request.channel === ackChannel) {
        // SECURITY: anything may come; what is no number acknowledges nothing.
        if (Number.isSafeInteger(request.input)) outbox.ack(request.clientId, Number(request.input))
        return Promise.resolve({ ok: true, value: {} })
      }
      return router.call(request)
    },
    lock(reason) {
      for (const clientId of sessions.all().keys()) lockClient(clientId, reason)
    },
    idleFor(seconds) {
      for (const [clientId, session] of sessions.all()) {
        if (seconds >= lockMinutesOf(session) * 60) lockClient(clientId, 'idle')
      }
    },
    wake,
    openRoute: (clientId, route) => outbox.emit('workspace.openRoute', { route }, { to: clientId }),
    async stop() {
      stopSleepWatch()
      clockBack.stop()
      heartbeat.stop()
      notices.stop()
      router.stop()
      outbox.stop()
      auditDesk.settle()
      await opened?.stop()
      opened = null
    },
  }
}

import type { Bridge, Envelope } from '../../../src-shared/contract/envelope.ts'
import {
  commands,
  queries,
  type CommandName,
  type EventName,
  type Input,
  type Output,
  type Payload,
  type ProcedureName,
  type QueryName,
} from '../../../src-shared/contract/index.ts'
import { preferences as preferencesSchema } from '../../../src-shared/contract/preferences.ts'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import type { WorkspaceStatus } from '../../../src-shared/contract/workspace.ts'
import { errorCodes, NocturneError } from '../../../src-shared/errors.ts'
import { createFakeAccess } from './fake-access.ts'
import { createFakeActivity } from './fake-activity.ts'
import { fakePeople } from './fake-alarm-book.ts'
import { createFakeAlarms } from './fake-alarms.ts'
import { createFakeApprovals } from './fake-approvals.ts'
import { createFakeAudit } from './fake-audit.ts'
import { createFakeBilling } from './fake-billing.ts'
import { createFakeBackups } from './fake-backups.ts'
import { createFakeCare, setFakeQuiet } from './fake-care.ts'
import { createFakeFamilies } from './fake-families.ts'
import { createFakeHandover } from './fake-handover.ts'
import { createFakeHistoryStatus } from './fake-history-status.ts'
import { startFakeLife } from './fake-life.ts'
import { createFakeMoments } from './fake-moments.ts'
import { createFakeNetwork } from './fake-network.ts'
import type { FakeOptions } from './fake-options.ts'
import { createFakeOltBackups } from './fake-olt-backups.ts'
import { createFakeOltCli } from './fake-olt-cli.ts'
import { createFakeOutages } from './fake-outages.ts'
import { createFakeOutsidePlant } from './fake-outside-plant.ts'
import { createFakePlant } from './fake-plant.ts'
import { createFakeProvisioning } from './fake-provisioning.ts'
import { createFakeSearch } from './fake-search.ts'
import { createFakeSeries } from './fake-series.ts'
import { createFakeSubscribers } from './fake-subscribers.ts'
import { createFakeFieldwork } from './fake-fieldwork.ts'
import { createFakeTickets } from './fake-tickets.ts'
import { createFakeTraps } from './fake-traps.ts'
import { createFakeWorkspaces } from './fake-workspaces.ts'

/** The engine as the renderer sees it, inside the page. Input is checked as the router checks it. */

type Handlers = {
  readonly [Name in ProcedureName]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const createFakeBridge = (options: FakeOptions): Bridge => {
  const now = (): number => Date.now()
  const listeners = new Set<(channel: string, payload: unknown) => void>()
  const emit = <Name extends EventName>(name: Name, payload: Payload<Name>): void => {
    for (const listener of listeners) listener(name, payload)
  }

  const empty = ['own', 'new', 'sealed'].includes(options.start)
  const plant = createFakePlant(empty ? 0 : options.onus, now())
  const network = createFakeNetwork(plant, now)

  let status: WorkspaceStatus = {
    state:
      options.start === 'new'
        ? 'new'
        : options.start === 'sealed'
          ? 'needs-passphrase'
          : options.start === 'failed'
            ? 'failed'
            : 'ready',
    mode: empty || options.start === 'out' ? 'own' : 'simulated',
    keychain: options.keychain,
    problem: options.start === 'failed' ? { code: 'key-missing', params: {} } : null,
    host: { name: 'chromium', version: '156.0', appVersion: '0.1.0' },
  }
  const access = createFakeAccess({ options, now, emit, wait })
  let preferences = preferencesSchema.parse({
    theme: options.theme,
    language: options.language,
    density: options.density,
  })

  const become = (change: Partial<WorkspaceStatus>): void => {
    status = { ...status, ...change }
    emit('workspace.statusChanged', status)
  }
  const oltFor = (oltId: string, baseVersion: number) => {
    const olt = plant.olts.find((each) => each.id === oltId)
    if (olt === undefined) throw new NocturneError('not-found')
    if (olt.version !== baseVersion) throw new NocturneError('conflict')
    olt.version += 1
    return olt
  }

  const alarms = createFakeAlarms({ plant, now, emit, lively: !options.still })

  const { cancel: cancelMoment, ...moments } = createFakeMoments({ plant, network, now, emit })

  const provisioning = createFakeProvisioning({ plant, network, now, emit, still: options.still })

  const who = {
    me: () => access.session()?.account.name ?? '',
    may: (permission: string) => access.session()?.permissions.includes(permission) === true,
  }
  const approvals = createFakeApprovals({
    now,
    emit,
    on: options.approvals,
    ...who,
    planOf: async (planId) => (await provisioning.handlers['provisioning.plan']({ planId })).plan,
    moneyOf: (kind, id) => billing.moneyOf(kind, id),
  })

  const { cancel: cancelConfig, ...oltBackups } = createFakeOltBackups({ plant, now, emit })
  const { cancel: cancelCli, ...oltCli } = createFakeOltCli({ plant, now, emit })

  const { cancel: cancelAudit, ...audit } = createFakeAudit({ plant, now, emit })

  const subscribers = createFakeSubscribers({
    plant,
    now,
    emit,
    ...who,
  })

  const tickets = createFakeTickets({
    now,
    emit,
    session: access.session,
    record: (id) => subscribers.handlers['subscribers.record']({ id }) as SubscriberRecord,
    count: empty || options.onus === 0 ? 0 : 40,
  })

  const fieldwork = createFakeFieldwork({
    now,
    emit,
    session: access.session,
    subscribers: () => subscribers.find('').slice(0, 60),
    filled: !(empty || options.onus === 0),
  })

  const billing = createFakeBilling({
    creditGate: {
      needs: (total) => approvals.needsMoney('billing.credit-note', total),
      use: approvals.useMoney,
    },
    writeOffGate: {
      needs: (total) => approvals.needsMoney('billing.write-off', total),
      use: approvals.useMoney,
    },
    plant,
    now,
    emit,
    ...who,
    speeds: () =>
      (provisioning.handlers['provisioning.speeds']({}) as Output<'provisioning.speeds'>).speeds,
    subscriber: (id) => {
      try {
        return subscribers.handlers['subscribers.record']({ id }) as Output<'subscribers.record'>
      } catch {
        return undefined
      }
    },
    find: (text, limit) => subscribers.named(text, limit),
  })

  const handlers: Handlers = {
    ...access.handlers,
    ...billing.handlers,
    ...provisioning.handlers,
    ...approvals.handlers,
    ...subscribers.handlers,
    ...tickets.handlers,
    ...fieldwork.handlers,
    'provisioning.apply': async (input) => {
      await approvals.use(input.planId)
      return provisioning.handlers['provisioning.apply'](input)
    },
    ...alarms.handlers,
    ...network.queries,
    ...moments,
    ...createFakeCare({ plant, now, emit }),
    ...createFakeSeries(plant, now),
    ...createFakeHistoryStatus(options.onus, now),
    ...createFakeTraps(plant, now, (payload) => emit('traps.changed', payload)),
    ...createFakeFamilies(now, options, (payload) => emit('families.changed', payload)),
    ...createFakeOutages({ plant, now, emit, still: options.still }),
    ...createFakeActivity(plant, now),
    ...audit,
    ...oltCli,
    ...oltBackups,
    ...createFakeBackups({
      onus: empty ? 0 : options.onus,
      now,
      emit,
      wait,
      restored: () => {
        access.end()
        become({ state: 'ready' })
      },
      packing: (isOn) => become({ state: isOn ? 'packing' : 'ready' }),
      transfer: options.transfer,
      standing: options.standing,
    }),
    ...createFakeOutsidePlant({ plant, now, emit }),
    ...createFakeWorkspaces({
      options,
      now,
      wait,
      entered: ({ isNew }) => {
        access.end()
        become({ state: isNew ? 'new' : 'ready', mode: 'own', problem: null })
      },
    }),
    'network.probe': async (input) => {
      const steps = 12
      for (let done = 0; done < steps; done += 1) {
        emit('workspace.progress', { taskId: input.taskId, step: 'probe', done, total: steps })
        await wait(100)
      }
      return network.queries['network.probe'](input)
    },
    'workspace.status': () => (options.start === 'loading' ? new Promise(() => undefined) : status),
    'workspace.create': async ({ ownerName }) => {
      await wait(600)
      become({ state: 'ready' })
      access.begin(ownerName)
      return {}
    },
    'workspace.unseal': async ({ passphrase }) => {
      await wait(400)
      if (passphrase !== null && passphrase !== 'demo') throw new NocturneError('wrong-passphrase')
      become({ state: 'ready' })
      return {}
    },
    'workspace.lockVault': () => {
      become({ state: 'sealed' })
      return {}
    },
    'workspace.rotateKeys': async () => {
      become({ state: 'changing-keys' })
      await wait(1500)
      become({ state: 'ready' })
      return {}
    },
    'workspace.lookAround': async () => {
      const taskId = '01930000-0000-7000-8000-0000000000bb'
      for (const [done, step] of ['store', 'plant', 'engine', 'poll'].entries()) {
        emit('workspace.progress', { taskId, step, done, total: 4 })
        await wait(500)
      }
      become({ mode: 'simulated' })
      return {}
    },
    'workspace.leaveLookAround': async () => {
      await wait(400)
      become({ mode: 'own' })
      return {}
    },
    ...createFakeHandover(() => handlers, now),
    ...createFakeSearch(plant, () => handlers, now, subscribers.find),
    'access.people': () => ({ people: access.session() === null ? [] : [...fakePeople] }),
    'workspace.cancel': ({ taskId }) => {
      alarms.cancel(taskId)
      cancelMoment(taskId)
      cancelCli(taskId)
      cancelConfig(taskId)
      cancelAudit(taskId)
      provisioning.cancel(taskId)
      return {}
    },
    'preferences.get': () => preferences,
    'preferences.set': (change) => {
      preferences = preferencesSchema.parse({ ...preferences, ...change })
      emit('preferences.changed', preferences)
      return {}
    },
    'network.addOlt': ({ name, host, port, note }) => {
      const twin = plant.olts.find((olt) => olt.host === host && olt.port === port && !olt.removed)
      if (twin !== undefined) throw new NocturneError('olt-address-taken', { name: twin.name })
      const id = crypto.randomUUID()
      plant.olts.push({
        id,
        version: 1,
        name,
        host,
        port,
        family: 'zte-c3xx',
        reachable: true,
        removed: false,
        note,
        firstRow: 0,
        rows: 0,
      })
      return { oltId: id }
    },
    'network.updateOlt': ({ oltId, baseVersion, name, host, port, note, opticsPolling }) => {
      const olt = oltFor(oltId, baseVersion)
      olt.name = name ?? olt.name
      olt.host = host ?? olt.host
      olt.port = port ?? olt.port
      olt.note = note === undefined ? olt.note : note
      olt.opticsPolling = opticsPolling ?? olt.opticsPolling ?? 'family'
      return { version: olt.version }
    },
    'network.removeOlt': ({ oltId, baseVersion }) => {
      const olt = oltFor(oltId, baseVersion)
      olt.removed = true
      return { version: olt.version }
    },
    'network.restoreOlt': ({ oltId, baseVersion }) => {
      const olt = oltFor(oltId, baseVersion)
      olt.removed = false
      return { version: olt.version }
    },
    'network.setQuiet': (input) => setFakeQuiet(plant, now(), input),
    'network.pollNow': () => ({}),
  }

  if (!options.still) startFakeLife({ plant, network, emit, now })

  return {
    invoke: async (channel, input) => {
      if (options.slowMs > 0) await wait(options.slowMs)
      return answer(handlers, options.fail, access, channel, input)
    },
    on: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const isQuery = (name: string): name is QueryName => Object.hasOwn(queries, name)
const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name)

let traces = 0

const answer = async (
  handlers: Handlers,
  fail: readonly string[],
  access: Pick<ReturnType<typeof createFakeAccess>, 'session' | 'mustStepUp'>,
  channel: string,
  input: unknown,
): Promise<Envelope> => {
  const traceId = `fake-${(traces += 1)}`
  const session = access.session()
  const refuse = (error: NocturneError): Envelope => ({
    ok: false,
    error: { code: error.code, params: error.params, traceId },
  })
  const name = isQuery(channel) || isCommand(channel) ? channel : undefined
  if (name === undefined) return refuse(new NocturneError('unknown-procedure'))
  const definition = isQuery(name) ? queries[name] : commands[name]
  if (definition.access !== 'public' && session === null) {
    return refuse(new NocturneError('not-signed-in'))
  }
  if (
    session?.locked === true &&
    !('whileLocked' in definition && definition.whileLocked === true)
  ) {
    return refuse(new NocturneError('session-locked'))
  }
  const permission = ['public', 'session'].includes(definition.access) ? null : definition.access
  if (permission !== null && session?.permissions.includes(permission) !== true) {
    return refuse(new NocturneError('permission-denied', { permission }))
  }
  if ('stepUp' in definition && definition.stepUp === true && access.mustStepUp()) {
    return refuse(new NocturneError('step-up-needed'))
  }
  const failing = fail.map((entry) => entry.split(':')).find(([which]) => which === name)
  if (failing !== undefined) {
    const code = errorCodes.find((each) => each === failing[1]) ?? 'olt-no-answer'
    return refuse(new NocturneError(code, { host: '10.0.0.9' }))
  }
  const given = isCommand(name) ? (input as { readonly input: unknown }).input : input
  const parsed = definition.input.safeParse(given)
  if (!parsed.success) {
    console.error('fake engine: invalid input', name, parsed.error.issues)
    return refuse(new NocturneError('invalid-input', { procedure: name }))
  }
  try {
    const handler = handlers[name] as (value: unknown) => unknown
    return { ok: true, value: await handler(parsed.data) }
  } catch (error) {
    if (error instanceof NocturneError) return refuse(error)
    console.error('fake engine: bug', error)
    return refuse(new NocturneError('internal'))
  }
}

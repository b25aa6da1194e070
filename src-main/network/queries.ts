import type { OnuRow } from '../../src-shared/contract/network-model.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from '../engine/clock.ts'
import type { CallContext, QueryHandlers } from '../engine/handlers.ts'
import { isEverything, oltIdsWithin, reachesOlt } from '../engine/reach.ts'
import type { OltPort, OltTarget, OpenOltPort } from '../olt/poller/olt-port.ts'
import { wipeCredentials } from '../olt/poller/snmp-credentials.ts'
import { withTimeLimit } from '../olt/poller/time-limit.ts'
import type { SnmpAlgorithms } from '../olt/snmp/usm/self-test.ts'
import type { LiveState } from './live-state.ts'
import type { MinuteCounts } from './minute-counts.ts'
import type { OltRecord, OltRecords } from './olt-records.ts'
import type { PastStates } from './past/past-states.ts'
import { probeFailure, probeOlt } from './probe.ts'
import { accessOf, credentialsOf } from './snmp-access.ts'
import { stateAnswers, type NetworkState } from './state-answers.ts'
import type { Views } from './views.ts'

export type NetworkQuery =
  | 'network.summary'
  | 'network.stateHistory'
  | 'network.olts'
  | 'network.olt'
  | 'network.oltStrip'
  | 'network.oltInterfaces'
  | 'network.families'
  | 'network.probe'
  | 'network.snmpAlgorithms'
  | 'network.unconfigured'
  | 'network.worstSignals'
  | 'network.openView'
  | 'network.viewPage'
  | 'network.closeView'
  | 'network.prepareAsOf'
  | 'network.onu'

export interface FamilyInfo {
  readonly id: string
  readonly label: string
  readonly models: readonly string[]
}

const probeLimitMs = 600_000
const interfacesLimitMs = 120_000

export const createNetworkQueries = (deps: {
  readonly clock: Clock
  readonly live: LiveState
  readonly records: OltRecords
  readonly minutes: MinuteCounts
  readonly views: Views
  readonly past: PastStates
  readonly rowOf: (row: number) => OnuRow
  readonly families: () => readonly FamilyInfo[]
  readonly algorithms: SnmpAlgorithms
  readonly openOltPort: OpenOltPort
  /** Opens the sealed access; the caller wipes it. */
  readonly targetOf: (record: OltRecord) => OltTarget
  /** One thing at a time per OLT, the poller's walks among them. */
  readonly borrow: <Value>(oltId: string, work: () => Promise<Value>) => Promise<Value>
}): QueryHandlers<NetworkQuery> => {
  const { clock, live, records, minutes, views, past, rowOf } = deps
  const present = records.presentOne

  const now: NetworkState = { live, records, rowOf, at: clock.now }
  const at = <Value>(
    asOf: number | null | undefined,
    { signal }: CallContext,
    answer: (state: NetworkState) => Value,
  ): Value | Promise<Value> => (isPast(asOf) ? past.get(asOf, signal).then(answer) : answer(now))

  /** A port of its own for one question, closed whatever happens. */
  const withPort = async <Value>(
    target: OltTarget,
    context: CallContext,
    limitMs: number,
    ask: (port: OltPort, signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> => {
    const controller = new AbortController()
    const onAbort = (): void => controller.abort()
    if (context.signal.aborted) throw new NocturneError('cancelled')
    context.signal.addEventListener('abort', onAbort, { once: true })
    let port: OltPort | null = null
    try {
      port = deps.openOltPort(target)
      const opened = port
      return await withTimeLimit(clock, limitMs, controller, (signal) => ask(opened, signal))
    } finally {
      context.signal.removeEventListener('abort', onAbort)
      port?.close()
      wipeCredentials(target.access)
    }
  }

  return {
    'network.summary': (input, context) =>
      at(input.asOf, context, (state) =>
        stateAnswers['network.summary'](state, input, context.reach),
      ),

    'network.stateHistory': (input, { reach }) => {
      const oltIds = oltIdsWithin(reach, input.oltIds)
      return minutes.series(
        oltIds.length === 0
          ? null
          : new Set(oltIds.flatMap((id) => records.get(id)?.live.index ?? [])),
        clock.now(),
      )
    },

    'network.olts': ({ asOf }, context) =>
      at(asOf, context, (state) => stateAnswers['network.olts'](state, context.reach)),

    'network.olt': (input, context) =>
      at(input.asOf, context, (state) => stateAnswers['network.olt'](state, input)),

    'network.oltStrip': (input, context) =>
      at(input.asOf, context, (state) => stateAnswers['network.oltStrip'](state, input)),

    'network.oltInterfaces': async ({ oltId, taskId }, context) => {
      const record = present(oltId)
      context.progress(taskId, 'interfaces', 0, null)
      const interfaces = await deps.borrow(oltId, () =>
        withPort(deps.targetOf(record), context, interfacesLimitMs, (port, signal) =>
          port.readInterfaces(signal),
        ),
      )
      return {
        interfaces: interfaces.map(({ index, name, description, type, state }) => ({
          index,
          name,
          description,
          type,
          state,
        })),
        at: clock.now(),
      }
    },

    'network.families': () => ({
      families: deps
        .families()
        .map(({ id, label, models }) => ({ id, label, models: [...models] })),
    }),

    'network.snmpAlgorithms': () => ({
      auth: [...deps.algorithms.auth],
      priv: [...deps.algorithms.priv],
      missing: [...deps.algorithms.missing],
    }),

    'network.probe': async ({ taskId, host, port, ...access }, context) => {
      const target = { host, port, access: credentialsOf(accessOf(access)) }
      const lower = host.toLowerCase()
      const atAddress = records
        .present()
        .find(({ row }) => row.host.toLowerCase() === lower && row.port === port)
      const probe = () =>
        withPort(target, context, probeLimitMs, (opened, signal) =>
          probeOlt(opened, clock, signal, (step, done, total) =>
            context.progress(taskId, step, done, total),
          ),
        )
      try {
        const found = await (atAddress === undefined
          ? probe()
          : deps.borrow(atAddress.row.id, probe))
        if (found.kind !== 'recognised') return found
        const known =
          atAddress ??
          records
            .present()
            .find(
              ({ status }) => found.sysName !== null && found.sysName === status.system?.sysName,
            )
        return {
          ...found,
          known: known === undefined ? null : { id: known.row.id, name: known.row.name },
        }
      } catch (error) {
        return probeFailure(error)
      }
    },

    'network.unconfigured': (_input, { reach }) => ({
      onus: records
        .present()
        .filter(({ row }) => reachesOlt(reach, row.id))
        .flatMap(({ row, status }) =>
          status.unconfigured.map((onu) => ({ oltId: row.id, oltName: row.name, ...onu })),
        ),
    }),

    'network.worstSignals': (input, context) =>
      at(input.asOf, context, (state) =>
        stateAnswers['network.worstSignals'](state, input, context.reach),
      ),

    'network.openView': ({ asOf, ...asked }, { clientId, signal, reach }) => {
      const oltIds = oltIdsWithin(reach, asked.filter.oltIds)
      const view = { ...asked, filter: { ...asked.filter, oltIds } }
      if (isPast(asOf)) {
        views.close(clientId, view.viewId)
        return past
          .openView(clientId, asOf, view, signal)
          .then((opened) => (isEverything(reach) ? opened : { ...opened, ofTotal: opened.total }))
      }
      past.closeView(clientId, view.viewId)
      const opened = views.open(clientId, view)
      const ofTotal = isEverything(reach)
        ? opened.ofTotal
        : records.counts(oltIdsWithin(reach, [])).total
      return { ...opened, ofTotal, at: clock.now() }
    },

    'network.viewPage': ({ viewId, offset, limit }, { clientId, signal }) =>
      past.viewPage(clientId, viewId, offset, limit, signal) ??
      views.page(clientId, viewId, offset, limit),

    'network.closeView': ({ viewId }, { clientId }) => {
      views.close(clientId, viewId)
      past.closeView(clientId, viewId)
      return {}
    },

    'network.prepareAsOf': async ({ taskId, asOf }, { signal, progress, reach }) => {
      const moment = await past.get(asOf, signal, (done, total) =>
        progress(taskId, 'as-of', done, total),
      )
      if (isEverything(reach)) {
        return { asOf: moment.at(), onus: moment.onus, unknown: moment.unknown }
      }
      const { total, unknown } = moment.records.counts(oltIdsWithin(reach, []))
      return { asOf: moment.at(), onus: total, unknown }
    },

    'network.onu': (input, context) =>
      at(input.asOf, context, (state) => stateAnswers['network.onu'](state, input, context.reach)),
  }
}

const isPast = (asOf: number | null | undefined): asOf is number => typeof asOf === 'number'

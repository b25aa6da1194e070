import type { TicketSnapshot } from '../../src-shared/contract/tickets-model.ts'
import type { Output } from '../../src-shared/contract/index.ts'
import {
  formatOnu,
  packOnuAddress,
  ponOf,
  type OnuAddress,
} from '../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../src-shared/domain/onu-state.ts'
import { isNocturneError } from '../../src-shared/errors.ts'
import type { TicketNetwork } from '../tickets/ports.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Clock } from './clock.ts'
import type { LightLookup } from './capability-ports.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from './handlers.ts'
import type { NetworkFacts } from './network-facts.ts'

type Snapshot = TicketSnapshot
type Alarm = Output<'alarms.alarm'>['alarm']

export interface TicketNetworkSources {
  readonly light: LightLookup
  /** Of the whole workspace; asked when a ticket is opened. */
  readonly handlers: () => {
    readonly queries: QueryHandlers<'alarms.alarm' | 'outages.outage' | 'outages.onu'>
    readonly commands: CommandHandlers<'alarms.setTicket' | 'outages.setTicket'>
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)

const median = (values: readonly number[]): number | null => {
  const sorted = values.filter((one) => Number.isFinite(one)).toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

/**
 * What a ticket takes along from an alarm or outage: asked of those capabilities as the caller may ask
 * them, with the light, the neighbours and the last change as they stand at that moment.
 */
export const createTicketNetwork = (
  deps: TicketNetworkSources & {
    readonly facts: NetworkFacts
    readonly reader: StoreReader
    readonly clock: Clock
  },
): TicketNetwork => {
  const { facts, reader } = deps
  const onuStateAt = { online: onuStates.indexOf('online') }

  const lastChange = reader.prepare<
    [string, number],
    { at: number; what: string; by: string | null }
  >(
    `SELECT coalesce(t.ended_at, t.started_at) AS at, p.kind AS what, p.made_by AS by
      FROM provisioning_target t JOIN provisioning_plan p ON p.id = t.plan_id
      WHERE t.olt_after_id = ? AND t.address_after = ? AND t.begun = 1 AND t.started_at IS NOT NULL
      ORDER BY t.started_at DESC LIMIT 1`,
  )
  const serviceOf = reader.prepare<[string, string], { subscriberId: string; serviceId: string }>(
    `SELECT subscriber_id AS subscriberId, id AS serviceId FROM subscriber_service
      WHERE olt_id = ? AND serial = ? AND state = 'live'`,
  )

  /** The ONUs of one PON port, packed. */
  const siblings = (oltId: string, pon: number): Snapshot['siblings'] => {
    const olt = facts.olt(oltId)
    if (olt === undefined) return null
    const rows = olt.rows.filter((_, index) => ponOf(olt.addresses[index]!) === pon)
    return {
      total: rows.length,
      down: rows.filter((row) => facts.onus.state(row) !== onuStateAt.online).length,
      medianRxDbm: median([...rows].map((row) => facts.onus.onuRxDbm(row))),
    }
  }

  const onuOf = async (
    oltId: string,
    address: OnuAddress,
    context: CallContext,
  ): Promise<Snapshot['onu']> => {
    const packed = packOnuAddress(address)
    const row = facts.rowOf(oltId, packed)
    if (row < 0) return null
    const seen = facts.onuRow(row)
    const verdict = await deps.handlers().queries['outages.onu']({ oltId, address }, context)
    return {
      oltName: seen.oltName,
      address: formatOnu(address),
      serial: seen.serial,
      state: seen.state,
      cause: seen.cause,
      stateSince: seen.stateSince,
      onuRxDbm: seen.onuRxDbm,
      oltRxDbm: seen.oltRxDbm,
      distanceM: seen.distanceM,
      readAt: seen.opticsAt,
      dropDb: finite(deps.light(oltId, packed)?.dropDb ?? Number.NaN),
      verdict: verdict.verdict,
    }
  }

  const ofAlarm = async (alarm: Alarm, context: CallContext) => {
    const { resource } = alarm
    const oltId = resource.kind === 'console' ? null : resource.oltId
    const address = resource.kind === 'onu' ? resource.address : null
    const pon =
      resource.kind === 'pon'
        ? packOnuAddress({ ...resource.pon, onuId: 0 })
        : address === null
          ? null
          : ponOf(packOnuAddress(address))
    const snapshot: Snapshot = {
      at: deps.clock.now(),
      kind: 'alarm',
      what: alarm.type,
      severity: alarm.severity,
      since: alarm.raisedAt,
      oltNames: alarm.oltName === null ? [] : [alarm.oltName],
      onu: oltId === null || address === null ? null : await onuOf(oltId, address, context),
      siblings: oltId === null || pon === null ? null : siblings(oltId, pon),
      lastChange:
        oltId === null || address === null
          ? null
          : (lastChange.get(oltId, packOnuAddress(address)) ?? null),
      affectedOnus: alarm.affectedOnus,
      affectedSubscribers: alarm.affectedSubscribers,
    }
    const service =
      oltId === null || address === null || alarm.serial === null
        ? undefined
        : serviceOf.get(oltId, alarm.serial)
    return {
      oltIds: oltId === null ? [] : [oltId],
      affected: alarm.affectedSubscribers ?? alarm.affectedOnus,
      service: service ?? null,
      snapshot,
    }
  }

  const ofOutage = ({ outage, perPon }: Output<'outages.outage'>) => {
    const [pon] = perPon
    const isOnePon = pon !== undefined && perPon.length === 1
    const snapshot: Snapshot = {
      at: deps.clock.now(),
      kind: 'outage',
      what: outage.verdict,
      severity: outage.severity,
      since: outage.beganAt,
      oltNames: [...new Set(perPon.map(({ oltName }) => oltName))],
      onu: null,
      siblings: isOnePon ? siblings(pon.oltId, packOnuAddress({ ...pon.pon, onuId: 0 })) : null,
      lastChange: null,
      affectedOnus: outage.affectedOnus,
      affectedSubscribers: outage.subscribers,
    }
    return {
      oltIds: [...new Set(perPon.map(({ oltId }) => oltId))],
      affected: outage.subscribers ?? outage.affectedOnus,
      service: null,
      snapshot,
    }
  }

  return {
    look: async (kind, id, context) => {
      const { queries } = deps.handlers()
      try {
        return kind === 'alarm'
          ? await ofAlarm((await queries['alarms.alarm']({ id }, context)).alarm, context)
          : ofOutage(await queries['outages.outage']({ id }, context))
      } catch (error) {
        if (isNocturneError(error) && error.code === 'not-found') return null
        throw error
      }
    },
    number: (tx, { kind, id, number }, context) => {
      const { commands } = deps.handlers()
      const plan =
        kind === 'alarm'
          ? commands['alarms.setTicket']({ which: { ids: [id] }, ticket: number }, context)
          : commands['outages.setTicket']({ id, ticket: number }, context)
      // Both say what they do at once: nothing is asked of a device for a number.
      if (plan instanceof Promise) throw new TypeError('a number is given within a transaction')
      const made = plan.apply(tx)
      return () => void plan.after?.(made as never)
    },
  }
}

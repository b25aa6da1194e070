import { onuSerialOf } from '../../src-shared/domain/onu-serial.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import { deriveAnew } from './derive.ts'
import { noteChange } from './one-commands.ts'
import type { SubscribersDependencies } from './ports.ts'
import type { ServiceOnus } from './service-onus.ts'
import {
  insertService,
  readsIn,
  serviceColumns,
  serviceAt,
  subscriberIn,
  touch,
  type ServiceData,
} from './tables.ts'
import { noteEvent } from './timeline.ts'

export type ServiceCommand =
  | 'subscribers.saveService'
  | 'subscribers.endService'
  | 'subscribers.resumeService'

interface Carrier {
  readonly serviceId: string
  readonly oltId: string
  readonly code: string
  readonly name: string
}

export interface ServiceRules {
  /**
   * Errors: `onu-has-service`: an ONU carries at most one live service. One with the same serial
   * number on another OLT counts as this ONU, unless that OLT still sees it there: then there are two.
   */
  readonly refuseTaken: (tx: Transaction, oltId: string, serial: string, own: string) => void
}

export const createServiceRules = (onus: Pick<ServiceOnus, 'rowsOn'>): ServiceRules => ({
  refuseTaken: (tx, oltId, serial, own) => {
    const carriers = tx.all<Carrier>(
      `SELECT v.id AS serviceId, v.olt_id AS oltId, s.code, s.name FROM subscriber_service v
        JOIN subscriber s ON s.id = v.subscriber_id
        WHERE v.serial = ? AND v.state = 'live' AND v.id <> ?`,
      serial,
      own,
    )
    const taken = carriers.find(
      (carrier) => carrier.oltId === oltId || onus.rowsOn(carrier.oltId, serial).length === 0,
    )
    if (taken === undefined) return
    throw new NocturneError('onu-has-service', { serial, who: `${taken.code} ${taken.name}` })
  },
})

interface NamedOnu {
  readonly oltId: string
  readonly serial: string
}

const liveOn = (tx: Transaction, { oltId, serial }: NamedOnu): ServiceData | undefined =>
  tx.get<ServiceData>(
    `SELECT ${serviceColumns} FROM subscriber_service
      WHERE serial = ? AND olt_id = ? AND state = 'live'`,
    serial,
    oltId,
  )

/** Somebody wants his line on, off or gone: it stands in his time line. */
export const noteWanted = (
  tx: Transaction,
  onu: NamedOnu,
  wish: {
    readonly desired: string
    readonly reason: string
    readonly accountId: string | null
    /** What in billing it follows from. */
    readonly cause?: string
  },
  at: number,
): boolean => {
  const service = liveOn(tx, onu)
  if (service === undefined) return false
  const { desired, reason, accountId, cause } = wish
  noteEvent(tx, {
    subscriberId: service.subscriberId,
    at,
    kind: `line-${desired}`,
    objectKind: 'service',
    objectId: service.id,
    accountId,
    data: {
      name: service.name,
      serial: onu.serial,
      reason,
      ...(cause === undefined ? {} : { cause }),
    },
  })
  return true
}

/**
 * An ONU was moved to another OLT or replaced by another one: the service goes with it. Where the
 * other one already carries a live service, both stay as they are, for a person to decide.
 */
export const followOnu = (
  tx: Transaction,
  from: NamedOnu,
  to: NamedOnu,
  { at, oltName }: { readonly at: number; readonly oltName: string | null },
): boolean => {
  if (from.oltId === to.oltId && from.serial === to.serial) return false
  const service = liveOn(tx, from)
  if (service === undefined || liveOn(tx, to) !== undefined) return false
  insertService(tx, { ...service, ...to, version: service.version + 1 }, at)
  touch(tx, service.subscriberId, at)
  deriveAnew(tx, service.subscriberId)
  noteEvent(tx, {
    subscriberId: service.subscriberId,
    at,
    kind: 'service-followed',
    objectKind: 'service',
    objectId: service.id,
    accountId: null,
    data: { name: service.name, serial: to.serial, olt: oltName, before: from.serial },
  })
  return true
}

export const createServiceCommands = (
  deps: Pick<SubscribersDependencies, 'clock' | 'newId' | 'facts' | 'serviceChanged'> & {
    readonly rules: ServiceRules
    readonly changed: () => void
  },
): CommandHandlers<ServiceCommand> => {
  const { clock, newId, facts } = deps
  const by = ({ session }: CallContext): string | null => session?.accountId ?? null

  const put = (
    tx: Transaction,
    service: ServiceData,
    what: string,
    context: CallContext,
    data: Readonly<Record<string, string | null>> = {},
  ): void => {
    const at = clock.now()
    insertService(tx, service, at)
    touch(tx, service.subscriberId, at)
    noteServiceChange(tx, service, { what, at, accountId: by(context), data })
    deps.serviceChanged?.(tx, service.id, { accountId: by(context), reason: '' })
  }

  const noteServiceChange = (
    tx: Transaction,
    service: ServiceData,
    note: {
      readonly what: string
      readonly at: number
      readonly accountId: string | null
      readonly data: Readonly<Record<string, string | null>>
    },
  ): void => {
    const { id, subscriberId, name, oltId, serial } = service
    deriveAnew(tx, subscriberId)
    noteEvent(tx, {
      subscriberId,
      at: note.at,
      kind: note.what,
      objectKind: 'service',
      objectId: id,
      accountId: note.accountId,
      data: {
        name,
        serial,
        olt: oltId === null ? null : (facts.olt(oltId)?.name ?? null),
        ...note.data,
      },
    })
    noteChange(tx, subscriberId, subscriberIn(tx, subscriberId).version, [note.what])
  }

  return {
    'subscribers.saveService': (input, context) => {
      const { id, serviceId, baseVersion, name, addressId, note, onu } = input
      const made = newId()
      const serial = onu === null ? null : onuSerialOf(onu.serial)
      if (serial === '')
        throw new NocturneError('invalid-input', { field: 'serial', rule: 'serial' })
      const oltId = onu?.oltId ?? null
      if (oltId !== null && facts.olt(oltId) === undefined) {
        throw new NocturneError('not-found', { what: 'olt' })
      }
      return {
        apply: (tx) => {
          const at = clock.now()
          const subscriber = subscriberIn(tx, id)
          if (subscriber.status === 'ended') {
            throw new NocturneError('subscriber-status', { from: 'ended', to: 'served' })
          }
          const isKnown = readsIn(tx)
            .addresses(id)
            .some((address) => address.id === addressId)
          if (addressId !== null && !isKnown) {
            throw new NocturneError('not-found', { what: 'subscriber-address' })
          }
          const before = serviceId === null ? null : serviceAt(tx, { id, serviceId, baseVersion })
          if (before?.state === 'ended') {
            throw new NocturneError('conflict', { what: 'subscriber-service' })
          }
          const own = before?.id ?? made
          if (oltId !== null && serial !== null) deps.rules.refuseTaken(tx, oltId, serial, own)
          const sameOnu = before?.oltId === oltId && before.serial === serial
          const service: ServiceData = {
            id: own,
            subscriberId: id,
            version: (before?.version ?? 0) + 1,
            name,
            addressId,
            note,
            state: serial === null ? 'planned' : 'live',
            oltId,
            serial,
            liveSince: serial === null ? null : ((sameOnu ? before.liveSince : null) ?? at),
            endedAt: null,
          }
          const what =
            before === null ? 'service-added' : sameOnu ? 'service-changed' : 'service-onu'
          put(tx, service, what, context, sameOnu ? {} : { before: before?.serial ?? null })
          return { serviceId: own, version: service.version }
        },
        after: deps.changed,
      }
    },

    'subscribers.endService': (input, context) => ({
      apply: (tx) => {
        const before = serviceAt(tx, input)
        if (before.state === 'ended') {
          throw new NocturneError('conflict', { what: 'subscriber-service' })
        }
        const version = before.version + 1
        put(
          tx,
          { ...before, version, state: 'ended', endedAt: clock.now() },
          'service-ended',
          context,
        )
        return { version }
      },
      after: deps.changed,
    }),

    'subscribers.resumeService': (input, context) => ({
      apply: (tx) => {
        const before = serviceAt(tx, input)
        if (before.state !== 'ended') {
          throw new NocturneError('conflict', { what: 'subscriber-service' })
        }
        if (subscriberIn(tx, input.id).status === 'ended') {
          throw new NocturneError('subscriber-status', { from: 'ended', to: 'served' })
        }
        const { oltId, serial } = before
        if (oltId !== null && serial !== null) {
          deps.rules.refuseTaken(tx, oltId, serial, before.id)
        }
        const version = before.version + 1
        put(
          tx,
          { ...before, version, state: serial === null ? 'planned' : 'live', endedAt: null },
          'service-resumed',
          context,
        )
        return { version }
      },
      after: deps.changed,
    }),
  }
}

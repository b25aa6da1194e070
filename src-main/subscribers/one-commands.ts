import type { Input } from '../../src-shared/contract/index.ts'
import type {
  SubscriberAddress,
  SubscriberContact,
} from '../../src-shared/contract/subscribers-model.ts'
import { mayFollow } from '../../src-shared/domain/subscriber-status.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import { isEverything } from '../engine/reach.ts'
import type { Transaction } from '../store/write-path.ts'
import { deriveAnew } from './derive.ts'
import type { SubscribersDependencies } from './ports.ts'
import { keptAddress, keptContact } from './rules.ts'
import { isCodeTaken, settingsIn, takeNextCode } from './settings.ts'
import {
  insertAddress,
  insertContact,
  readsIn,
  subscriberAt,
  updateSubscriber,
  type SubscriberData,
  type SubscriberWrite,
} from './tables.ts'
import { noteEvent } from './timeline.ts'
import { codeKeyOf, nameKeyOf } from './words.ts'

export type OneCommand =
  | 'subscribers.create'
  | 'subscribers.change'
  | 'subscribers.setStatus'
  | 'subscribers.setContacts'
  | 'subscribers.setAddresses'

type Fields = Input<'subscribers.change'>

const columnsOf = (fields: Omit<Fields, 'id' | 'baseVersion'>): SubscriberWrite => ({
  kind: fields.kind,
  name: fields.name,
  name_key: nameKeyOf(fields.name),
  code: fields.code,
  code_key: codeKeyOf(fields.code),
  language: fields.language,
  time_zone: fields.timeZone,
  currency: fields.currency,
  never_suspend: fields.neverSuspend ? 1 : 0,
  never_suspend_reason: fields.neverSuspendReason,
  tax_id: fields.taxId,
  tax_name: fields.taxName,
  tax_treatment: fields.taxTreatment,
  tax_note: fields.taxNote,
})

/** Which of them differ, by name: what stands in the change feed and the time line. No values. */
const changedFields = (before: SubscriberData, after: Fields): string[] =>
  Object.entries(after).flatMap(([name, value]) => {
    if (name === 'id' || name === 'baseVersion') return []
    const was = before[name as keyof SubscriberData]
    const now = typeof value === 'boolean' ? Number(value) : value
    return was === now ? [] : [name]
  })

/** IANA names change with the system's tables; what this machine does not know is refused. */
const refuseZone = (zone: string | null): void => {
  if (zone === null) return
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format(0)
  } catch {
    throw new NocturneError('invalid-input', { field: 'timeZone', rule: 'zone' })
  }
}

const refuseCode = (tx: Transaction, code: string): void => {
  if (isCodeTaken(tx, code)) throw new NocturneError('subscriber-code-taken', { code })
}

/** Values never go to the change feed: they would outlive the erasure of a person. */
export const noteChange = (
  tx: Transaction,
  id: string,
  version: number,
  what: readonly string[],
  kind: 'created' | 'updated' | 'deleted' = 'updated',
): void =>
  tx.change({ entity: 'subscriber', entityId: id, kind, version, data: { changed: [...what] } })

export const insertSubscriber = (
  tx: Transaction,
  row: {
    readonly id: string
    readonly fields: Omit<Fields, 'id' | 'baseVersion'>
    readonly status: SubscriberData['status']
    readonly agentId: string | null
    readonly importId: string | null
    readonly at: number
    readonly by: string | null
  },
): void => {
  const columns: SubscriberWrite = {
    id: row.id,
    version: 1,
    ...columnsOf(row.fields),
    status: row.status,
    status_since: row.at,
    agent_id: row.agentId,
    import_id: row.importId,
    created_at: row.at,
    created_by: row.by,
    updated_at: row.at,
  }
  const names = Object.keys(columns)
  tx.run(
    `INSERT INTO subscriber (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...Object.values(columns),
  )
}

export const createOneCommands = (
  deps: Pick<SubscribersDependencies, 'clock' | 'newId' | 'activeAccounts'> & {
    readonly changed: () => void
  },
): CommandHandlers<OneCommand> => {
  const { clock, newId } = deps
  const by = ({ session }: CallContext): string | null => session?.accountId ?? null

  type TypedContacts = Input<'subscribers.setContacts'>['contacts']
  type TypedAddresses = Input<'subscribers.setAddresses'>['addresses']

  /** SECURITY: an id names one of this subscriber's own, or a new one is made. */
  const ownId = (id: string | null, there: readonly { readonly id: string }[], what: string) => {
    if (id === null) return newId()
    if (!there.some((one) => one.id === id)) throw new NocturneError('not-found', { what })
    return id
  }

  const refuseTwice = (ids: readonly (string | null)[]): void => {
    const known = ids.filter((id) => id !== null)
    if (new Set(known).size < known.length) {
      throw new NocturneError('invalid-input', { field: 'id', rule: 'twice' })
    }
  }

  const putContacts = (
    tx: Transaction,
    id: string,
    typed: TypedContacts,
    before: readonly SubscriberContact[],
  ): void => {
    const { country } = settingsIn(tx)
    refuseTwice(typed.map((one) => one.id))
    const kept = typed.map((one, at): SubscriberContact => {
      const contact = keptContact(one, at, country)
      const was = before.find((other) => other.id === contact.id)
      // A number that was verified and changed is not verified any more.
      const same = was?.phone === contact.phone && was.email === contact.email
      return {
        ...contact,
        id: ownId(contact.id, before, 'subscriber-contact'),
        verifiedAt: same ? was.verifiedAt : null,
      }
    })
    for (const { id: gone } of before) {
      if (!kept.some((one) => one.id === gone)) {
        tx.run(`DELETE FROM subscriber_contact WHERE id = ?`, gone)
      }
    }
    for (const [position, contact] of kept.entries()) insertContact(tx, id, position, contact)
  }

  const putAddresses = (
    tx: Transaction,
    id: string,
    typed: TypedAddresses,
    before: readonly SubscriberAddress[],
  ): void => {
    refuseTwice(typed.map((one) => one.id))
    const kept = typed.map((one, at): SubscriberAddress => ({
      ...keptAddress(one, at),
      id: ownId(one.id, before, 'subscriber-address'),
    }))
    for (const { id: gone } of before) {
      if (!kept.some((one) => one.id === gone)) {
        tx.run(`DELETE FROM subscriber_address WHERE id = ?`, gone)
      }
    }
    for (const [position, address] of kept.entries()) insertAddress(tx, id, position, address)
  }

  /** SECURITY: who reaches a part makes subscribers of his own; others he could not see again. */
  const agentOfNew = (agentId: string | null, { reach }: CallContext): string | null => {
    if (isEverything(reach)) {
      if (agentId !== null && !deps.activeAccounts().some(({ id }) => id === agentId)) {
        throw new NocturneError('not-found', { what: 'account' })
      }
      return agentId
    }
    if (agentId !== null && agentId !== reach.accountId) throw new NocturneError('beyond-scope')
    return reach.accountId
  }

  return {
    'subscribers.create': (input, context) => {
      const { code: typed, status, contacts, addresses, agentId, ...fields } = input
      refuseZone(fields.timeZone)
      const id = newId()
      return {
        apply: (tx) => {
          const at = clock.now()
          if (typed !== null) refuseCode(tx, typed)
          const code = typed ?? takeNextCode(tx)
          insertSubscriber(tx, {
            id,
            fields: { ...fields, code },
            status,
            agentId: agentOfNew(agentId, context),
            importId: null,
            at,
            by: by(context),
          })
          putContacts(tx, id, contacts, [])
          putAddresses(tx, id, addresses, [])
          deriveAnew(tx, id)
          noteEvent(tx, {
            subscriberId: id,
            at,
            kind: 'created',
            accountId: by(context),
            data: { status },
          })
          noteChange(tx, id, 1, ['created'], 'created')
          return { id, code }
        },
        after: deps.changed,
      }
    },

    'subscribers.change': (input, context) => {
      refuseZone(input.timeZone)
      return {
        apply: (tx) => {
          const at = clock.now()
          const before = subscriberAt(tx, input.id, input.baseVersion)
          if (codeKeyOf(input.code) !== codeKeyOf(before.code)) refuseCode(tx, input.code)
          const fields = changedFields(before, input)
          if (fields.length === 0) return { version: before.version }
          const { id: _, baseVersion: __, ...typed } = input
          const version = updateSubscriber(tx, before, columnsOf(typed), at)
          deriveAnew(tx, input.id)
          noteEvent(tx, {
            subscriberId: input.id,
            at,
            kind: 'changed',
            accountId: by(context),
            data: { fields: fields.join(' ') },
          })
          noteChange(tx, input.id, version, fields)
          return { version }
        },
        after: deps.changed,
      }
    },

    'subscribers.setStatus': ({ id, baseVersion, status, reason }, context) => ({
      apply: (tx) => {
        const at = clock.now()
        const before = subscriberAt(tx, id, baseVersion)
        if (!mayFollow(before.status, status)) {
          throw new NocturneError('subscriber-status', { from: before.status, to: status })
        }
        const open = readsIn(tx)
          .services(id)
          .filter((service) => service.state !== 'ended').length
        if (status === 'ended' && open > 0) {
          throw new NocturneError('subscriber-has-services', { count: open })
        }
        const version = updateSubscriber(
          tx,
          before,
          { status, status_since: at, status_reason: reason },
          at,
        )
        noteEvent(tx, {
          subscriberId: id,
          at,
          kind: 'status',
          accountId: by(context),
          data: { from: before.status, to: status, reason },
        })
        noteChange(tx, id, version, ['status'])
        return { version }
      },
      after: deps.changed,
    }),

    'subscribers.setContacts': ({ id, baseVersion, contacts }, context) => ({
      apply: (tx) => {
        const at = clock.now()
        const before = subscriberAt(tx, id, baseVersion)
        const there = readsIn(tx).contacts(id)
        putContacts(tx, id, contacts, there)
        const version = updateSubscriber(tx, before, {}, at)
        deriveAnew(tx, id)
        noteEvent(tx, {
          subscriberId: id,
          at,
          kind: 'contacts',
          accountId: by(context),
          data: { before: there.length, after: contacts.length },
        })
        noteChange(tx, id, version, ['contacts'])
        return { version }
      },
      after: deps.changed,
    }),

    'subscribers.setAddresses': ({ id, baseVersion, addresses }, context) => ({
      apply: (tx) => {
        const at = clock.now()
        const before = subscriberAt(tx, id, baseVersion)
        const there = readsIn(tx).addresses(id)
        putAddresses(tx, id, addresses, there)
        const version = updateSubscriber(tx, before, {}, at)
        deriveAnew(tx, id)
        noteEvent(tx, {
          subscriberId: id,
          at,
          kind: 'addresses',
          accountId: by(context),
          data: { before: there.length, after: addresses.length },
        })
        noteChange(tx, id, version, ['addresses'])
        return { version }
      },
      after: deps.changed,
    }),
  }
}

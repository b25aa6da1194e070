import type { SubscriberPort } from '../engine/capability-ports.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { OneSubscriber } from './tables.ts'
import { noteEvent } from './timeline.ts'

/** What billing, dunning and the reach of accounts ask of a subscriber. */
export const createParties = ({
  reader,
  reads,
  now,
}: {
  readonly reader: StoreReader
  readonly now: () => number
  readonly reads: OneSubscriber
}): SubscriberPort => {
  const belongs = reader.prepare<[string], { agentId: string | null; oltId: string | null }>(
    `SELECT s.agent_id AS agentId, o.olt_id AS oltId FROM subscriber s
      LEFT JOIN subscriber_olt o ON o.number = s.number WHERE s.id = ?`,
  )
  return {
    party: (id) => {
      const found = reads.subscriber(id)
      if (found === undefined) return null
      const contacts = reads.contacts(id)
      const addresses = reads.addresses(id)
      // The one for bills first, then in their order.
      const forBills = contacts.toSorted(
        (one, other) => Number(other.role === 'billing') - Number(one.role === 'billing'),
      )
      const address = addresses.find(({ kind }) => kind === 'billing') ?? addresses[0]
      return {
        id,
        code: found.code,
        kind: found.kind,
        name: found.name,
        status: found.status,
        language: found.language,
        timeZone: found.timeZone,
        currency: found.currency,
        agentId: found.agentId,
        neverSuspend: found.neverSuspend === 1,
        restricted: found.restricted === 1,
        taxId: found.taxId,
        taxName: found.taxName,
        taxTreatment: found.taxTreatment,
        email: forBills.find(({ email }) => email !== '')?.email ?? null,
        phone: forBills.find(({ phone }) => phone !== '')?.phone ?? null,
        address:
          address === undefined
            ? null
            : {
                lines: address.lines,
                city: address.city,
                region: address.region,
                postcode: address.postcode,
                country: address.country,
              },
      }
    },
    services: (id) =>
      reads
        .services(id)
        .flatMap(({ id: serviceId, name, state, oltId, serial }) =>
          state === 'ended' ? [] : [{ id: serviceId, name, state, oltId, serial }],
        ),
    note: (tx, event) => noteEvent(tx, { ...event, at: now() }),
    belongs: (id) => {
      const rows = belongs.all(id)
      const [first] = rows
      if (first === undefined) return null
      return {
        oltIds: rows.flatMap(({ oltId }) => oltId ?? []),
        accountIds: first.agentId === null ? [] : [first.agentId],
        peopleToo: true,
      }
    },
  }
}

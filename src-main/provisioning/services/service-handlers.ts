import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import {
  formatOnu,
  packOnuAddress,
  unpackOnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext, CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import { confirmationOf } from '../../../src-shared/domain/device-steps.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import type { Reconciler } from './reconcile.ts'
import { dropDesired, putDesired, type ServiceReads, type ServiceRecord } from './service-tables.ts'

export const serviceRow = (
  service: ServiceRecord,
  facts: Pick<ProvisioningDependencies['facts'], 'olt'>,
): ServiceState => ({
  ...service,
  oltName: facts.olt(service.oltId)?.name ?? '',
  address: unpackOnuAddress(service.address),
})

export const createServiceHandlers = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'facts' | 'confirm' | 'onuWanted' | 'lineHeld'> & {
    readonly reads: ServiceReads
    readonly reconciler: Reconciler
    readonly events: PlanEvents
  },
): {
  readonly queries: QueryHandlers<'provisioning.services'>
  readonly commands: CommandHandlers<'provisioning.setDesired' | 'provisioning.dropDesired'>
} => {
  const { clock, facts, reads } = deps

  /**
   * SECURITY: a line that is off for debt goes on when the debt is settled; sooner only by who runs the
   * dunning, with a reason. Errors: `line-suspended-for-debt`.
   */
  const refuseHeld = (
    tx: Transaction,
    onu: { readonly oltId: string; readonly serial: string },
    { session }: CallContext,
    /** Null: none is asked for. */
    reason: string | null,
  ): void => {
    if (deps.lineHeld?.(tx, onu) !== 'debt') return
    const may = session?.permissions.has('billing.dunning.run') === true
    if (!may || reason === '') {
      throw new NocturneError('line-suspended-for-debt', { serial: onu.serial })
    }
  }

  return {
    queries: {
      'provisioning.services': ({ disagreeing, limit, offset }, { reach }) => {
        const { total, services } = reads.page(disagreeing, reach, limit, offset)
        return { total, services: services.map((service) => serviceRow(service, facts)) }
      },
    },
    commands: {
      'provisioning.setDesired': async ({ services, state, reason, forBilling }, context) => {
        const risk = { active: 'read', suspended: 'disruptive', removed: 'destructive' } as const
        const olts = [...new Set(services.map(({ oltId }) => oltId))].map(
          (oltId) => facts.olt(oltId)?.name ?? '',
        )
        // SECURITY: a wish takes service away as a plan does: from a page it is confirmed as one.
        const how =
          state === 'active' ? 'none' : confirmationOf(risk[state], services.length, olts.length)
        if (how !== 'none') {
          // Nobody types the name of an OLT that is not there.
          if (olts.includes('')) throw new NocturneError('not-found', { what: 'olt' })
          const confirmed = await deps.confirm(
            context.clientId,
            {
              action: 'apply-plan',
              risk: risk[state],
              how,
              expected:
                how === 'type-name'
                  ? (olts[0] ?? '')
                  : how === 'type-count'
                    ? String(services.length)
                    : '',
              change: state === 'removed' ? 'delete' : 'suspend',
              olts,
              onus: services.length,
              samples: services
                .slice(0, 5)
                .map(({ serial, address }) => `${serial} ${formatOnu(address)}`),
              lines: [],
              serviceLossS: null,
              by: context.session?.name ?? '',
            },
            context.signal,
          )
          if (!confirmed) throw new NocturneError('confirmation-refused')
        }
        return {
          apply: (tx) => {
            let changed = 0
            for (const { oltId, address, serial } of services) {
              const packed = packOnuAddress(address)
              const before = reads.service(oltId, packed)
              if (state === 'active') refuseHeld(tx, { oltId, serial }, context, reason)
              if (before?.desired === state && before.serial === serial) continue
              changed++
              const held = forBilling ? (deps.lineHeld?.(tx, { oltId, serial }) ?? null) : null
              // Taken off the OLT is only what has ended; off is whatever billing wants off.
              const isBillings = state === 'suspended' || (state === 'removed' && held === 'ended')
              const cause = isBillings ? held : null
              putDesired(tx, {
                oltId,
                address: packed,
                serial,
                desired: state,
                desiredSince: clock.now(),
                desiredBy: context.session?.name ?? null,
                reason,
                source: cause === null ? 'hand' : 'billing',
                cause,
              })
              deps.onuWanted?.(
                tx,
                { oltId, serial },
                { desired: state, reason, accountId: context.session?.accountId ?? null },
              )
              tx.change({
                entity: 'provisioning-service',
                entityId: serial,
                kind: 'updated',
                version: 1,
                data: { oltId, address, desired: state },
              })
            }
            return { changed }
          },
          after: () => {
            deps.events.changed('services')
            deps.reconciler.look()
          },
        }
      },
      'provisioning.dropDesired': ({ services }, context) => ({
        apply: (tx) => {
          for (const { oltId, address } of services) {
            const packed = packOnuAddress(address)
            const before = reads.service(oltId, packed)
            if (before !== null) refuseHeld(tx, before, context, null)
            dropDesired(tx, oltId, packed)
          }
          return {}
        },
        after: () => deps.events.changed('services'),
      }),
    },
  }
}

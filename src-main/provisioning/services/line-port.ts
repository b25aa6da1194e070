import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import type { LinePort } from '../../engine/capability-ports.ts'
import { problemOf } from '../plans/read-before.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import type { Reconciler } from './reconcile.ts'
import { putCause, putDesired, serviceIn } from './service-tables.ts'
import { besideWhatStands } from './wish-rules.ts'

/** Takes what follows from subscriptions into the wanted states, in their own transaction. */
export const createLinePort = (
  deps: Pick<
    ProvisioningDependencies,
    'clock' | 'configs' | 'facts' | 'withSerial' | 'onuWanted'
  > & {
    readonly reconciler: Pick<Reconciler, 'look'>
    readonly events: Pick<PlanEvents, 'changed'>
  },
): LinePort => {
  const { facts } = deps
  const disabled = onuStates.indexOf('disabled')
  const unknown = onuStates.indexOf('unknown')

  const rowOf = (oltId: string, serial: string): number | undefined =>
    deps.withSerial(serial).find((row) => facts.oltOfRow(row)?.id === oltId)

  const seenAt = (row: number): 'active' | 'suspended' | null => {
    const state = facts.onus.state(row)
    return state === unknown ? null : state === disabled ? 'suspended' : 'active'
  }

  const stepsOf: LinePort['stepsOf'] = (oltId, serial, desired) => {
    const oltName = facts.olt(oltId)?.name ?? null
    const row = rowOf(oltId, serial)
    if (row === undefined) {
      return { oltName, address: null, cli: [], problem: { code: 'onu-not-there', params: {} } }
    }
    const address = facts.onus.address(row)
    const step = {
      kind: 'set-admin',
      address: unpackOnuAddress(address),
      enabled: desired === 'active',
    } as const
    try {
      const rendered = deps.configs.of(oltId).render(step)
      const cli =
        rendered.via === 'cli'
          ? rendered.lines.map(({ line }) => line)
          : rendered.sets.map(({ oid, value }) => `${oid} = ${String(value)}`)
      return { oltName, address, cli, problem: deps.configs.obstacle(oltId) }
    } catch (error) {
      const problem = deps.configs.obstacle(oltId) ?? problemOf(error)
      if (problem === null) throw error
      return { oltName, address, cli: [], problem }
    }
  }

  return {
    stepsOf,
    knows: (oltId, serial) => rowOf(oltId, serial) !== undefined,
    wish: (tx, { oltId, serial, desired, cause, reason, accountId }) => {
      const row = rowOf(oltId, serial)
      if (row === undefined) return 'unseen'
      const address = facts.onus.address(row)
      const there = serviceIn(tx, oltId, address)
      // What was wanted of another ONU at this place says nothing of this one.
      const before = there?.serial === serial ? there : null
      const how = besideWhatStands(before, desired, seenAt(row))
      if (how !== 'write') {
        if (before?.source === 'billing' && how === 'same') {
          putCause(tx, { oltId, address, reason, cause })
        }
        return how
      }
      putDesired(tx, {
        oltId,
        address,
        serial,
        desired,
        desiredSince: deps.clock.now(),
        desiredBy: null,
        reason,
        source: 'billing',
        cause,
      })
      deps.onuWanted?.(tx, { oltId, serial }, { desired, reason, accountId, cause })
      tx.change({
        entity: 'provisioning-service',
        entityId: serial,
        kind: 'updated',
        version: 1,
        data: { oltId, address: unpackOnuAddress(address), desired },
      })
      return 'wished'
    },
    look: () => {
      deps.events.changed('services')
      deps.reconciler.look()
    },
  }
}

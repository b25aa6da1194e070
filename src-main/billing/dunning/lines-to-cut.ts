import { isDeepStrictEqual } from 'node:util'
import { unpackOnuAddress, formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { confirmationOf } from '../../../src-shared/domain/device-steps.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CallContext } from '../../engine/handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import { serviceById, subscriptionById } from '../subscriptions/subscription-tables.ts'
import type { Debtor } from './case-tables.ts'
import type { DunningDesk } from './dunning-desk.ts'

type Service = NonNullable<ReturnType<typeof serviceById>>

/** The services whose lines go off with a suspension for debt. */
export const servicesToCut = (
  reads: Reads,
  desk: Pick<DunningDesk, 'debts'>,
  { subscriberId, currency }: Debtor,
): readonly Service[] =>
  desk.debts.toSuspend(reads, subscriberId, currency).flatMap((id) => {
    const record = subscriptionById(reads, id)
    if (record === null || record.kind !== 'main' || record.serviceId === null) return []
    return serviceById(reads, record.serviceId) ?? []
  })

export interface LineToCut {
  readonly subscriber: string
  readonly service: string
  /** Null: the service has no ONU. */
  readonly onu: { readonly oltId: string; readonly serial: string } | null
}

const linesOf = (
  reads: Reads,
  deps: Pick<BillingDependencies, 'subscribers'> & { readonly desk: Pick<DunningDesk, 'debts'> },
  debtors: readonly Debtor[],
): readonly LineToCut[] =>
  debtors.flatMap((debtor) => {
    const party = deps.subscribers.party(debtor.subscriberId)
    return servicesToCut(reads, deps.desk, debtor).map(({ name, oltId, serial }) => ({
      subscriber: `${party?.code ?? ''} ${party?.name ?? ''}`,
      service: name,
      onu: oltId === null || serial === null ? null : { oltId, serial },
    }))
  })

/**
 * Asks a person outside the page that wants lines off. What comes back is called in the transaction
 * that takes them off: SECURITY: a "yes" holds for the lines that were read, and for no others.
 * Errors: `confirmation-refused`, those of `Confirm`; then `conflict`.
 */
export const confirmCut = async (
  deps: Pick<BillingDependencies, 'confirm' | 'lines' | 'subscribers'> & {
    readonly reads: Reads
    readonly desk: Pick<DunningDesk, 'debts'>
  },
  debtors: readonly Debtor[],
  reason: string,
  { clientId, session, signal }: CallContext,
): Promise<(tx: Reads) => void> => {
  const lines = linesOf(deps.reads, deps, debtors)
  const steps = lines.flatMap(({ onu }) =>
    onu === null ? [] : [{ onu, ...deps.lines.stepsOf(onu.oltId, onu.serial, 'suspended') }],
  )
  const olts = [...new Set(steps.map(({ onu, oltName }) => oltName ?? onu.oltId))]
  const how = confirmationOf('disruptive', lines.length, olts.length)
  const confirmed = await deps.confirm(
    clientId,
    {
      action: 'apply-plan',
      risk: 'disruptive',
      how: how === 'type-count' ? how : 'confirm',
      expected: how === 'type-count' ? String(lines.length) : '',
      change: 'suspend',
      olts,
      onus: lines.length,
      samples: lines.slice(0, 5).map(({ subscriber, service, onu }) => {
        const address = steps.find((step) => step.onu === onu)?.address ?? null
        const place = address === null ? '' : ` ${formatOnu(unpackOnuAddress(address))}`
        return `${subscriber}, ${onu?.serial ?? service}${place}`
      }),
      lines: steps.flatMap(({ cli }) => cli),
      serviceLossS: null,
      by: session?.name ?? '',
      words: [{ label: 'reason', value: reason }],
    },
    signal,
  )
  if (!confirmed) throw new NocturneError('confirmation-refused')
  return (tx) => {
    if (!isDeepStrictEqual(linesOf(tx, deps, debtors), lines)) {
      throw new NocturneError('conflict', { what: 'dunning-case' })
    }
  }
}

import type { ReconciliationSummary } from '../../../src-shared/contract/billing-reconciliation.ts'
import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { CalendarDate } from '../../../src-shared/domain/calendar-date.ts'
import { addDays } from '../../../src-shared/domain/calendar-date.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { onuStates } from '../../../src-shared/domain/onu-state.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import {
  compareFindings,
  fitsFinding,
  shownFinding,
} from '../../../src-main/billing/reconciliation/finding-list.ts'
import {
  stakesOf,
  sumsByKind,
  type MadeFinding,
} from '../../../src-main/billing/reconciliation/look.ts'
import type { Ignored } from '../../../src-main/billing/reconciliation/reconciliation-tables.ts'
import { keyOf } from '../../../src-main/billing/reconciliation/rules.ts'
import type { FakeBillingDeps } from './fake-billing.ts'

type Names =
  | 'billing.reconciliation'
  | 'billing.findings'
  | 'billing.reconcile'
  | 'billing.ignoreFindings'
  | 'billing.heedFindings'
type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

/** What differs in the generated network; lists, sums and what is ignored are the product's own rules. */
export const createFakeReconciliation = (
  deps: Pick<FakeBillingDeps, 'plant' | 'now' | 'emit' | 'me' | 'subscriber' | 'speeds'> & {
    readonly today: () => CalendarDate
    readonly newId: () => string
    readonly idOf: (part: string, number: number) => string
    readonly changed: () => void
  },
): Handlers => {
  const { plant, now, newId, idOf, today } = deps
  const ignored = new Map<string, Ignored>()
  let look: {
    readonly id: string
    readonly at: number
    readonly findings: readonly MadeFinding[]
  } | null = null

  const oltAt = (row: number) =>
    plant.olts.find(({ firstRow, rows }) => row >= firstRow && row < firstRow + rows)!
  const findingAt = (at: number): MadeFinding => {
    const row = (at * 37 + 11) % plant.size
    const olt = oltAt(row)
    const kinds = [
      'speed-differs',
      'live-no-service',
      'billed-no-onu',
      'live-no-subscription',
      'suspended-online',
      'ended-authorised',
      'active-suspended',
      'billed-not-on-olt',
      'duplicate-serial',
    ] as const
    const kind = kinds[(at * 7 + (at >> 3)) % kinds.length]!
    const person = deps.subscriber(idOf('a000', (at % 40) + 1))
    const service = person?.services[0] ?? null
    const serial = plant.serial[row] ?? ''
    const state = onuStates[plant.state[row]!] ?? 'unknown'
    const nobody = kind === 'live-no-service' || person === undefined
    const speed = deps.speeds()[at % Math.max(1, deps.speeds().length)]
    const sold = !nobody && kind !== 'live-no-subscription'
    return {
      kind,
      key: keyOf(kind, {
        serviceId: service?.id ?? null,
        oltId: olt.id,
        serial: `${serial}-${at}`,
      }),
      sinceOn: at % 3 === 0 ? addDays(today(), -(at * 3) % 200) : null,
      sinceAt: at % 3 === 1 ? now() - at * 5_400_000 - 900_000 : null,
      subscriber: nobody ? null : { id: person.id, code: person.code, name: person.name },
      service: nobody || service === null ? null : { id: service.id, name: service.name },
      subscription: sold
        ? {
            id: idOf('b003', at + 1),
            planName: ['Home 20', 'Home 50', 'Business 100'][at % 3]!,
            status: kind === 'suspended-online' ? 'suspended' : 'active',
            speedId: speed?.id ?? null,
            speedName: speed?.name ?? null,
          }
        : null,
      onu:
        kind === 'billed-no-onu'
          ? null
          : {
              oltId: olt.id,
              oltName: olt.name,
              serial,
              address: kind === 'billed-not-on-olt' ? null : unpackOnuAddress(plant.address[row]!),
              state: kind === 'billed-not-on-olt' ? 'unknown' : state,
            },
      places:
        kind === 'duplicate-serial'
          ? [
              {
                oltId: plant.olts[0]!.id,
                oltName: plant.olts[0]!.name,
                address: unpackOnuAddress(plant.address[plant.olts[0]!.firstRow]!),
                state: 'offline',
              },
            ]
          : [],
      differences:
        kind === 'speed-differs'
          ? [{ part: 'lineProfile', actual: 'LP-20M', wanted: 'LP-50M' }]
          : [],
      wanted: kind === 'active-suspended' ? 'suspended' : null,
      stake: sold
        ? { currency: 'IDR', minor: [22_200_000, 33_300_000, 111_000_000][at % 3]! }
        : null,
    }
  }
  const summaryOf = (of: NonNullable<typeof look>): ReconciliationSummary => {
    const open = of.findings.filter(({ key }) => !ignored.has(key))
    return {
      at: of.at,
      services: plant.size,
      onus: plant.size,
      kinds: sumsByKind(open),
      stakes: stakesOf(open),
      ignored: of.findings.length - open.length,
      notKnown:
        plant.olts.length > 3
          ? { services: Math.floor(plant.size / 9), onus: Math.floor(plant.size / 8), speeds: 12 }
          : { services: 0, onus: 0, speeds: 0 },
      olts: plant.olts.map(({ id, name, rows }, at) => ({
        oltId: id,
        oltName: name,
        // The third does not answer (README).
        answers: plant.olts.length < 4 || at !== 2,
        readAt: now() - (at === 2 ? 5_400_000 : 40_000 + at * 9_000),
        notKnown: plant.olts.length > 3 && at === 2 ? rows : 0,
      })),
    }
  }
  const lookOf = (lookId: string): NonNullable<typeof look> => {
    if (look === null || look.id !== lookId)
      throw new NocturneError('not-found', { what: 'reconciliation' })
    return look
  }
  return {
    'billing.reconciliation': () => ({
      today: today(),
      lookId: look?.id ?? null,
      summary: look === null ? null : summaryOf(look),
    }),
    'billing.findings': (input) => {
      const { findings } = lookOf(input.lookId)
      const fitting = findings
        .filter((finding) => fitsFinding(finding, input, ignored))
        .toSorted(compareFindings(input.sort, input.descending))
      return {
        total: fitting.length,
        sums: stakesOf(fitting),
        findings: fitting
          .slice(input.offset, input.offset + input.limit)
          .map((finding) => shownFinding(finding, ignored, () => deps.me())),
      }
    },
    'billing.reconcile': ({ taskId }) => {
      const total = plant.size
      for (const part of [0.3, 0.7, 1]) {
        const done = Math.round(total * part)
        deps.emit('workspace.progress', { taskId, step: 'services', done, total })
      }
      // Fewer than ten ONUs: a small provider whose books are right.
      const count = plant.size < 10 ? 0 : Math.min(160, Math.ceil(plant.size / 9))
      look = {
        id: newId(),
        at: now(),
        findings: Array.from({ length: count }, (_, at) => findingAt(at)),
      }
      deps.changed()
      return { lookId: look.id, findings: count }
    },
    'billing.ignoreFindings': ({ lookId, keys, reason, untilOn }) => {
      lookOf(lookId)
      if (untilOn !== null && untilOn < today())
        throw new NocturneError('day-too-early', { on: untilOn, first: today() })
      for (const key of keys) {
        ignored.set(key, { key, reason, untilOn, at: now(), by: deps.me() })
      }
      deps.changed()
      return { ignored: keys.length }
    },
    'billing.heedFindings': ({ lookId, keys }) => {
      lookOf(lookId)
      for (const key of keys) ignored.delete(key)
      deps.changed()
      return {}
    },
  }
}

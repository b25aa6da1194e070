import { randomBytes } from 'node:crypto'
import type { voucherStates } from '../../../src-shared/contract/billing-vouchers.ts'
import { currencyCode } from '../../../src-shared/domain/currencies.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { BillingDependencies, Today } from '../ports.ts'
import { accountOf, gone } from '../plans/plan-handlers.ts'
import type { Reads } from '../plans/plan-tables.ts'
import { nameSheet, sheetName, tidySheets, writeSheetPart } from './sheet-files.ts'
import { codeFrom, hashOfCode } from './voucher-code.ts'
import { writeVoucherSheet } from './voucher-sheet.ts'
import {
  allBatches,
  batchById,
  countsByBatch,
  insertBatch,
  insertVoucher,
  nextBatchNumber,
  voidNew,
  vouchersOf,
  type BatchRecord,
  type VoucherRecord,
} from './voucher-tables.ts'

type VoucherQuery = 'billing.voucherBatches' | 'billing.vouchers'
type VoucherCommand = 'billing.makeVouchers' | 'billing.voidVouchers'
type ShownState = (typeof voucherStates)[number]

/** Printed on the card beside its code: `3-0012`. */
export const cardNumber = (batch: number, serial: number): string =>
  `${batch}-${String(serial).padStart(4, '0')}`

export const createVoucherHandlers = (
  deps: Pick<BillingDependencies, 'clock' | 'newId' | 'nameOfAccount' | 'exportsFolder' | 'log'> & {
    readonly reads: Reads
    readonly today: Today
    readonly changed: () => void
    /** Bytes by chance; a test's own. */
    readonly random?: (length: number) => Uint8Array
  },
): {
  readonly queries: QueryHandlers<VoucherQuery>
  readonly commands: CommandHandlers<VoucherCommand>
  /** Puts right what a dead process left. */
  start(): void
} => {
  const { clock, exportsFolder, newId, reads, today } = deps
  const random = deps.random ?? randomBytes

  const isOver = ({ expiresOn }: BatchRecord): boolean => expiresOn !== null && expiresOn < today()

  return {
    start: () => {
      tidySheets(exportsFolder, (id) => batchById(reads, id) !== null).catch((error: unknown) =>
        deps.log.warn('sheets of vouchers could not be put right', { error }),
      )
    },
    queries: {
      'billing.voucherBatches': () => {
        const counts = countsByBatch(reads)
        return {
          batches: allBatches(reads).map((batch) => {
            const { new: fresh = 0, used = 0, void: voided = 0 } = counts.get(batch.id) ?? {}
            const over = isOver(batch)
            return {
              ...batch,
              createdBy: batch.createdBy === null ? null : deps.nameOfAccount(batch.createdBy),
              states: { new: over ? 0 : fresh, used, void: voided, expired: over ? fresh : 0 },
            }
          }),
        }
      },
      'billing.vouchers': ({ batchId, states, offset, limit }) => {
        const batch = batchById(reads, batchId)
        if (batch === null) throw gone('voucher-batch')
        const over = isOver(batch)
        const { total, vouchers } = vouchersOf(reads, batchId, kept(states, over), offset, limit)
        return {
          total,
          vouchers: vouchers.map(({ serial, state, ...voucher }) => ({
            ...voucher,
            number: cardNumber(batch.number, serial),
            state: state === 'new' && over ? ('expired' as const) : state,
          })),
        }
      },
    },
    commands: {
      'billing.makeVouchers': async ({ language, ...input }, context) => {
        if (input.expiresOn !== null && input.expiresOn < today()) {
          throw new NocturneError('invalid-input', { field: 'expiresOn' })
        }
        const id = newId()
        const number = nextBatchNumber(reads)
        const currency = currencyCode(input.currency)
        const at = clock.now()
        const cards = Array.from({ length: input.count }, (_, index) => ({
          serial: index + 1,
          number: cardNumber(number, index + 1),
          code: codeFrom(random(17)),
        }))
        const sheet = await writeVoucherSheet({ ...input, currency, language, cards, madeAt: at })
        await writeSheetPart(exportsFolder, id, sheet)
        return {
          apply: (tx) => {
            if (nextBatchNumber(tx) !== number) {
              throw new NocturneError('conflict', { what: 'voucher-batch' })
            }
            const fileName = sheetName(id)
            insertBatch(tx, {
              ...input,
              id,
              number,
              currency,
              sheetFile: fileName,
              createdAt: at,
              createdBy: accountOf(context),
            })
            // SECURITY: the store knows a code by its hash alone.
            for (const { serial, code } of cards) {
              insertVoucher(tx, { id: newId(), batchId: id, serial, codeHash: hashOfCode(code) })
            }
            tx.change({
              entity: 'voucher-batch',
              entityId: id,
              kind: 'created',
              version: 1,
              data: { number, ...input },
            })
            return { batchId: id, folder: exportsFolder, fileName }
          },
          after: async () => {
            await nameSheet(exportsFolder, id)
            deps.changed()
          },
        }
      },

      'billing.voidVouchers': ({ batchId, voucherIds, count, reason }) => ({
        apply: (tx) => {
          const batch = batchById(tx, batchId)
          if (batch === null) throw gone('voucher-batch')
          const voided = voidNew(tx, batchId, voucherIds, reason, clock.now())
          // Some were used or voided meanwhile: it is looked at again first.
          if (voided !== count) throw new NocturneError('conflict', { what: 'vouchers' })
          tx.about({ reason })
          tx.change({
            entity: 'voucher-batch',
            entityId: batchId,
            kind: 'updated',
            version: 1,
            data: { voided, reason },
          })
          return { voided }
        },
        after: deps.changed,
      }),
    },
  }
}

/** `expired` is a new one of a batch that is past its day. */
const kept = (states: readonly ShownState[], over: boolean): readonly VoucherRecord['state'][] => {
  if (states.length === 0) return ['new', 'used', 'void']
  return states.flatMap((state): VoucherRecord['state'][] =>
    state === 'expired' ? (over ? ['new'] : []) : state === 'new' ? (over ? [] : ['new']) : [state],
  )
}

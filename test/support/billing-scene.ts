import { createBillingBench, type BillingBench } from './billing-bench.ts'

/** One line as a person types it. */
export const typed = (unitPrice: number, taxCodes: readonly string[] = []) => ({
  description: 'Cable',
  quantity: 1,
  unitPrice,
  unitScale: 2,
  taxIncluded: false,
  taxCodes: [...taxCodes],
})

export interface Scene {
  readonly bench: BillingBench
  readonly subscriberId: string
  /** Of 31.00 and 11 % of it, from a run. */
  readonly invoiceId: string
}

export const scene = async (): Promise<Scene> => {
  const bench = createBillingBench()
  bench.seller()
  bench.taxRate('VAT', 110_000)
  const subscriberId = bench.subscriber('Ani')
  const home = bench.plan('Home 20', 3_100, { taxCodes: ['VAT'] })
  bench.subscription(subscriberId, home, '2026-01-31')
  await bench.run('2026-01-31')
  const [invoice] = bench.reads.all<{ id: string }>(`SELECT id FROM invoice`)
  return { bench, subscriberId, invoiceId: invoice?.id ?? '' }
}

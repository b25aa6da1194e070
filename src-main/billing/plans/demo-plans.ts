import type { PlanTerms } from '../../../src-shared/contract/billing-model.ts'

/** What a small Indonesian provider sells: rupiah, PPN 12 % on 11/12; for looking around. */

export interface DemoPlan {
  readonly code: string
  readonly name: string
  readonly kind: 'main' | 'extra'
  readonly payment: 'postpaid' | 'prepaid'
  /** Mbit/s; null: it sets none. */
  readonly downMbps: number | null
  readonly versions: readonly PlanTerms[]
}

/** Sen of so many thousand rupiah. */
const thousand = (rupiah: number): number => rupiah * 100_000

const terms = (validFromOn: string, price: number, rest: Partial<PlanTerms> = {}): PlanTerms => ({
  validFromOn,
  price: thousand(price),
  unitPrice: null,
  unit: '',
  taxIncluded: false,
  taxCodes: ['PPN'],
  interval: 'month',
  mode: 'advance',
  proration: 'actual',
  billWhileSuspended: true,
  billWhilePaused: false,
  speedId: null,
  minTermMonths: 0,
  trialDays: 0,
  graceDays: 0,
  balanceDays: null,
  extras: [],
  discounts: [],
  ...rest,
})

const installation: PlanTerms['extras'][number] = {
  code: 'PASANG',
  name: 'Pemasangan',
  kind: 'one-off',
  price: thousand(250),
  required: true,
}
const ip: PlanTerms['extras'][number] = {
  code: 'IP',
  name: 'IP publik',
  kind: 'recurring',
  price: thousand(50),
  required: false,
}
const firstThree: PlanTerms['discounts'][number] = {
  name: 'Promo pelanggan baru',
  amount: null,
  percentPpm: 250_000,
  fromOn: '2026-10-01',
  untilOn: '2027-01-01',
  cycles: 3,
}

/** The rate that the plans name. */
export const demoTax = {
  code: 'PPN',
  name: 'PPN',
  ratePpm: 120_000,
  baseNum: 11,
  baseDen: 12,
  country: 'ID',
  validFromOn: '2025-01-01',
  validToOn: null,
} as const

const home = (code: string, downMbps: number, before: number, now: number): DemoPlan => ({
  code,
  name: `Rumah ${downMbps} Mbps`,
  kind: 'main',
  payment: 'postpaid',
  downMbps,
  versions: [
    terms('2025-01-01', before, { extras: [installation, ip], minTermMonths: 12 }),
    terms('2026-07-01', now, {
      extras: [installation, ip],
      discounts: [firstThree],
      minTermMonths: 12,
    }),
  ],
})

export const demoPlans: readonly DemoPlan[] = [
  home('RUMAH-20', 20, 199, 210),
  home('RUMAH-50', 50, 285, 299),
  home('RUMAH-100', 100, 375, 389),
  {
    code: 'BISNIS-200',
    name: 'Bisnis 200 Mbps',
    kind: 'main',
    payment: 'postpaid',
    downMbps: 200,
    versions: [
      terms('2025-01-01', 1_250, {
        mode: 'arrears',
        extras: [{ ...ip, required: true }],
        minTermMonths: 24,
      }),
    ],
  },
  {
    code: 'KARTU-10',
    name: 'Prabayar 10 Mbps, 30 hari',
    kind: 'main',
    payment: 'prepaid',
    downMbps: 10,
    versions: [
      terms('2026-01-01', 111, {
        interval: '30d',
        taxIncluded: true,
        billWhileSuspended: false,
        graceDays: 1,
        balanceDays: 180,
      }),
    ],
  },
  {
    code: 'TV',
    name: 'TV 80 saluran',
    kind: 'extra',
    payment: 'postpaid',
    downMbps: null,
    versions: [terms('2025-06-01', 65)],
  },
]

import {
  sellerSettings,
  type SellerSettings,
} from '../../../../src-shared/contract/billing-documents-model.ts'

/** The seller as he is typed; numbers are texts until they can be read. Pure. */

export type Terms = SellerSettings['terms']
export type TermsKind = Terms['kind']

export const termsKinds: readonly TermsKind[] = [
  'days',
  'days-after-month-end',
  'months-after-month-end',
  'days-then-month-end',
  'end-of-month',
  'start-of-next-month',
  'day-of-month',
  'day-of-later-month',
]

/** What each way of being due is told by. */
export const termsFields: Readonly<Record<TermsKind, readonly ('days' | 'day' | 'months')[]>> = {
  days: ['days'],
  'days-after-month-end': ['days'],
  'months-after-month-end': ['months'],
  'days-then-month-end': ['days', 'day'],
  'end-of-month': [],
  'start-of-next-month': [],
  'day-of-month': ['day'],
  'day-of-later-month': ['day', 'months'],
}

export interface SellerForm extends Omit<SellerSettings, 'terms' | 'leadDays'> {
  readonly termsKind: TermsKind
  readonly days: string
  readonly day: string
  readonly months: string
  readonly leadDays: string
}

export const formOf = ({ terms, leadDays, ...rest }: SellerSettings): SellerForm => ({
  ...rest,
  termsKind: terms.kind,
  days: 'days' in terms ? String(terms.days) : '14',
  day: 'day' in terms ? String(terms.day) : '15',
  months: 'months' in terms ? String(terms.months) : '1',
  leadDays: String(leadDays),
})

const whole = (text: string): number => (/^\d{1,3}$/u.test(text) ? Number(text) : Number.NaN)

const termsOf = ({ termsKind, days, day, months }: SellerForm): unknown => {
  const fields = termsFields[termsKind]
  return {
    kind: termsKind,
    ...(fields.includes('days') ? { days: whole(days) } : {}),
    ...(fields.includes('day') ? { day: whole(day) } : {}),
    ...(fields.includes('months') ? { months: whole(months) } : {}),
  }
}

/** The seller, or which fields the contract refuses. */
export const sellerOfForm = (
  form: SellerForm,
): { readonly seller: SellerSettings } | { readonly faults: readonly string[] } => {
  const { termsKind: _kind, days: _days, day: _day, months: _months, ...rest } = form
  const read = sellerSettings.safeParse({
    ...rest,
    leadDays: whole(form.leadDays),
    terms: termsOf(form),
  })
  if (read.success) return { seller: read.data }
  return { faults: read.error.issues.map(({ path }) => path.join('.')) }
}

import type { PayPalLink } from '../../../../src-shared/contract/billing-paypal.ts'

export const linkColumns = ['made', 'subscriber', 'state', 'description', 'by', 'amount'] as const
export type LinkColumn = (typeof linkColumns)[number]

/** Amounts of two currencies are not compared: by currency first. */
const keyOf: Readonly<Record<LinkColumn, (link: PayPalLink) => string | number>> = {
  made: ({ madeAt }) => madeAt,
  subscriber: ({ subscriberName }) => subscriberName,
  state: ({ state }) => state,
  description: ({ description }) => description,
  by: ({ madeBy }) => madeBy ?? '',
  amount: ({ amount, currency }) => `${currency}${String(amount).padStart(16, '0')}`,
}

export const sortLinks = (
  links: readonly PayPalLink[],
  { column, descending }: { readonly column: LinkColumn; readonly descending: boolean },
): readonly PayPalLink[] => {
  const key = keyOf[column]
  const compare = (one: PayPalLink, other: PayPalLink): number => {
    const [a, b] = [key(one), key(other)]
    const order =
      typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
    return order === 0 ? one.madeAt - other.madeAt : order
  }
  return links.toSorted((one, other) => (descending ? compare(other, one) : compare(one, other)))
}

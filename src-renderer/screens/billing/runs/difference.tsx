import { Money } from '../../../components/money.tsx'

/** More has a plus sign; the same is nothing. */
export const Difference = ({
  minor,
  currency,
}: {
  readonly minor: number
  readonly currency: string
}) =>
  minor === 0 ? (
    <span className="nc-faint">–</span>
  ) : (
    <span className="nbr-diff">
      {minor > 0 && '+'}
      <Money minor={minor} currency={currency} />
    </span>
  )

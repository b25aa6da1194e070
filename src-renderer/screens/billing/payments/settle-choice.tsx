import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { settlementsOf } from '../../../../src-shared/domain/settlements.ts'
import { Day } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'

type Open = Output<'billing.account'>['open']

export interface Choice {
  readonly open: Open
  readonly amount: number
  readonly chosen: readonly string[]
  readonly settles: { documentId: string; amount: number }[]
  /** By document: what it gets. */
  readonly preview: ReadonlyMap<string, number>
  readonly toggle: (documentId: string) => void
  readonly reset: () => void
}

/** What an amount settles: what was ticked, then what is due longest. */
export const useSettleChoice = (open: Open, amount: number): Choice => {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const settles = chosenOf(open, chosen, amount)
  return {
    open,
    amount,
    chosen,
    settles,
    preview: previewOf(open, settles, amount),
    toggle: (id) =>
      setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]),
    reset: () => setChosen([]),
  }
}

export const SettleChoice = ({
  choice: { open, amount, chosen, preview, toggle },
  currency,
}: {
  readonly choice: Choice
  readonly currency: string
}) => {
  const { t } = useTranslation('billing-payments')
  const money = useMoneyText()
  const left = leftOf(preview, amount)
  return (
    <>
      {open.length > 0 && (
        <fieldset className="nbp-choose">
          <legend>{t('dialog.settles')}</legend>
          <p className="nc-soft nc-small">{t('dialog.settlesHint')}</p>
          {open.map((document) => {
            const part = preview.get(document.id) ?? 0
            return (
              <div key={document.id} className="nbp-choice">
                <Checkbox
                  label={<span className="nc-mono">{document.number}</span>}
                  checked={chosen.includes(document.id)}
                  onChange={() => toggle(document.id)}
                />
                <Day on={document.dueOn} />
                <Money minor={document.open} currency={currency} />
                <span data-part={part > 0 || undefined}>
                  {part === 0
                    ? t('dialog.untouched')
                    : part === document.open
                      ? t('dialog.paid')
                      : t('dialog.part', { amount: money(part, currency) })}
                </span>
              </div>
            )
          })}
        </fieldset>
      )}
      <p role="status" className="nc-soft">
        {amount === 0
          ? t('dialog.noAmount')
          : left > 0
            ? t('dialog.left', { amount: money(left, currency) })
            : t('dialog.nothingLeft')}
      </p>
    </>
  )
}

const leftOf = (preview: ReadonlyMap<string, number>, amount: number): number =>
  [...preview.values()].reduce((left, part) => left - part, amount)

/** What was ticked, in the order of the ticks, as far as the money reaches. */
const chosenOf = (open: Open, chosen: readonly string[], amount: number) => {
  let left = amount
  return chosen.flatMap((documentId) => {
    const document = open.find(({ id }) => id === documentId)
    const part = Math.min(left, document?.open ?? 0)
    left -= part
    return part > 0 ? [{ documentId, amount: part }] : []
  })
}

/** By document: what it gets, chosen first and then oldest first, by the rule of the engine. */
const previewOf = (
  open: Open,
  chosen: readonly { readonly documentId: string; readonly amount: number }[],
  amount: number,
): ReadonlyMap<string, number> => {
  const parts = new Map(chosen.map((one) => [one.documentId, one.amount]))
  const rest = open
    .map((document) => ({ ...document, open: document.open - (parts.get(document.id) ?? 0) }))
    .filter((document) => document.open > 0)
  const free = amount - chosen.reduce((sum, one) => sum + one.amount, 0)
  const source = { kind: 'payment', id: 'this', on: '', free, correctsId: null } as const
  for (const made of settlementsOf(rest, [source])) {
    parts.set(made.documentId, (parts.get(made.documentId) ?? 0) + made.amount)
  }
  return parts
}

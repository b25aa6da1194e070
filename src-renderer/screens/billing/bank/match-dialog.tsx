import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankLineRow } from '../../../../src-shared/contract/billing-bank-model.ts'
import { useQuery } from '../../../client/hooks.ts'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { useMoneyText } from '../../../components/money.tsx'
import { act } from '../billing-acts.ts'

interface Part {
  readonly subscriberId: string | null
  readonly typed: string
}

/** Who paid is chosen by hand; one movement may be for several subscribers. */
export const MatchDialog = (props: {
  readonly line: BankLineRow
  readonly onClose: () => void
  readonly onDone: () => void
}) => {
  const { t } = useTranslation('billing-bank')
  const money = useMoneyText()
  const { line } = props
  const { currency } = line
  const [parts, setParts] = useState<readonly Part[]>([
    { subscriberId: line.proposals[0]?.subscriberId ?? null, typed: typedOf(line.left, currency) },
  ])
  const sum = parts.reduce((total, { typed }) => total + (minorOf(typed, currency) ?? 0), 0)
  const chosen = parts.flatMap(({ subscriberId, typed }) => {
    const amount = minorOf(typed, currency)
    return subscriberId === null || amount === null || amount <= 0 ? [] : [{ subscriberId, amount }]
  })
  const isTwice = new Set(chosen.map((one) => one.subscriberId)).size < chosen.length
  const change = (at: number, part: Partial<Part>): void =>
    setParts(parts.map((one, place) => (place === at ? { ...one, ...part } : one)))
  return (
    <FormDialog
      title={t('hand.title', { amount: money(line.left, currency) })}
      button={t('take')}
      size="lg"
      ready={chosen.length === parts.length && sum === line.left && !isTwice}
      onClose={props.onClose}
      onSubmit={async () => {
        const input = { lineId: line.id, parts: chosen }
        const out = await act('billing.takeBankLine', input, ({ numbers }) => ({
          title: t('taken', { number: numbers.join(', ') }),
        }))
        if (out !== undefined) props.onDone()
        return out !== undefined
      }}
    >
      <p className="nc-soft">
        {line.payer ?? t('noPayer')}: {line.remittance}
      </p>
      {parts.map((part, at) => (
        // Parts have no name of their own.
        <div key={at} className="nbk-part">
          <SubscriberField
            label={t('hand.who')}
            value={part.subscriberId}
            initial={
              at === 0 && line.proposals[0] !== undefined
                ? `${line.proposals[0].subscriberCode} ${line.proposals[0].subscriberName}`
                : ''
            }
            onChange={(subscriberId) => change(at, { subscriberId })}
            autoFocus={at === 0}
          />
          <MoneyField
            label={t('column.amount')}
            currency={currency}
            value={part.typed}
            onChange={(typed) => change(at, { typed })}
          />
          {parts.length > 1 && (
            <ActionIcon
              aria-label={t('hand.remove')}
              onClick={() => setParts(parts.filter((_, place) => place !== at))}
            >
              <IconX size={16} aria-hidden="true" />
            </ActionIcon>
          )}
        </div>
      ))}
      <Button
        variant="subtle"
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        onClick={() =>
          setParts([
            ...parts,
            { subscriberId: null, typed: typedOf(Math.max(0, line.left - sum), currency) },
          ])
        }
      >
        {t('hand.another')}
      </Button>
      <p role="status" className={sum === line.left ? 'nc-soft' : 'nbk-bad'}>
        {isTwice
          ? t('hand.twice')
          : sum === line.left
            ? t('hand.fits')
            : sum < line.left
              ? t('hand.missing', { amount: money(line.left - sum, currency) })
              : t('hand.over', { amount: money(sum - line.left, currency) })}
      </p>
    </FormDialog>
  )
}

/** A subscriber, found by what is typed. */
const SubscriberField = (props: {
  readonly label: string
  readonly value: string | null
  readonly initial: string
  readonly autoFocus: boolean
  readonly onChange: (subscriberId: string | null) => void
}) => {
  const { t } = useTranslation('billing-bank')
  const [search, setSearch] = useState(props.initial)
  const { value } = useQuery('subscribers.list', { filter: { search }, limit: 20 })
  const data = (value?.subscribers ?? []).map(({ id, code, name }) => ({
    value: id,
    label: `${code} ${name}`,
  }))
  // The chosen one stays among them, whatever is typed.
  const own =
    props.value !== null && !data.some((one) => one.value === props.value)
      ? [{ value: props.value, label: props.initial }]
      : []
  return (
    <Select
      label={props.label}
      placeholder={t('hand.search')}
      searchable
      nothingFoundMessage={t('hand.none')}
      filter={({ options }) => options}
      data={[...own, ...data]}
      value={props.value}
      searchValue={search}
      onSearchChange={setSearch}
      onChange={props.onChange}
      data-autofocus={props.autoFocus || undefined}
    />
  )
}

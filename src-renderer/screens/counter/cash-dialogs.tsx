import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CashSession, CashTill } from '../../../src-shared/contract/billing-counter-model.ts'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../components/money-field.tsx'
import { useMoneyText } from '../../components/money.tsx'
import { act } from '../billing/billing-acts.ts'

/** Begins a session: which till, and what is in its drawer. */
export const OpenDialog = (props: {
  readonly tills: readonly CashTill[]
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-counter')
  const free = props.tills.find(({ openBy }) => openBy === null)
  const [tillId, setTillId] = useState(free?.id ?? '')
  const [typed, setTyped] = useState('')
  const sessionId = useRef(makeUuidV7())
  const till = props.tills.find(({ id }) => id === tillId)
  const currency = till?.currency ?? 'EUR'
  const float = minorOf(typed, currency)
  return (
    <FormDialog
      title={t('open.title')}
      button={t('open.button')}
      ready={till !== undefined && float !== null}
      onClose={props.onClose}
      onSubmit={async () => {
        const input = { sessionId: sessionId.current, tillId, float: float ?? 0 }
        const out = await act('billing.openCash', input, () => ({
          title: t('open.done', { till: till?.name ?? '' }),
        }))
        return out !== undefined
      }}
    >
      <Select
        label={t('open.till')}
        data={props.tills.map(({ id, name, openBy }) => ({
          value: id,
          label: openBy === null ? name : t('open.inUse', { till: name, person: openBy }),
          disabled: openBy !== null,
        }))}
        value={tillId}
        allowDeselect={false}
        onChange={(value) => {
          setTillId(value ?? '')
          setTyped('')
        }}
      />
      <MoneyField
        label={t('open.float')}
        currency={currency}
        value={typed}
        onChange={setTyped}
        data-autofocus
      />
    </FormDialog>
  )
}

const kinds = ['drop', 'in', 'out'] as const
type Kind = (typeof kinds)[number]

export interface SessionDialogProps {
  readonly session: CashSession
  readonly onClose: () => void
}

/** To the safe, into the drawer, out of it. */
export const MoveDialog = ({ session, onClose }: SessionDialogProps) => {
  const { t } = useTranslation('billing-counter')
  const money = useMoneyText()
  const { currency, report } = session
  const [kind, setKind] = useState<Kind>('drop')
  const [typed, setTyped] = useState(() => typedOf(null, currency))
  const [reason, setReason] = useState('')
  const moveId = useRef(makeUuidV7())
  const amount = minorOf(typed, currency) ?? 0
  const isTooMuch = kind !== 'in' && amount > report.expected
  const has = t('move.has', { amount: money(report.expected, currency) })
  return (
    <FormDialog
      title={t('move.title')}
      button={t('move.button')}
      ready={amount > 0 && !isTooMuch && (kind === 'drop' || reason.trim() !== '')}
      onClose={onClose}
      onSubmit={async () => {
        const input = { moveId: moveId.current, kind, amount, reason }
        const out = await act('billing.moveCash', input, ({ expected }) => ({
          title: t('move.done', { amount: money(expected, currency) }),
        }))
        return out !== undefined
      }}
    >
      <SegmentedControl
        aria-label={t('move.title')}
        fullWidth
        value={kind}
        onChange={setKind}
        data={kinds.map((value) => ({ value, label: t(`move.${value}`) }))}
      />
      <MoneyField
        label={t('move.amount')}
        {...(isTooMuch ? { error: has } : { description: has })}
        currency={currency}
        value={typed}
        onChange={setTyped}
        data-autofocus
      />
      <TextInput
        label={t('move.reason')}
        value={reason}
        maxLength={300}
        required={kind !== 'drop'}
        {...(kind === 'drop' ? { description: t('move.optional') } : {})}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

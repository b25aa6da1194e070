import { Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Day } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { MoneyField, minorOf, typedOf } from '../../../components/money-field.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { act } from '../billing-acts.ts'

export interface WriteOffDialogProps {
  readonly subscriberId: string
  readonly open: Output<'billing.account'>['open']
  readonly onClose: () => void
}

/** Which open documents are given up, how far, and why; above the limit it is kept and asked about. */
export const WriteOffDialog = ({ subscriberId, open, onClose }: WriteOffDialogProps) => {
  const { t } = useTranslation('billing-write-offs')
  const money = useMoneyText()
  // Of one currency: that of the first that was ticked.
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map())
  const [reason, setReason] = useState('')
  const currency = open.find(({ id }) => typed.has(id))?.currency ?? open[0]?.currency ?? ''
  const documents = [...typed].map(([documentId, text]) => ({
    documentId,
    amount: minorOf(text, currency) ?? 0,
  }))
  const isRight = documents.every(
    ({ documentId, amount }) =>
      amount > 0 && amount <= (open.find(({ id }) => id === documentId)?.open ?? 0),
  )
  const total = documents.reduce((sum, { amount }) => sum + amount, 0)
  const set = (id: string, text: string | null): void => {
    const next = new Map(typed)
    if (text === null) next.delete(id)
    else next.set(id, text)
    setTyped(next)
  }
  const input = { subscriberId, currency, documents, reason: reason.trim() }
  const look = useQuery(
    'billing.writeOffLook',
    { subscriberId, currency, documents },
    {
      on: ['approvals.changed', 'billing.changed'],
      skip: documents.length === 0 || !isRight,
    },
  )
  const needsSecond = look.value?.secondPerson === true
  const submit = async (): Promise<boolean> => {
    if (!needsSecond) {
      const done = await act('billing.writeOff', input, () => ({
        title: t('done', { amount: money(total, currency) }),
      }))
      return done !== undefined
    }
    const kept = await act('billing.draftWriteOff', input, () => ({ title: t('kept') }))
    if (kept === undefined) return false
    await act(
      'approvals.ask',
      { kind: 'billing.write-off', subjectId: kept.writeOffId, reason: input.reason },
      () => ({ title: t('askedFor') }),
    )
    return true
  }
  return (
    <FormDialog
      title={t('title')}
      button={t(needsSecond ? 'ask' : 'button')}
      ready={
        documents.length > 0 &&
        isRight &&
        input.reason !== '' &&
        look.value !== undefined &&
        !look.loading
      }
      size="lg"
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="nc-soft">{t('intro')}</p>
      <fieldset className="nbp-choose">
        <legend>{t('documents')}</legend>
        {open.map((document) => {
          const text = typed.get(document.id)
          const amount = text === undefined ? null : minorOf(text, document.currency)
          const isOther = typed.size > 0 && document.currency !== currency
          return (
            <div key={document.id} className="nbp-choice">
              <Checkbox
                label={<span className="nc-mono">{document.number}</span>}
                checked={text !== undefined}
                disabled={isOther}
                onChange={(event) =>
                  set(
                    document.id,
                    event.currentTarget.checked ? typedOf(document.open, document.currency) : null,
                  )
                }
              />
              <Day on={document.dueOn} />
              <Money minor={document.open} currency={document.currency} />
              {text === undefined ? (
                <span className="nc-faint">–</span>
              ) : (
                <MoneyField
                  label={t('amountOf', { number: document.number })}
                  hideLabel
                  currency={document.currency}
                  value={text}
                  onChange={(value) => set(document.id, value)}
                  error={
                    amount === null || amount < 1 || amount > document.open
                      ? t('beyond')
                      : undefined
                  }
                />
              )}
            </div>
          )
        })}
      </fieldset>
      <TextInput
        label={t('reason')}
        value={reason}
        maxLength={300}
        required
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <p role="status" className="nc-soft">
        {total === 0 || !isRight
          ? t('nothing')
          : t(needsSecond ? 'needsSecond' : 'total', { amount: money(total, currency) })}
      </p>
    </FormDialog>
  )
}

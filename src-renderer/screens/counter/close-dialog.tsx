import { Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { makeUuidV7 } from '../../client/uuid.ts'
import { FormDialog } from '../../components/form-dialog.tsx'
import { Money, useMoneyText } from '../../components/money.tsx'
import { act } from '../billing/billing-acts.ts'
import type { SessionDialogProps } from './cash-dialogs.tsx'
import { CountFields, countedOf, nothingCounted, piecesOf } from './count-fields.tsx'
import { Difference } from './report-view.tsx'

/** Counted in between: what is in the drawer against what should be. */
export const CountDialog = ({ session, onClose }: SessionDialogProps) => {
  const { t } = useTranslation('billing-counter')
  const money = useMoneyText()
  const { currency } = session
  const [counted, setCounted] = useState(nothingCounted)
  const countId = useRef(makeUuidV7())
  const sum = countedOf(counted, currency)
  return (
    <FormDialog
      title={t('count.title')}
      button={t('count.button')}
      ready={sum !== null}
      onClose={onClose}
      onSubmit={async () => {
        const input = { countId: countId.current, counted: sum ?? 0, pieces: piecesOf(counted) }
        const out = await act('billing.countCash', input, ({ difference }) => ({
          title:
            difference === 0
              ? t('count.right')
              : t(difference > 0 ? 'count.over' : 'count.short', {
                  amount: money(Math.abs(difference), currency),
                }),
        }))
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('count.text')}</p>
      <CountFields currency={currency} value={counted} onChange={setCounted} />
    </FormDialog>
  )
}

/** The end: counted first, and only then compared. */
export const CloseDialog = ({ session, onClose }: SessionDialogProps) => {
  const { t } = useTranslation('billing-counter')
  const { currency } = session
  const [counted, setCounted] = useState(nothingCounted)
  const [isCompared, setCompared] = useState(false)
  const [reason, setReason] = useState('')
  const sum = countedOf(counted, currency)
  const { expected } = session.report
  const difference = (sum ?? 0) - expected
  return (
    <FormDialog
      title={t('close.title')}
      button={t(isCompared ? 'close.button' : 'close.look')}
      ready={sum !== null && (!isCompared || difference === 0 || reason.trim() !== '')}
      onClose={onClose}
      onSubmit={async () => {
        if (!isCompared) {
          setCompared(true)
          return false
        }
        const out = await act(
          'billing.closeCash',
          {
            sessionId: session.id,
            counted: sum ?? 0,
            pieces: piecesOf(counted),
            expected,
            reason: difference === 0 ? '' : reason.trim(),
          },
          ({ number }) => ({ title: t('close.done', { number }) }),
        )
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t('close.text')}</p>
      <CountFields
        currency={currency}
        value={counted}
        onChange={(value) => {
          // A field that is left says its figure once more.
          if (countedOf(value, currency) !== sum) setCompared(false)
          setCounted(value)
        }}
      />
      {isCompared && (
        <>
          <dl className="nct-facts" role="status">
            <dt>{t('close.expected')}</dt>
            <dd>
              <Money minor={expected} currency={currency} />
            </dd>
            <dt>{t('close.counted')}</dt>
            <dd>
              <Money minor={sum} currency={currency} />
            </dd>
            <dt>{t('close.difference')}</dt>
            <dd>
              {difference === 0 ? (
                t('close.right')
              ) : (
                <Difference minor={difference} currency={currency} />
              )}
            </dd>
          </dl>
          {difference !== 0 && (
            <Textarea
              label={t('close.reason')}
              value={reason}
              maxLength={300}
              autosize
              required
              autoFocus
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
        </>
      )}
    </FormDialog>
  )
}

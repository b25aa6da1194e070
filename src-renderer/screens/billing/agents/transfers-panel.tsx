import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AgentTransfer } from '../../../../src-shared/contract/billing-agents.ts'
import { Day } from '../../../components/day.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { Money } from '../../../components/money.tsx'
import { act } from '../billing-acts.ts'

/** What went to him and came from him; one that was none is taken back. */
export const TransfersPanel = ({
  transfers,
  pays,
}: {
  readonly transfers: readonly AgentTransfer[]
  readonly pays: boolean
}) => {
  const { t } = useTranslation('billing-agents')
  const { t: payments } = useTranslation('billing-payments')
  const [back, setBack] = useState<AgentTransfer | null>(null)
  return (
    <section className="nc-panel" aria-label={t('transfer.list')}>
      <header className="nc-panel__head">
        <h2>{t('transfer.list')}</h2>
      </header>
      <div className="nc-panel__body">
        {transfers.length === 0 ? (
          <p className="nc-soft">{t('transfer.none')}</p>
        ) : (
          <ul className="nba-list">
            {transfers.map((one) => (
              <li key={one.id} data-void={one.reversedOn !== null || undefined}>
                <span>{t(`entry.${one.kind}`)}</span>
                <span className="nc-mono nc-soft">{one.number}</span>
                <Money minor={one.amount} currency={one.currency} />
                <small>
                  <Day on={one.on} /> · {payments(`method.${one.method}`)}
                  {one.reference === '' ? null : ` · ${one.reference}`}
                  {one.by === null ? null : ` · ${one.by}`}
                  {one.reversedOn === null ? null : (
                    <>
                      {' '}
                      · <strong>{t('transfer.reversed')}</strong> <Day on={one.reversedOn} />:{' '}
                      {one.reversalReason}
                    </>
                  )}
                  {pays && one.reversedOn === null && (
                    <>
                      {' '}
                      ·{' '}
                      <button type="button" className="nbl-open" onClick={() => setBack(one)}>
                        {t('transfer.reverse')}
                      </button>
                    </>
                  )}
                </small>
              </li>
            ))}
          </ul>
        )}
      </div>
      {back !== null && <ReverseDialog transfer={back} onClose={() => setBack(null)} />}
    </section>
  )
}

const ReverseDialog = ({
  transfer,
  onClose,
}: {
  readonly transfer: AgentTransfer
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-agents')
  const [reason, setReason] = useState('')
  return (
    <FormDialog
      title={t('transfer.reverseTitle', { number: transfer.number })}
      button={t('transfer.reverseButton')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={async () => {
        const out = await act(
          'billing.reverseAgentTransfer',
          { transferId: transfer.id, reason: reason.trim() },
          () => ({ title: t('transfer.reversedDone', { number: transfer.number }) }),
        )
        return out !== undefined
      }}
    >
      <p className="nc-soft">{t(`transfer.reverseText.${transfer.kind}`)}</p>
      <TextInput
        label={t('transfer.reason')}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

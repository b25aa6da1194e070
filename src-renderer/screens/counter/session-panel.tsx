import { Button, Kbd } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CashMove, CashSession } from '../../../src-shared/contract/billing-counter-model.ts'
import { Money, useMoneyText } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'
import { DrawerTable } from './report-view.tsx'

export interface SessionPanelProps {
  readonly session: CashSession
  readonly moves: readonly CashMove[]
  readonly onAct: (what: 'move' | 'count' | 'close') => void
  readonly onReceipt: (paymentId: string) => void
}

const acts = [
  ['move', 'F4'],
  ['count', 'F6'],
  ['close', 'F8'],
] as const

/** The drawer, and what went through it today. */
export const SessionPanel = ({ session, moves, onAct, onReceipt }: SessionPanelProps) => {
  const { t } = useTranslation('billing-counter')
  const format = useFormat()
  const money = useMoneyText()
  return (
    <aside className="nc-panel nct-session" aria-label={t('session.label')}>
      <header>
        <h2>{session.tillName}</h2>
        <span className="nc-soft">
          {t('session.since', { time: format.instant(session.openedAt, 'minute') })}
        </span>
      </header>
      <p className="nct-drawer">
        {t('session.expected')} <strong>{money(session.report.expected, session.currency)}</strong>
      </p>
      <DrawerTable report={session.report} currency={session.currency} />
      <div className="nct-acts">
        {acts.map(([act, key]) => (
          <Button
            key={act}
            variant="default"
            size="xs"
            rightSection={<Kbd size="xs">{key}</Kbd>}
            onClick={() => onAct(act)}
          >
            {t(`keys.${act}`)}
          </Button>
        ))}
      </div>
      <h3>{t('session.moves')}</h3>
      {moves.length === 0 ? (
        <p className="nc-soft">{t('session.noMoves')}</p>
      ) : (
        <div className="nct-moves">
          <MovesTable moves={moves} currency={session.currency} onReceipt={onReceipt} />
        </div>
      )}
    </aside>
  )
}

type Method = 'cash' | 'card' | 'transfer' | 'other'

export const MovesTable = (props: {
  readonly moves: readonly CashMove[]
  readonly currency: string
  readonly onReceipt?: (paymentId: string) => void
}) => {
  const { t } = useTranslation('billing-counter')
  const format = useFormat()
  const { moves, currency, onReceipt } = props
  return (
    <table className="nc-table" aria-label={t('session.moves')}>
      <tbody>
        {moves.map((move) => (
          <tr key={move.id} data-void={move.payment?.reversed === true || undefined}>
            <td className="nc-soft">{format.instant(move.at, 'minute')}</td>
            <td>
              {move.payment !== null && onReceipt !== undefined ? (
                <button
                  type="button"
                  className="nct-link"
                  onClick={() => onReceipt(move.payment?.id ?? '')}
                >
                  {move.payment.number}
                </button>
              ) : (
                (move.payment?.number ?? t(`kind.${move.kind}`))
              )}{' '}
              <span className="nc-soft">
                {move.payment === null
                  ? move.reason
                  : move.kind === 'payment'
                    ? move.payment.subscriberName
                    : t(`kind.${move.kind}`)}
              </span>
            </td>
            <td className="nc-soft">{t(`method.${move.method as Method}`)}</td>
            <td className="nc-num">
              <Money minor={move.amount} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

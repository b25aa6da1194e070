import { useTranslation } from 'react-i18next'
import type { CashReport, CashSession } from '../../../src-shared/contract/billing-counter-model.ts'
import { Money, useMoneyText } from '../../components/money.tsx'
import { useFormat } from '../../components/use-format.ts'

type Method = 'cash' | 'card' | 'transfer' | 'other'

interface DrawerProps {
  readonly report: CashReport
  readonly currency: string
}

/** What makes up the drawer, row by row; other methods stand below, outside of it. */
export const DrawerTable = ({ report, currency }: DrawerProps) => {
  const { t } = useTranslation('billing-counter')
  const cash = report.methods.find(({ method }) => method === 'cash')
  const rows = [
    [t('session.float'), report.float],
    [t('session.taken'), cash?.amount ?? 0],
    [t('session.rounding'), report.rounding],
    [t('session.in'), report.cashIn],
    [t('session.out'), report.cashOut],
    [t('session.drops'), report.drops],
    [t('session.refunds'), report.refunds],
  ] as const
  const others = report.methods.filter(({ method }) => method !== 'cash')
  return (
    <table className="nc-table nct-drawer-table" aria-label={t('report.drawer')}>
      <tbody>
        {rows
          .filter(([, amount], index) => index < 2 || amount !== 0)
          .map(([word, amount]) => (
            <tr key={word}>
              <th scope="row">{word}</th>
              <td className="nc-num">
                <Money minor={amount} currency={currency} />
              </td>
            </tr>
          ))}
        <tr className="nct-total">
          <th scope="row">{t('session.expected')}</th>
          <td className="nc-num">
            <Money minor={report.expected} currency={currency} />
          </td>
        </tr>
        {others.map(({ method, amount, count }) => (
          <tr key={method} className="nct-beside">
            <th scope="row">
              {t(`method.${method as Method}`)}{' '}
              <span className="nc-soft">{t('session.receipts', { count })}</span>
            </th>
            <td className="nc-num">
              <Money minor={amount} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Whether it is right is said in words; the colour comes beside them. */
export const Difference = (props: { readonly minor: number; readonly currency: string }) => {
  const money = useMoneyText()
  return (
    <span data-bad={props.minor !== 0 || undefined} className="nct-difference">
      {props.minor > 0 ? '+' : ''}
      {money(props.minor, props.currency)}
    </span>
  )
}

/** The report of a session: X while it runs, Z for good. */
export const ReportView = ({ session }: { readonly session: CashSession }) => {
  const { t } = useTranslation('billing-counter')
  const format = useFormat()
  const { closed, currency, corrections } = session
  const corrected = corrections.reduce((sum, { amount }) => sum + amount, closed?.difference ?? 0)
  return (
    <div className="nct-report">
      <dl className="nct-facts">
        <dt>{t('report.person')}</dt>
        <dd>{session.person}</dd>
        <dt>{t('report.opened')}</dt>
        <dd>{format.instant(session.openedAt)}</dd>
        {closed !== null && (
          <>
            <dt>{t('report.closed')}</dt>
            <dd>{format.instant(closed.at)}</dd>
            <dt>{t('report.closedBy')}</dt>
            <dd>{closed.by}</dd>
          </>
        )}
      </dl>
      <DrawerTable report={session.report} currency={currency} />
      {closed !== null && (
        <dl className="nct-facts">
          <dt>{t('close.counted')}</dt>
          <dd>
            <Money minor={closed.counted} currency={currency} />
          </dd>
          <dt>{t('report.difference')}</dt>
          <dd>
            <Difference minor={closed.difference} currency={currency} />
          </dd>
          {closed.reason !== '' && (
            <>
              <dt>{t('report.reason')}</dt>
              <dd>{closed.reason}</dd>
            </>
          )}
          {closed.pieces !== null && (
            <>
              <dt>{t('report.pieces')}</dt>
              <dd>
                {closed.pieces.map(({ value, count }) => (
                  <div key={value}>
                    {format.number(count)} × <Money minor={value} currency={currency} />
                  </div>
                ))}
              </dd>
            </>
          )}
          {corrections.map((one) => (
            <div key={one.id} className="nct-correction">
              <dt>{t('report.corrections')}</dt>
              <dd>
                <Difference minor={one.amount} currency={currency} /> · {one.reason} · {one.by}
              </dd>
            </div>
          ))}
          {corrections.length > 0 && (
            <>
              <dt>{t('report.corrected')}</dt>
              <dd>
                <Difference minor={corrected} currency={currency} />
              </dd>
            </>
          )}
          <dt>{t('sessions.state')}</dt>
          <dd>
            {session.signed === null
              ? t('report.unsigned')
              : t('report.signed', { person: session.signed.by })}
          </dd>
        </dl>
      )}
    </div>
  )
}

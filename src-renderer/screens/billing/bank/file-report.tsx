import { useTranslation } from 'react-i18next'
import type {
  BankProblem,
  BankStatementFacts,
} from '../../../../src-shared/contract/billing-bank-model.ts'
import { Day } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'

/** Balances of a file, and whether they add up. */
export const Statements = ({
  statements,
}: {
  readonly statements: readonly BankStatementFacts[]
}) => {
  const { t } = useTranslation('billing-bank')
  const money = useMoneyText()
  const told = statements.filter(({ closing }) => closing !== null)
  if (told.length === 0) return null
  return (
    <div className="nbk-short" tabIndex={0} role="region" aria-label={t('file.statements')}>
      <table className="nc-table" aria-label={t('file.statements')}>
        <thead>
          <tr>
            <th scope="col">{t('account')}</th>
            <th scope="col">{t('file.until')}</th>
            <th scope="col" className="nc-num">
              {t('file.opening')}
            </th>
            <th scope="col" className="nc-num">
              {t('file.closing')}
            </th>
            <th scope="col">{t('file.check')}</th>
          </tr>
        </thead>
        <tbody>
          {told.map((one, at) => (
            // Two of one day may look the same.
            <tr key={at}>
              <td className="nc-mono">{one.account}</td>
              <td>
                <Day on={one.closingOn} />
              </td>
              <td className="nc-num">
                <Money minor={one.opening} currency={one.currency ?? ''} />
              </td>
              <td className="nc-num">
                <Money minor={one.closing} currency={one.currency ?? ''} />
              </td>
              <td className={(one.difference ?? 0) === 0 ? undefined : 'nbk-bad'}>
                {one.difference === null
                  ? t('file.unchecked')
                  : one.difference === 0
                    ? t('file.adds')
                    : t('file.missing', { amount: money(one.difference, one.currency ?? '') })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const known = [
  'bad-date',
  'bad-amount',
  'bad-line',
  'missing-column',
  'unknown-currency',
  'wrong-currency',
  'balance-differs',
  'parts-differ',
  'not-booked',
  'broken-quote',
  'zero-amount',
  'day-in-future',
  'day-too-early',
] as const

/** Lines that were left out, each with why. */
export const FileProblems = (props: {
  readonly problems: readonly BankProblem[]
  readonly total: number
}) => {
  const { t } = useTranslation('billing-bank')
  if (props.problems.length === 0) return null
  return (
    <details open={props.problems.length <= 5}>
      <summary>{t('file.problems', { count: props.total })}</summary>
      <div className="nbk-short">
        <table className="nc-table">
          <tbody>
            {props.problems.map(({ position, code, found }, at) => (
              <tr key={at}>
                <td className="nc-num">{t('file.line', { line: position })}</td>
                <td>{t(`problem.${known.find((one) => one === code) ?? 'bad-line'}`)}</td>
                <td className="nc-mono nc-soft">{found}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}

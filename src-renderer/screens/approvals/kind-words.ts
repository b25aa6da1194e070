import i18next from 'i18next'
import type { ApprovalKindName, ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import type { CurrencyCode } from '../../../src-shared/domain/currencies.ts'
import { moneyText } from '../../../src-shared/domain/money-text.ts'
import { formatNumber } from '../../components/format.ts'

/** Under what name the words of a kind stand in `approvals.json`. */
export const sortOf = {
  'provisioning.plan': 'plan',
  'billing.credit-note': 'credit',
  'billing.write-off': 'writeOff',
} as const satisfies Record<ApprovalKindName, string>

/** What was asked for, in a line: “Delete: 3 ONUs”, “Credit note on INV-A-2026-000042: IDR 1,500.00”. */
export const subjectText = ({ kind, preview }: Pick<ApprovalRow, 'kind' | 'preview'>): string => {
  const t = i18next.getFixedT(i18next.language, 'approvals')
  const isIndonesian = i18next.language === 'id'
  const { money } = preview
  const sort = sortOf[kind]
  if (money !== null && sort !== 'plan') {
    const amount = moneyText(
      money.total,
      money.currency as CurrencyCode,
      isIndonesian ? 'id-ID' : 'en-GB',
    )
    return t(`${sort}.subject`, { document: money.number, amount: `${money.currency} ${amount}` })
  }
  const changes = i18next.t('kind', { ns: 'provisioning', returnObjects: true }) as Readonly<
    Record<string, string>
  >
  return t('subject', {
    change: changes[preview.change] ?? preview.change,
    count: preview.onus,
    number: formatNumber(preview.onus, isIndonesian ? 'id' : 'en'),
  })
}

import { useTranslation } from 'react-i18next'
import type { DocumentRecord } from '../../../../src-shared/contract/billing-documents-model.ts'
import { minorDigits, type CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { signed } from './document-table.tsx'
import { useDaySentence, useLineWords, useTaxWords } from './document-words.tsx'

/** 15 with scale 1 is 1.5, in the marks of the language. */
const useScaled = (): ((value: number, scale: number, least?: number) => string) => {
  const { locale } = useFormat()
  return (value, scale, least = 0) =>
    new Intl.NumberFormat(locale === 'id' ? 'id-ID' : 'en-GB', {
      minimumFractionDigits: least,
      maximumFractionDigits: Math.max(scale, least),
    }).format(value / 10 ** scale)
}

/** What stands on it, line by line, with why it costs what it costs. */
export const DocumentLines = ({ document }: { readonly document: DocumentRecord }) => {
  const { t } = useTranslation('billing-documents')
  const { currency, lines } = document
  const words = useLineWords(currency)
  const sentence = useDaySentence()(document)
  const scaled = useScaled()
  const money = useMoneyText()
  const discounted = lines.some(({ discount }) => discount !== 0)
  return (
    <section className="nc-panel" aria-label={t('lines.title')}>
      {sentence !== null && <p className="nbd-sentence">{sentence}</p>}
      <div className="nbl-scroll">
        <table className="nc-table nbd-lines" aria-label={t('lines.title')}>
          <thead>
            <tr>
              <th scope="col">{t('lines.description')}</th>
              <th scope="col" className="nc-num">
                {t('lines.quantity')}
              </th>
              <th scope="col" className="nc-num">
                {t('lines.price')}
              </th>
              {discounted && (
                <th scope="col" className="nc-num">
                  {t('lines.discount')}
                </th>
              )}
              <th scope="col" className="nc-num">
                {t('lines.net')}
              </th>
              <th scope="col" className="nc-num">
                {t('lines.tax')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <td>
                  {line.description}
                  {words(line).map((why) => (
                    <small key={why}>{why}</small>
                  ))}
                  {line.credited > 0 && (
                    <small>{t('lines.credited', { amount: money(line.credited, currency) })}</small>
                  )}
                </td>
                <td className="nc-num">{scaled(line.quantity, line.quantityScale)}</td>
                <td className="nc-num">
                  {scaled(line.unitPrice, line.unitScale, minorDigits(currency as CurrencyCode))}
                  {line.taxIncluded && <small>{t('lines.included')}</small>}
                </td>
                {discounted && (
                  <td className="nc-num">
                    {line.discount === 0 ? (
                      <span className="nc-faint">–</span>
                    ) : (
                      <Money minor={-line.discount} currency={currency} />
                    )}
                  </td>
                )}
                <td className="nc-num">
                  <Money minor={signed(document, line.net)} currency={currency} />
                </td>
                <td className="nc-num">
                  <Money minor={signed(document, line.tax)} currency={currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <DocumentTotals document={document} />
    </section>
  )
}

/** Each tax by itself, and what it all comes to. */
export const DocumentTotals = ({
  document,
}: {
  readonly document: Pick<
    DocumentRecord,
    'kind' | 'currency' | 'net' | 'rounding' | 'total' | 'taxes'
  >
}) => {
  const { t } = useTranslation('billing-documents')
  const { currency, taxes } = document
  const taxWords = useTaxWords(currency)
  return (
    <table className="nbd-totals" aria-label={t('totals.title')}>
      <tbody>
        <tr>
          <th scope="row">{t('totals.net')}</th>
          <td>
            <Money minor={signed(document, document.net)} currency={currency} />
          </td>
        </tr>
        {taxes.map((tax) => (
          <tr key={`${tax.taxGroup} ${tax.code}`}>
            <th scope="row">
              {taxWords(tax)}
              {tax.relief !== null && <small>{t(`totals.relief.${tax.relief}`)}</small>}
              {tax.baseNum !== tax.baseDen && tax.relief === null && (
                <small>{t('totals.baseOf', { num: tax.baseNum, den: tax.baseDen })}</small>
              )}
            </th>
            <td>
              <Money minor={signed(document, tax.amount)} currency={currency} />
            </td>
          </tr>
        ))}
        {document.rounding !== 0 && (
          <tr>
            <th scope="row">{t('totals.rounding')}</th>
            <td>
              <Money minor={signed(document, document.rounding)} currency={currency} />
            </td>
          </tr>
        )}
        <tr data-total>
          <th scope="row">{t('totals.total')}</th>
          <td>
            <Money minor={signed(document, document.total)} currency={currency} />
          </td>
        </tr>
      </tbody>
    </table>
  )
}

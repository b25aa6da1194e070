import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Money } from '../../../components/money.tsx'
import { RecordDrawer } from '../../../components/record-drawer.tsx'
import { useDaySentence, useLineWords, useTaxWords } from '../documents/document-words.tsx'
import { Mend } from './mend.tsx'

export type DryRow = Output<'billing.dryRunRows'>['rows'][number]
type Planned = Output<'billing.dryRunDocuments'>['documents'][number]

/** The documents that one subscription would get now, line by line, with why. */
export const PlannedDrawer = ({
  row,
  onClose,
}: {
  readonly row: DryRow
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-runs')
  const { subscriptionId, subscriberId, subscriberName, subscriberCode, planName } = row
  const { value, failure, refresh } = useQuery('billing.dryRunDocuments', { subscriptionId })
  return (
    <RecordDrawer
      title={t('planned.title', { name: subscriberName })}
      subtitle={
        <>
          <span className="nc-mono">{subscriberCode}</span> · {planName}
        </>
      }
      href={`${paths.subscriber(subscriberId)}?tab=subscriptions`}
      onClose={onClose}
    >
      <div className="nbl-stack">
        {failure?.code === 'not-found' ? (
          <p className="nc-soft">{t('planned.gone')}</p>
        ) : value === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={6} brief />
        ) : value.problem !== null ? (
          <Mend problem={value.problem} subscriberId={subscriberId} whole />
        ) : value.documents.length === 0 ? (
          <p className="nc-soft">{t('planned.nothing')}</p>
        ) : (
          value.documents.map((document, index) => (
            // A document that is not written yet has no other name than its place.
            <PlannedDocument key={`${index} ${document.kind}`} document={document} />
          ))
        )}
      </div>
    </RecordDrawer>
  )
}

const PlannedDocument = ({ document }: { readonly document: Planned }) => {
  const { t } = useTranslation('billing-runs')
  const { t: tDocuments } = useTranslation('billing-documents')
  const { currency } = document
  const words = useLineWords(currency)
  const taxWords = useTaxWords(currency)
  const sentence = useDaySentence()(document)
  const sign = document.kind === 'credit-note' ? -1 : 1
  return (
    <table className="nbl-bill">
      <caption>
        {tDocuments(`kind.${document.kind}`)}
        {document.corrects !== null && (
          <span className="nc-soft"> {t('planned.corrects', { number: document.corrects })}</span>
        )}
        {sentence !== null && <small className="nc-soft nbr-sentence">{sentence}</small>}
      </caption>
      <tbody>
        {document.lines.map((line, index) => (
          <tr key={`${index} ${line.description}`}>
            <td>
              {line.description}
              {words(line).map((why) => (
                <small key={why}>{why}</small>
              ))}
            </td>
            <td>
              <Money minor={sign * line.amount} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>{tDocuments('totals.net')}</td>
          <td>
            <Money minor={sign * document.net} currency={currency} />
          </td>
        </tr>
        {document.taxes.map((tax, index) => (
          <tr key={`${index} ${tax.code}`}>
            <td className="nc-soft">{taxWords({ ...tax, name: tax.code })}</td>
            <td>
              <Money minor={sign * tax.amount} currency={currency} />
            </td>
          </tr>
        ))}
        <tr data-total>
          <td>{tDocuments('totals.total')}</td>
          <td>
            <Money minor={sign * document.total} currency={currency} />
          </td>
        </tr>
      </tfoot>
    </table>
  )
}

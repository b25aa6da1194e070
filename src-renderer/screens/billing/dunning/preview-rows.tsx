import { Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { formatOnu } from '../../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { errorText } from '../../../components/error-text.ts'
import { Money } from '../../../components/money.tsx'
import { useBecause } from './dunning-words.tsx'

type Preview = Output<'billing.dunningPreview'>

/** Who, why, and exactly what goes to the OLTs. */
export const PreviewRows = ({ preview }: { readonly preview: Preview }) => {
  const { t } = useTranslation('billing-dunning')
  const because = useBecause()
  const { t: tError } = useTranslation('error')
  if (preview.rows.length === 0) return <p className="nc-soft">{t('previewNone')}</p>
  return (
    <>
      <p>
        <b>{t('previewSum', { count: preview.suspended })}</b>
        {' · '}
        {t('previewLines', { count: preview.lines })}
        {preview.more > 0 && ` · ${t('previewMore', { count: preview.more })}`}
      </p>
      <div className="nbl-scroll" tabIndex={-1}>
        <table className="nc-table" aria-label={t('previewTitle')}>
          <thead>
            <tr>
              <th scope="col">{t('column.name')}</th>
              <th scope="col" className="nc-num">
                {t('column.debt')}
              </th>
              <th scope="col">{t('column.oldest')}</th>
              <th scope="col">{t('outcome')}</th>
              <th scope="col">{t('lines')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row) => (
              <tr key={`${row.subscriberId} ${row.currency}`}>
                <th scope="row">{row.subscriberName}</th>
                <td className="nc-num">
                  <Money minor={row.debt} currency={row.currency} />
                </td>
                <td>
                  <Day on={row.oldestOn} />{' '}
                  <span className="nc-soft">{t('days', { count: row.ageDays })}</span>
                </td>
                <td>
                  {row.outcome === 'suspend' ? <b>{t('because.suspend')}</b> : because(row.outcome)}{' '}
                  {row.on !== null && <Day on={row.on} />}
                </td>
                <td>
                  {row.lines.map((one) => (
                    <div key={`${one.serviceName} ${one.serial ?? ''}`}>
                      {one.serial === null ? (
                        <span className="nc-soft">{t('noOnu')}</span>
                      ) : (
                        <>
                          <span>
                            {one.oltName} {one.address !== null && formatOnu(one.address)}{' '}
                            <span className="nc-mono">{one.serial}</span>
                          </span>
                          <pre className="ndu-cli nc-mono">{one.cli.join('\n')}</pre>
                        </>
                      )}
                      {one.problem !== null && (
                        <span className="ndu-problem">{errorText(tError, one.problem).what}</span>
                      )}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** Now, or on another day. */
export const PreviewDialog = ({
  today,
  onClose,
}: {
  readonly today: string
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing-dunning')
  const [on, setOn] = useState(today)
  const { value, failure, refresh } = useQuery('billing.dunningPreview', {
    on: on === '' || on <= today ? null : on,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('previewTitle')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size="xl"
      centered
    >
      <div className="nbl-stack">
        <TextInput
          type="date"
          w={180}
          label={t('previewDay')}
          min={today}
          value={on}
          onChange={(event) => setOn(event.currentTarget.value)}
        />
        {value === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={5} />
        ) : (
          <PreviewRows preview={value} />
        )}
      </div>
    </Modal>
  )
}

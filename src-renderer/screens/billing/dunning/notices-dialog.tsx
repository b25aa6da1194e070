import { Button, Modal } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CurrencyCode } from '../../../../src-shared/domain/currencies.ts'
import { formatMinor } from '../../../../src-shared/domain/money.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { exportCsv } from '../../../components/export-csv.ts'
import { Money } from '../../../components/money.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { act } from '../billing-acts.ts'

/** What is to be said to whom: called and printed by people; the console sends nothing. */
export const NoticesDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('billing-dunning')
  const { t: common } = useTranslation()
  const runs = usePermissions().includes('billing.dunning.run')
  const { value, failure, refresh } = useQuery(
    'billing.dunningNotices',
    { limit: 1000 },
    { on: ['billing.changed'] },
  )
  const notices = value?.notices ?? []
  const mark = (noticeIds: string[], state: 'done' | 'dropped'): void =>
    void act('billing.markNotices', { noticeIds, state }, () => ({ title: t('marked') }))
  const save = (): void =>
    exportCsv(
      'dunning-notices.csv',
      [
        t('column.name'),
        t('tell'),
        t('what'),
        t('words'),
        t('phone'),
        'E-mail',
        t('address'),
        t('column.debt'),
        'ISO 4217',
        t('column.oldest'),
      ],
      notices.map((one) => [
        `${one.subscriberCode} ${one.subscriberName}`,
        t(`channel.${one.channel}`),
        t(`action.${one.action}`),
        one.template,
        one.phone,
        one.email,
        one.address,
        formatMinor(one.debt, one.currency as CurrencyCode),
        one.currency,
        one.oldestOn,
      ]),
      false,
    )
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('noticesTitle')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size="xl"
      centered
    >
      <div className="nbl-stack">
        <p className="nc-soft">{t('noticesText')}</p>
        <div className="ndu-tools">
          <Button
            variant="default"
            disabled={notices.length === 0}
            leftSection={<IconDownload size={14} aria-hidden="true" />}
            onClick={save}
          >
            {common('button.export')}
          </Button>
          {runs && (
            <Button
              variant="default"
              disabled={notices.length === 0}
              onClick={() =>
                mark(
                  notices.map(({ id }) => id),
                  'done',
                )
              }
            >
              {t('markDone')}
            </Button>
          )}
        </div>
        {value === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={4} />
        ) : notices.length === 0 ? (
          <p className="nc-soft">{t('noNotices')}</p>
        ) : (
          <table className="nc-table" aria-label={t('noticesTitle')}>
            <tbody>
              {notices.map((one) => (
                <tr key={one.id}>
                  <th scope="row">{one.subscriberName}</th>
                  <td>{t(`channel.${one.channel}`)}</td>
                  <td>{t(`action.${one.action}`)}</td>
                  <td className="nc-mono">{one.phone}</td>
                  <td className="nc-num">
                    <Money minor={one.debt} currency={one.currency} />
                  </td>
                  {runs && (
                    <td>
                      <button
                        type="button"
                        className="nbl-open"
                        onClick={() => mark([one.id], 'done')}
                      >
                        {t('markDone')}
                      </button>{' '}
                      <button
                        type="button"
                        className="nbl-open"
                        onClick={() => mark([one.id], 'dropped')}
                      >
                        {t('drop')}
                      </button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Modal>
  )
}

import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Since } from '../../../components/data-age.tsx'
import { Money } from '../../../components/money.tsx'
import { useFormat } from '../../../components/use-format.ts'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { FileProblems, Statements } from './file-report.tsx'

export interface BankImportsProps {
  readonly onClose: () => void
  /** Its movements in the list. */
  readonly onShow: (importId: string) => void
}

/** Files that were brought in, and what became of them. */
export const BankImports = ({ onClose, onShow }: BankImportsProps) => {
  const { t } = useTranslation('billing-bank')
  const { t: common } = useTranslation()
  const format = useFormat()
  const [offset, setOffset] = useState(0)
  const [openId, setOpenId] = useState<string | null>(null)
  const { value, failure, refresh } = useQuery('billing.bankImports', { offset, limit: pageSize })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('imports.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size={880}
    >
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={4} />
      ) : (
        <div className="nbl-stack">
          <table className="nc-table" aria-label={t('imports.title')}>
            <thead>
              <tr>
                <th scope="col">{t('imports.file')}</th>
                <th scope="col">{t('account')}</th>
                <th scope="col">{t('imports.at')}</th>
                <th scope="col" className="nc-num">
                  {t('imports.added')}
                </th>
                <th scope="col" className="nc-num">
                  {t('imports.failed')}
                </th>
                <th scope="col" className="nc-num">
                  {t('show.waiting')}
                </th>
              </tr>
            </thead>
            <tbody>
              {value.imports.map((one) => (
                <tr key={one.id} data-open={one.id === openId || undefined}>
                  <td>
                    <button
                      type="button"
                      className="nbl-open"
                      aria-expanded={one.id === openId}
                      onClick={() => setOpenId(one.id === openId ? null : one.id)}
                    >
                      {one.fileName}
                    </button>{' '}
                    {one.differs > 0 && (
                      <span className="nbl-chip" data-tone="warn">
                        {t('file.differs')}
                      </span>
                    )}
                  </td>
                  <td>{one.accounts.join(', ')}</td>
                  <td>
                    <Since at={one.at} /> <span className="nc-soft">{one.by}</span>
                  </td>
                  <td className="nc-num">
                    {t('imports.of', {
                      added: format.number(one.added),
                      read: format.number(one.read),
                    })}
                  </td>
                  <td className="nc-num">{format.number(one.failed)}</td>
                  <td className="nc-num">{format.number(one.waiting)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Pager total={value.total} offset={offset} onOffset={setOffset} />
          {openId !== null && <Report importId={openId} onShow={() => onShow(openId)} />}
        </div>
      )}
    </Modal>
  )
}

const Report = (props: { readonly importId: string; readonly onShow: () => void }) => {
  const { t } = useTranslation('billing-bank')
  const format = useFormat()
  const { importId } = props
  const { value, failure, refresh } = useQuery('billing.bankImport', { importId })
  if (value === undefined) return <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
  return (
    <section className="nbl-stack" aria-label={t('imports.report')}>
      <table className="nbl-bill">
        <caption>{t('imports.report')}</caption>
        <tbody>
          {value.states.map(({ state, currency, direction, count, minor }) => (
            <tr key={`${state} ${currency} ${direction}`}>
              <td>
                {t(`state.${state}`)}, {t(`way.${direction}`)}: {format.number(count)}
              </td>
              <td>
                <Money minor={minor} currency={currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Statements statements={value.statements} />
      <FileProblems problems={value.problems} total={value.import.failed} />
      <div>
        <Button variant="default" onClick={props.onShow}>
          {t('imports.show')}
        </Button>
      </div>
    </section>
  )
}

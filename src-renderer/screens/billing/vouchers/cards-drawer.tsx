import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VoucherBatch } from '../../../../src-shared/contract/billing-vouchers.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Since } from '../../../components/data-age.tsx'
import { FormDialog } from '../../../components/form-dialog.tsx'
import { Money } from '../../../components/money.tsx'
import { RecordDrawer } from '../../../components/record-drawer.tsx'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { act } from '../billing-acts.ts'
import { useMay } from '../use-may.ts'

type Card = Output<'billing.vouchers'>['vouchers'][number]
type State = Card['state']
const states = ['new', 'used', 'void', 'expired'] as const
const isState = (text: string | null): text is State => states.some((state) => state === text)

/** The cards of a batch; new ones can be made void. */
export const CardsDrawer = ({
  batch,
  onClose,
}: {
  readonly batch: VoucherBatch
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('billing')
  const manages = useMay('billing.voucher.manage')
  const [state, setState] = useState<State | null>(null)
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [voiding, setVoiding] = useState(false)
  const asked = { batchId: batch.id, states: state === null ? [] : [state] }
  const { value, failure, refresh } = useQuery(
    'billing.vouchers',
    { ...asked, offset, limit: pageSize },
    { on: ['billing.changed'], everyMs: 500 },
  )
  const choose = (id: string, isChosen: boolean): void =>
    setChosen((before) => {
      const next = new Set(before)
      if (isChosen) next.add(id)
      else next.delete(id)
      return next
    })
  const count = chosen.size === 0 ? batch.states.new : chosen.size
  return (
    <RecordDrawer
      title={t('vouchers.open', { number: batch.number })}
      subtitle={
        <>
          {batch.name}, <Money minor={batch.value} currency={batch.currency} />
        </>
      }
      onClose={onClose}
    >
      <div className="nbl-stack">
        <div className="nbl-card__head">
          <Select
            aria-label={t('vouchers.cardState')}
            placeholder={t('vouchers.all')}
            clearable
            w={150}
            data={states.map((value) => ({ value, label: t(`vouchers.state.${value}`) }))}
            value={state}
            onChange={(next) => {
              setState(isState(next) ? next : null)
              setOffset(0)
            }}
          />
          <ListExport<Card>
            name={`vouchers-${batch.number}`}
            hint={t('vouchers.exportCards')}
            ask={async (part) => {
              const page = await callQuery('billing.vouchers', { ...asked, ...part })
              return { total: page.total, rows: page.vouchers }
            }}
            heads={[t('vouchers.card'), t('vouchers.cardState'), t('vouchers.reason')]}
            linesOf={(card) => [[card.number, card.state, card.voidReason]]}
          />
          {manages && batch.states.new > 0 && (
            <Button variant="default" onClick={() => setVoiding(true)}>
              {chosen.size === 0
                ? t('vouchers.void')
                : t('vouchers.voidSome', { count: chosen.size })}
            </Button>
          )}
        </div>
        {value === undefined ? (
          <Awaiting failure={failure} onRetry={refresh} rows={8} brief />
        ) : value.total === 0 ? (
          <p className="nc-soft">{t('vouchers.none')}</p>
        ) : (
          <>
            <table className="nc-table" aria-label={t('vouchers.cards', { number: batch.number })}>
              <thead>
                <tr>
                  <th scope="col">{t('vouchers.card')}</th>
                  <th scope="col">{t('vouchers.cardState')}</th>
                  <th scope="col">{t('vouchers.cardSince')}</th>
                </tr>
              </thead>
              <tbody>
                {value.vouchers.map((card) => (
                  <tr key={card.id}>
                    <td className="nc-mono">
                      {manages && card.state === 'new' ? (
                        <Checkbox
                          label={card.number}
                          aria-label={t('vouchers.choose', { number: card.number })}
                          checked={chosen.has(card.id)}
                          onChange={(event) => choose(card.id, event.currentTarget.checked)}
                        />
                      ) : (
                        card.number
                      )}
                    </td>
                    <td>
                      <span
                        className="nbl-chip"
                        data-tone={
                          card.state === 'new' ? 'live' : card.state === 'used' ? 'off' : 'warn'
                        }
                        title={card.voidReason}
                      >
                        {t(`vouchers.state.${card.state}`)}
                      </span>
                    </td>
                    <td>
                      {card.usedAt === null && card.voidedAt === null ? (
                        <span className="nc-faint">–</span>
                      ) : (
                        <Since at={card.usedAt ?? card.voidedAt ?? 0} />
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
            <Pager total={value.total} offset={offset} onOffset={setOffset} />
          </>
        )}
      </div>
      {voiding && (
        <VoidDialog
          batch={batch}
          chosen={[...chosen]}
          count={count}
          onClose={() => setVoiding(false)}
          onDone={() => setChosen(new Set())}
        />
      )}
    </RecordDrawer>
  )
}

interface VoidProps {
  readonly batch: VoucherBatch
  /** Empty: all that are new. */
  readonly chosen: readonly string[]
  readonly count: number
  readonly onClose: () => void
  readonly onDone: () => void
}

const VoidDialog = ({ batch, chosen, count, onClose, onDone }: VoidProps) => {
  const { t } = useTranslation('billing')
  const [reason, setReason] = useState('')
  const submit = async (): Promise<boolean> => {
    const out = await act(
      'billing.voidVouchers',
      { batchId: batch.id, voucherIds: [...chosen], count, reason: reason.trim() },
      ({ voided }) => ({ title: t('vouchers.voided', { count: voided }) }),
    )
    if (out !== undefined) onDone()
    return out !== undefined
  }
  return (
    <FormDialog
      title={t('vouchers.voidTitle', { number: batch.number })}
      button={t('vouchers.voidButton')}
      ready={reason.trim() !== ''}
      onClose={onClose}
      onSubmit={submit}
    >
      <p>{t('vouchers.voidText', { count })}</p>
      <TextInput
        label={t('vouchers.reason')}
        required
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-autofocus
      />
    </FormDialog>
  )
}

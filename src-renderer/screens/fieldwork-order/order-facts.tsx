import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { FormDialog } from '../../components/form-dialog.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { OrderStateBadge, OrderWindow, useMoment } from '../fieldwork/order-words.tsx'
import { act, type WorkOrderRecord } from './order-acts.ts'
import { SignaturePicture } from './signature.tsx'

/** Who, when, where, for whom, and how long it took. */
export const OrderFacts = ({ record }: { readonly record: WorkOrderRecord }) => {
  const { t } = useTranslation('fieldwork')
  const { order, onu, follows, followedBy } = record
  const dash = <span className="nc-faint">–</span>
  return (
    <section className="nc-panel" aria-label={t('facts')}>
      <header className="nc-panel__head">
        <h2>{t('facts')}</h2>
      </header>
      <dl className="nfo-facts nc-panel__body">
        <dt>{t('col.assignee')}</dt>
        <dd>{order.assignee?.name ?? <span className="nc-faint">{t('nobody')}</span>}</dd>
        <dt>{t('col.window')}</dt>
        <dd>
          <OrderWindow order={order} />
        </dd>
        <dt>{t('col.subscriber')}</dt>
        <dd>
          {order.subscriber === null ? (
            dash
          ) : (
            <RouteLink to={paths.subscriber(order.subscriber.id)}>
              {order.subscriber.name}
            </RouteLink>
          )}
        </dd>
        <dt>{t('phone')}</dt>
        <dd className="nc-mono">
          {record.phone === '' ? (
            dash
          ) : (
            <>
              {record.phone} <CopyButton text={record.phone} label={t('phone')} />
            </>
          )}
        </dd>
        <dt>{t('col.place')}</dt>
        <dd>
          {order.place === '' ? (
            dash
          ) : (
            <>
              {order.place} <CopyButton text={order.place} label={t('col.place')} />
            </>
          )}
          {order.spot !== null && (
            <div className="nc-small nc-mono">
              {order.spot.latitude.toFixed(6)}, {order.spot.longitude.toFixed(6)}{' '}
              <CopyButton
                text={`${order.spot.latitude}, ${order.spot.longitude}`}
                label={t('coordinates')}
              />
            </div>
          )}
        </dd>
        <dt>{t('onu')}</dt>
        <dd className="nc-mono">{onu === null ? dash : `${onu.serial} · ${onu.oltName}`}</dd>
        <dt>{t('col.ticket')}</dt>
        <dd>
          {order.ticket === null ? (
            dash
          ) : (
            <RouteLink to={paths.ticket(order.ticket.id)}>{order.ticket.number}</RouteLink>
          )}
          {record.ticketState !== null && (
            <span className="nc-soft nc-small">
              {' '}
              {t(`state.${record.ticketState}`, { ns: 'tickets' })}
            </span>
          )}
        </dd>
        {follows !== null && (
          <>
            <dt>{t('follows')}</dt>
            <dd>
              <RouteLink to={paths.workOrder(follows.id)}>{follows.number}</RouteLink>
            </dd>
          </>
        )}
        {followedBy.map(({ id, number, state }) => (
          <div key={id} className="nfo-facts__pair">
            <dt>{t('followedBy')}</dt>
            <dd>
              <RouteLink to={paths.workOrder(id)}>{number}</RouteLink>{' '}
              <OrderStateBadge state={state} />
            </dd>
          </div>
        ))}
      </dl>
      {record.details !== '' && <p className="nc-panel__body nfo-details">{record.details}</p>}
    </section>
  )
}

export const TimeSpent = ({
  record,
  mayWork,
}: {
  readonly record: WorkOrderRecord
  readonly mayWork: boolean
}) => {
  const { t } = useTranslation('fieldwork')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="nc-panel" aria-label={t('time')}>
      <header className="nc-panel__head">
        <h2>{t('time')}</h2>
        {mayWork && (
          <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
            {t('correct')}
          </Button>
        )}
      </header>
      <dl className="nfo-facts nc-panel__body">
        {(['travel', 'work', 'paused'] as const).map((what) => (
          <div key={what} className="nfo-facts__pair">
            <dt>{t(`spent.${what}`)}</dt>
            <dd className="nc-num">{t('min', { minutes: format.number(record.spent[what]) })}</dd>
          </div>
        ))}
      </dl>
      {isOpen && <CorrectDialog record={record} onClose={() => setOpen(false)} />}
    </section>
  )
}

const CorrectDialog = ({
  record,
  onClose,
}: {
  readonly record: WorkOrderRecord
  readonly onClose: () => void
}) => {
  const { t } = useTranslation('fieldwork')
  const [what, setWhat] = useState<'travel' | 'work'>('travel')
  const [minutes, setMinutes] = useState<number>(0)
  const [reason, setReason] = useState('')
  const submit = async (): Promise<boolean> =>
    (await act('fieldwork.note', {
      id: record.order.id,
      note: { kind: 'timed', what, minutes, reason: reason.trim() },
    })) !== null
  return (
    <FormDialog
      title={t('correctTitle')}
      button={t('correct')}
      ready={minutes !== 0 && reason.trim() !== ''}
      onClose={onClose}
      onSubmit={submit}
    >
      <SegmentedControl
        aria-label={t('time')}
        value={what}
        onChange={(value) => setWhat(value === 'work' ? 'work' : 'travel')}
        data={(['travel', 'work'] as const).map((value) => ({ value, label: t(`spent.${value}`) }))}
      />
      <NumberInput
        label={t('minutesMore')}
        min={-1440}
        max={1440}
        allowDecimal={false}
        value={minutes}
        onChange={(value) => setMinutes(typeof value === 'number' ? value : 0)}
      />
      <TextInput
        label={t('reason')}
        withAsterisk
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}

/** What the customer signed with, drawn again. */
export const Signed = ({ record }: { readonly record: WorkOrderRecord }) => {
  const { t } = useTranslation('fieldwork')
  const moment = useMoment()
  const { signature } = record
  if (signature === null) return null
  return (
    <section className="nc-panel" aria-label={t('signature')}>
      <header className="nc-panel__head">
        <h2>{t('signature')}</h2>
      </header>
      <div className="nc-panel__body">
        <SignaturePicture
          strokes={signature.strokes}
          label={t('signatureOf', { name: signature.name })}
        />
        <p>
          {signature.name} <span className="nc-soft nc-small">{moment(signature.at)}</span>
        </p>
      </div>
    </section>
  )
}

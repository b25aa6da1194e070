import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { Money, useMoneyText } from '../../../components/money.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { ReasonDialog } from '../../approvals/reason-dialog.tsx'
import { act } from '../billing-acts.ts'

type WriteOffList = Output<'billing.writeOffs'>

/** Debts of a subscriber that were given up, or are wished to be; nothing where there is none. */
export const WriteOffs = ({ subscriberId }: { readonly subscriberId: string }) => {
  const { t } = useTranslation('billing-write-offs')
  const may = usePermissions()
  const { value, failure, refresh } = useQuery(
    'billing.writeOffs',
    { subscriberId },
    { on: ['billing.changed', 'approvals.changed'] },
  )
  const [reversing, setReversing] = useState<WriteOffList['writeOffs'][number] | null>(null)
  if (value === undefined) {
    return failure === undefined ? null : (
      <Awaiting failure={failure} onRetry={refresh} rows={1} brief />
    )
  }
  if (value.writeOffs.length === 0 && value.wishes.length === 0) return null
  const mayMake = may.includes('billing.write-off.make')
  return (
    <div className="nc-panel">
      <table className="nc-table" aria-label={t('list.label')}>
        <thead>
          <tr>
            <th scope="col">{t('list.on')}</th>
            <th scope="col">{t('list.documents')}</th>
            <th scope="col">{t('list.reason')}</th>
            <th scope="col">{t('list.by')}</th>
            <th scope="col">{t('list.state')}</th>
            <th scope="col" className="nc-num">
              {t('list.amount')}
            </th>
            <th scope="col">
              <span className="nc-faint">{t('list.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {value.wishes.map((wish) => (
            <Wish key={wish.id} wish={wish} mayMake={mayMake} />
          ))}
          {value.writeOffs.map((row) => (
            <tr key={row.id}>
              <td>
                <Day on={row.on} />
              </td>
              <td className="nc-mono">{row.documents.map(({ number }) => number).join(', ')}</td>
              <td>{row.reason}</td>
              <td>{row.by ?? '–'}</td>
              <td>
                {row.reversedOn === null ? (
                  t('state.stands')
                ) : (
                  <>
                    {t('state.reversed')} <Day on={row.reversedOn} /> · {row.reversalReason}
                  </>
                )}
              </td>
              <td className="nc-num">
                <Money minor={row.amount} currency={row.currency} />
              </td>
              <td>
                {mayMake && row.reversedOn === null && (
                  <Button size="compact-xs" variant="default" onClick={() => setReversing(row)}>
                    {t('reverse')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {reversing !== null && (
        <ReasonDialog
          title={t('reverseTitle')}
          text={t('reverseText')}
          label={t('reason')}
          button={t('reverseButton')}
          onClose={() => setReversing(null)}
          onReason={async (reason) =>
            (await act('billing.reverseWriteOff', { writeOffId: reversing.id, reason }, () => ({
              title: t('reversed'),
            }))) !== undefined
          }
        />
      )}
    </div>
  )
}

const Wish = ({
  wish,
  mayMake,
}: {
  readonly wish: WriteOffList['wishes'][number]
  readonly mayMake: boolean
}) => {
  const { t } = useTranslation('billing-write-offs')
  const money = useMoneyText()
  const input = { writeOffId: wish.id, baseVersion: wish.version }
  const subject = { kind: 'billing.write-off', subjectId: wish.id } as const
  const { value } = useQuery('approvals.of', subject, {
    on: ['approvals.changed', 'billing.changed'],
    skip: !wish.secondPerson || !wish.stands,
  })
  const [asking, setAsking] = useState(false)
  const request = value?.request ?? null
  const waits = wish.secondPerson && request?.state !== 'approved'
  return (
    <tr>
      <td className="nc-faint">–</td>
      <td className="nc-faint">–</td>
      <td>{wish.reason}</td>
      <td>{wish.createdBy ?? '–'}</td>
      <td>
        {t(!wish.stands ? 'state.fallen' : waits ? 'state.second' : 'state.wished')}
        {request !== null && (
          <>
            {' · '}
            {t(`asked.${request.state}`, { name: request.decidedBy ?? '–' })}{' '}
            {request.decisionReason !== '' && <q>{request.decisionReason}</q>}
          </>
        )}
      </td>
      <td className="nc-num">
        <Money minor={wish.amount} currency={wish.currency} />
      </td>
      <td>
        {mayMake && (
          <>
            {wish.stands && waits && value?.mayAsk === true && (
              <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
                {t(request === null ? 'askFirst' : 'askAgain')}
              </Button>
            )}
            {wish.stands && !waits && (
              <Button
                size="compact-xs"
                variant="default"
                onClick={() =>
                  void act('billing.carryOutWriteOff', input, ({ amount }) => ({
                    title: t('done', { amount: money(amount, wish.currency) }),
                  }))
                }
              >
                {t('carryOut')}
              </Button>
            )}{' '}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() =>
                void act('billing.dropWriteOff', input, () => ({ title: t('dropped') }))
              }
            >
              {t('drop')}
            </Button>
          </>
        )}
        {asking && (
          <ReasonDialog
            title={t('askTitle')}
            label={t('askReason')}
            button={t('askButton')}
            onClose={() => setAsking(false)}
            onReason={async (reason) =>
              (await act('approvals.ask', { ...subject, reason }, () => ({
                title: t('askedFor'),
              }))) !== undefined
            }
          />
        )}
      </td>
    </tr>
  )
}

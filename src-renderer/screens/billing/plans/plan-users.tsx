import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlanVersion } from '../../../../src-shared/contract/billing-model.ts'
import type { Output } from '../../../../src-shared/contract/index.ts'
import { callQuery } from '../../../client/client.ts'
import { useQuery } from '../../../client/hooks.ts'
import { Awaiting } from '../../../components/awaiting.tsx'
import { Day } from '../../../components/day.tsx'
import { useReachesAll } from '../../../state/workspace.ts'
import { ListExport } from '../../provisioning/list-export.tsx'
import { Pager, pageSize } from '../../provisioning/pager.tsx'
import { isShownStatus } from '../subscriptions/subscription-words.ts'

type User = Output<'billing.planUsers'>['users'][number]

/** Who stands under a version; for those who reach the whole workspace. */
export const PlanUsers = ({
  plan,
  version,
}: {
  readonly plan: Output<'billing.plan'>['plan']
  readonly version: PlanVersion
}) => {
  const { t } = useTranslation('billing')
  const reachesAll = useReachesAll()
  const [offset, setOffset] = useState(0)
  const asked = { planId: plan.id, versionId: version.id }
  const { value, failure, refresh } = useQuery(
    'billing.planUsers',
    { ...asked, offset, limit: pageSize },
    { on: ['billing.changed'], everyMs: 1000, skip: !reachesAll },
  )
  if (!reachesAll) return null
  const statusWord = (status: string): string =>
    isShownStatus(status) ? t(`subscriptions.status.${status}`) : status
  return (
    <section className="nc-panel nbl-scroll" tabIndex={-1} aria-label={t('users.title')}>
      <header className="nc-panel__head">
        <h2>
          {t('users.title')}:{' '}
          <span className="nc-soft">{t('version.word', { number: version.number })}</span>
        </h2>
        {(value?.total ?? 0) > 0 && (
          <ListExport<User>
            name={`plan-${plan.code}`}
            hint={t('users.export')}
            ask={async (part) => {
              const page = await callQuery('billing.planUsers', { ...asked, ...part })
              return { total: page.total, rows: page.users }
            }}
            heads={[
              t('plan.code'),
              t('users.subscriber'),
              t('users.service'),
              t('users.status'),
              t('users.since'),
              t('users.version'),
            ]}
            linesOf={(user) => [
              [
                user.subscriberCode,
                user.subscriberName,
                user.serviceName,
                user.status,
                user.startsOn,
                user.versionNumber,
              ],
            ]}
          />
        )}
      </header>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
      ) : value.total === 0 ? (
        <p className="nc-soft nc-panel__body">{t('users.empty')}</p>
      ) : (
        <>
          <table className="nc-table" aria-label={t('users.title')}>
            <thead>
              <tr>
                <th scope="col">{t('users.subscriber')}</th>
                <th scope="col">{t('users.service')}</th>
                <th scope="col">{t('users.status')}</th>
                <th scope="col">{t('users.since')}</th>
              </tr>
            </thead>
            <tbody>
              {value.users.map((user) => (
                <tr key={user.subscriptionId}>
                  <td>
                    {user.subscriberName}{' '}
                    <span className="nc-mono nc-soft">{user.subscriberCode}</span>
                  </td>
                  <td className="nc-soft">{user.serviceName ?? '–'}</td>
                  <td>{statusWord(user.status)}</td>
                  <td>
                    <Day on={user.startsOn} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <Pager total={value.total} offset={offset} onOffset={setOffset} />
        </>
      )}
    </section>
  )
}

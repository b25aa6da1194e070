import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { navigate } from '../../../app/location.ts'
import { paths } from '../../../app/paths.ts'
import { useQuery } from '../../../client/hooks.ts'
import { RouteLink } from '../../../components/route-link.tsx'
import { usePermissions } from '../../../state/workspace.ts'
import { usePlanMaking } from '../../provisioning/use-plan-making.tsx'

const parts = ['lineProfile', 'serviceProfile', 'upProfile', 'downProfile'] as const
const isPart = (text: string): text is (typeof parts)[number] =>
  (parts as readonly string[]).includes(text)

/**
 * What the ONU should run at, against the console's record of it. Setting it is an ordinary change
 * of provisioning: its plan is made here and seen, confirmed and run there.
 */
export const SpeedLine = ({ subscriptionId }: { readonly subscriptionId: string }) => {
  const { t } = useTranslation('billing')
  const permissions = usePermissions()
  const { value } = useQuery(
    'billing.subscription',
    { subscriptionId },
    { on: ['billing.changed', 'provisioning.changed'], everyMs: 1000 },
  )
  const { make, node } = usePlanMaking()
  const speed = value?.speed
  if (speed === undefined || speed.wanted === null || speed.state === 'none') return null
  const { state, wanted, onu, differences } = speed
  const address = onu?.address ?? null
  const set = async (): Promise<void> => {
    if (onu === null || address === null) return
    const plan = await make({
      change: { kind: 'set-speed', speedId: wanted.speedId },
      targets: { list: [{ oltId: onu.oltId, address }] },
    })
    if (plan !== null) navigate(paths.change(plan.id))
  }
  return (
    <div className="nbl-speedline">
      <p className={state === 'same' ? 'nc-soft' : 'nbl-warn'} role="note">
        {state !== 'same' && <IconAlertTriangle size={14} stroke={1.8} aria-hidden="true" />}
        <span>
          {t(`subscriptions.speedState.${state}`, { name: wanted.name, olt: onu?.oltName })}
        </span>
      </p>
      {differences.length > 0 && (
        <ul className="nbl-list nc-small nc-soft">
          {differences.map(({ part, actual, wanted: named }) => (
            <li key={`${part} ${named}`}>
              {t('subscriptions.speedDifference', {
                part: isPart(part) ? t(`subscriptions.speedPart.${part}`) : part,
                actual: actual === '' ? t('subscriptions.speedNothing') : actual,
                wanted: named,
              })}
            </li>
          ))}
        </ul>
      )}
      {state === 'differs' &&
        address !== null &&
        permissions.includes('provisioning.plan.make') && (
          <Button variant="default" size="compact-sm" onClick={() => void set()}>
            {t('subscriptions.setSpeed')}
          </Button>
        )}
      {node}
      {state === 'unmapped' && (
        <RouteLink to={paths.speeds()}>{t('subscriptions.mapSpeed')}</RouteLink>
      )}
    </div>
  )
}

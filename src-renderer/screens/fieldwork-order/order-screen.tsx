import { IconTruckOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isOrderOver } from '../../../src-shared/domain/work-order.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { ChecklistPanel } from './checklist-panel.tsx'
import { LightPanel } from './light-panel.tsx'
import { MaterialsPanel } from './materials-panel.tsx'
import { OrderFacts, Signed, TimeSpent } from './order-facts.tsx'
import { OrderHead } from './order-head.tsx'
import { OrderTimeLine } from './order-time-line.tsx'
import { PhotosPanel } from './photos-panel.tsx'
import '../ticket-record/record.css'
import './order.css'

/** One work order, whole: what is to be done, what was done, and what the customer signed. */
export const OrderScreen = ({ orderId }: { readonly orderId: string }) => {
  const { t } = useTranslation('fieldwork')
  const { value, failure, refresh } = useQuery(
    'fieldwork.order',
    { id: orderId },
    { on: ['fieldwork.changed'], everyMs: 500 },
  )
  useShortcut('refresh', refresh)
  if (value === undefined || failure?.code === 'not-found') {
    return (
      <div className="nc-page">
        {failure?.code === 'not-found' || failure?.code === 'invalid-input' ? (
          <EmptyState
            icon={IconTruckOff}
            title={t('gone')}
            text={t('goneText')}
            action={<RouteLink to={paths.workOrders()}>{t('toList')}</RouteLink>}
          />
        ) : (
          <Awaiting failure={failure} onRetry={refresh} rows={12} />
        )}
      </div>
    )
  }
  const mayWork = value.may.work && !isOrderOver(value.order.state)
  const part = { record: value, mayWork }
  return (
    <div className="nc-page">
      <OrderHead record={value} />
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <div className="ntr-body">
        <div>
          <ChecklistPanel {...part} />
          <LightPanel {...part} />
          <MaterialsPanel {...part} />
          <PhotosPanel {...part} />
        </div>
        <div>
          <OrderFacts record={value} />
          <TimeSpent {...part} />
          <Signed record={value} />
          <OrderTimeLine record={value} />
        </div>
      </div>
    </div>
  )
}

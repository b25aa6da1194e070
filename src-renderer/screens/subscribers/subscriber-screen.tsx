import { Button, Menu, Tabs } from '@mantine/core'
import { IconChevronDown, IconPencil, IconUserOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearch } from 'wouter'
import type { SubscriberRecord } from '../../../src-shared/contract/subscribers-model.ts'
import { statusesAfter } from '../../../src-shared/domain/subscriber-status.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { rememberRecent } from '../../state/recent.ts'
import { usePermissions } from '../../state/workspace.ts'
import { AccountPanel } from '../billing/payments/account-panel.tsx'
import { StatementPanel } from '../billing/statement/statement-panel.tsx'
import { SubscriberTickets } from '../ticket-new/subscriber-tickets.tsx'
import { ContactsPanel } from './contacts-panel.tsx'
import { EditDialog } from './edit-dialog.tsx'
import { FilesPanel } from './files-panel.tsx'
import { NotesPanel } from './notes-panel.tsx'
import { OverviewPanel } from './overview-panel.tsx'
import { ServicesPanel } from './services-panel.tsx'
import { StatusBadge } from './status-badge.tsx'
import { StatusDialog } from './status-dialog.tsx'
import { SubscriptionsPanel } from '../billing/subscriptions/subscriptions-panel.tsx'
import { useSubscriberRights } from './subscriber-acts.ts'
import type { Status } from './subscriber-query.ts'
import { Marks } from './subscriber-table.tsx'
import { TimelinePanel } from './timeline-panel.tsx'
import './subscribers.css'

const tabs = [
  'overview',
  'services',
  'subscriptions',
  'account',
  'statement',
  'tickets',
  'contacts',
  'files',
  'notes',
  'timeline',
] as const
type Tab = (typeof tabs)[number]

export const SubscriberScreen = () => {
  const { id } = useParams<{ readonly id: string }>()
  return id === undefined ? null : <SubscriberPage key={id} id={id} />
}

/** Everything about one subscriber; his account for who may see money. */
const SubscriberPage = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('subscribers')
  const { value, failure, refresh } = useQuery(
    'subscribers.record',
    { id },
    { on: ['subscribers.changed', 'provisioning.changed', 'network.changed'], everyMs: 1000 },
  )
  useShortcut('refresh', refresh)
  const route = paths.subscriber(id)
  const title = value?.name
  useEffect(() => {
    if (title !== undefined) rememberRecent({ route, title, kind: 'subscriber' })
  }, [route, title])
  // One key leads to his ONU, the same key back.
  const onu = value?.services.map((service) => service.onu).find((one) => one?.onu != null)
  const place = onu?.reached === true ? onu.onu : null
  useShortcut(
    'behindOnu',
    () => {
      if (place != null) navigate(paths.onu(place.oltId, place.address))
    },
    place != null,
  )
  if (value === undefined) {
    return (
      <div className="nc-page">
        {failure?.code === 'not-found' || failure?.code === 'invalid-input' ? (
          <EmptyState
            icon={IconUserOff}
            title={t('gone')}
            text={t('goneText')}
            action={<RouteLink to={paths.subscribers()}>{t('title')}</RouteLink>}
          />
        ) : (
          <Awaiting failure={failure} onRetry={refresh} rows={12} />
        )}
      </div>
    )
  }
  return (
    <div className="nc-page">
      <Head record={value} />
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <Parts record={value} />
    </div>
  )
}

const Head = ({ record }: { readonly record: SubscriberRecord }) => {
  const { t } = useTranslation('subscribers')
  const rights = useSubscriberRights()
  const [dialog, setDialog] = useState<'edit' | { readonly status: Status } | null>(null)
  return (
    <header className="nc-page__head">
      <div>
        <nav className="nc-small nc-soft" aria-label={t('title')}>
          <RouteLink to={paths.subscribers()}>{t('title')}</RouteLink>
          {' › '}
          <span className="nc-mono">{record.code}</span>
        </nav>
        <h1 className="nc-cut">{record.name}</h1>
      </div>
      <StatusBadge status={record.status} />
      <Marks row={record} />
      {rights.manage && (
        <>
          <Button
            variant="default"
            leftSection={<IconPencil size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setDialog('edit')}
          >
            {t('edit')}
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="default"
                rightSection={<IconChevronDown size={14} aria-hidden="true" />}
              >
                {t('col.status')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {statusesAfter(record.status).map((status) => (
                <Menu.Item key={status} onClick={() => setDialog({ status })}>
                  {t('statusTo', { status: t(`status.${status}`) })}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      {dialog === 'edit' && <EditDialog record={record} onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'edit' && (
        <StatusDialog record={record} to={dialog.status} onClose={() => setDialog(null)} />
      )}
    </header>
  )
}

const Parts = ({ record }: { readonly record: SubscriberRecord }) => {
  const { t } = useTranslation('subscribers')
  const rights = useSubscriberRights()
  const permissions = usePermissions()
  const seesPlans = permissions.includes('billing.subscription.read')
  const seesMoney = permissions.includes('billing.payment.read')
  const seesTickets = permissions.includes('tickets.ticket.read')
  const seesLedger = permissions.includes('billing.ledger.read')
  const shown = tabs.filter(
    (one) =>
      (one !== 'subscriptions' || seesPlans) &&
      (one !== 'account' || seesMoney) &&
      (one !== 'statement' || seesLedger) &&
      (one !== 'tickets' || seesTickets),
  )
  const asked = new URLSearchParams(useSearch()).get('tab')
  const tab: Tab = shown.find((one) => one === asked) ?? 'overview'
  const counts: Readonly<Partial<Record<Tab, number>>> = {
    services: record.services.length,
    files: record.files.length,
    notes: record.notes.length,
  }
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(next) => {
        const query = next === null || next === 'overview' ? '' : `?tab=${next}`
        navigate(`${paths.subscriber(record.id)}${query}`, { replace: true })
      }}
    >
      <Tabs.List aria-label={t('tabs')}>
        {shown.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`tab.${one}`)}
            {(counts[one] ?? 0) > 0 && <span className="nc-soft"> {counts[one]}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="overview" pt="md">
        <OverviewPanel record={record} />
      </Tabs.Panel>
      <Tabs.Panel value="services" pt="md">
        <ServicesPanel record={record} />
      </Tabs.Panel>
      <Tabs.Panel value="subscriptions" pt="md">
        <SubscriptionsPanel
          subscriberId={record.id}
          services={record.services.filter(({ state }) => state !== 'ended')}
        />
      </Tabs.Panel>
      {seesMoney && (
        <Tabs.Panel value="account" pt="md">
          <AccountPanel subscriberId={record.id} />
        </Tabs.Panel>
      )}
      {seesLedger && (
        <Tabs.Panel value="statement" pt="md">
          <StatementPanel subscriberId={record.id} code={record.code} />
        </Tabs.Panel>
      )}
      {seesTickets && (
        <Tabs.Panel value="tickets" pt="md">
          <SubscriberTickets subscriberId={record.id} />
        </Tabs.Panel>
      )}
      <Tabs.Panel value="contacts" pt="md">
        <ContactsPanel record={record} />
      </Tabs.Panel>
      <Tabs.Panel value="files" pt="md">
        <FilesPanel record={record} mayOpen={rights.files} mayChange={rights.manage} />
      </Tabs.Panel>
      <Tabs.Panel value="notes" pt="md">
        <NotesPanel record={record} mayChange={rights.manage} />
      </Tabs.Panel>
      <Tabs.Panel value="timeline" pt="md">
        <TimelinePanel id={record.id} />
      </Tabs.Panel>
    </Tabs>
  )
}

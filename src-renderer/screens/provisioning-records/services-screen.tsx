import { Button, SegmentedControl } from '@mantine/core'
import { IconCircleCheck, IconTargetArrow, IconX } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import type { ServiceState } from '../../../src-shared/contract/provisioning-model.ts'
import { formatOnu } from '../../../src-shared/domain/onu-address.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Since } from '../../components/data-age.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SavedViews } from '../../components/saved-views/saved-views.tsx'
import { useDefaultView } from '../../components/saved-views/use-saved-views.ts'
import { useFormat } from '../../components/use-format.ts'
import { ListExport } from '../provisioning/list-export.tsx'
import { Pager, pageSize } from '../provisioning/pager.tsx'
import { act } from '../provisioning/provisioning-acts.ts'
import { useRights } from '../provisioning/use-rights.ts'
import '../provisioning/provisioning.css'
import './records.css'

const differs = 'show=differs'
const open = (query: string): void => navigate(paths.services(query), { replace: true })

/** What services shall be, and what they are: wanted, seen, since. Those that disagree come first. */
export const ServicesScreen = () => {
  const { t } = useTranslation('provisioning')
  const format = useFormat()
  const shown = useSearch() === differs ? differs : ''
  const disagreeing = shown === differs
  useDefaultView('services', shown, open)
  const [offset, setOffset] = useState(0)
  useEffect(() => setOffset(0), [shown])
  const { value, failure, refresh } = useQuery(
    'provisioning.services',
    { disagreeing, offset, limit: pageSize },
    { on: ['provisioning.changed'], everyMs: 1000 },
  )
  useShortcut('refresh', refresh)
  const total = value?.total ?? 0
  return (
    <div className="nc-page nc-page--full">
      <header className="nc-page__head npw-head">
        <div className="npv-title">
          <nav className="nc-small nc-soft" aria-label={t('changes.title')}>
            <RouteLink to={paths.changes()}>{t('changes.title')}</RouteLink>
          </nav>
          <h1>
            {t('services.title')}{' '}
            {value !== undefined && (
              <span className="npv-note" role="status">
                {format.number(total)}
              </span>
            )}
          </h1>
        </div>
        <SavedViews list="services" query={shown} onQuery={open} />
        <SegmentedControl
          size="xs"
          aria-label={t('services.filter')}
          value={disagreeing ? 'differs' : 'all'}
          onChange={(next) => open(next === 'differs' ? differs : '')}
          data={[
            { value: 'all', label: t('services.all') },
            { value: 'differs', label: t('services.differs') },
          ]}
        />
        <ListExport<ServiceState>
          name="services"
          hint={t('changes.exportHint')}
          ask={async (page) => {
            const asked = { disagreeing, ...page }
            const { services: rows, total: of } = await callQuery('provisioning.services', asked)
            return { rows, total: of }
          }}
          heads={[
            t('target.olt'),
            t('target.address'),
            t('target.serial'),
            t('services.wanted'),
            t('services.wantedSince'),
            t('changes.by'),
            t('changes.reason'),
            t('services.seen'),
            t('services.seenAt'),
            t('services.agreesSince'),
          ]}
          linesOf={(one) => [
            [
              one.oltName,
              formatOnu(one.address),
              one.serial,
              one.desired,
              isoOf(one.desiredSince),
              one.cause === null ? one.desiredBy : t(`serviceCause.${one.cause}`),
              one.reason,
              one.actual,
              isoOf(one.actualAt),
              isoOf(one.agreesSince),
            ],
          ]}
        />
      </header>
      <p className="nc-soft">{t('services.intro')}</p>
      {failure !== undefined && value !== undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={10} />
      ) : value.services.length === 0 ? (
        <EmptyState
          icon={disagreeing ? IconCircleCheck : IconTargetArrow}
          title={t(disagreeing ? 'services.noneDiffer' : 'services.emptyTitle')}
          text={t('services.emptyText')}
          action={<RouteLink to={paths.onus()}>{t('changes.toOnus')}</RouteLink>}
        />
      ) : (
        <ServiceTable services={value.services} />
      )}
      <Pager offset={offset} total={total} onOffset={setOffset} />
    </div>
  )
}

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

const ServiceTable = ({ services }: { readonly services: readonly ServiceState[] }) => {
  const { t } = useTranslation('provisioning')
  return (
    <section
      className="nc-panel npv-scroll"
      aria-label={t('services.title')}
      // A region that scrolls is reached by the keyboard.
      tabIndex={0}
    >
      <table className="nc-table npv-table">
        <thead>
          <tr>
            <th scope="col">{t('target.onu')}</th>
            <th scope="col">{t('target.serial')}</th>
            <th scope="col">{t('services.wanted')}</th>
            <th scope="col">{t('services.seen')}</th>
            <th scope="col">{t('services.since')}</th>
            <th scope="col">{t('changes.by')}</th>
            <th scope="col">{t('waiting.note')}</th>
            <th scope="col">
              <span className="nc-hidden">{t('waiting.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {services.map((one) => (
            <ServiceRow key={`${one.oltId} ${formatOnu(one.address)}`} service={one} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

const ServiceRow = ({ service }: { readonly service: ServiceState }) => {
  const { t } = useTranslation('provisioning')
  const { t: tError } = useTranslation('error')
  const rights = useRights()
  const format = useFormat()
  const { oltId, address, serial, desired, agreesSince, problem, planId } = service
  const drop = (): void => {
    const undo = (): void =>
      void act('provisioning.setDesired', {
        services: [{ oltId, address, serial }],
        state: desired,
        reason: service.reason,
      })
    const asked = { services: [{ oltId, address }] }
    void act('provisioning.dropDesired', asked, t('service.dropped'), undo)
  }
  return (
    <tr>
      <td>
        <RouteLink to={paths.onu(oltId, address)}>
          {service.oltName} <span className="nc-mono">{formatOnu(address)}</span>
        </RouteLink>
      </td>
      <td className="nc-mono">{serial}</td>
      <td title={format.instant(service.desiredSince)}>
        {t(`serviceState.${desired}`)}{' '}
        <span className="nc-soft">
          <Since at={service.desiredSince} />
        </span>
      </td>
      <td title={format.instant(service.actualAt)}>
        {t(`serviceState.${service.actual}`)}{' '}
        <span className="nc-soft">
          {service.actualAt !== null && <Since at={service.actualAt} />}
        </span>
      </td>
      <td>
        {agreesSince === null ? (
          <span className="npr-differs">
            ≠ {t('service.disagrees')}
            {service.tries > 0 && ` · ${t('service.tries', { count: service.tries })}`}
          </span>
        ) : (
          <>
            {t('service.agrees')} <Since at={agreesSince} />
          </>
        )}
      </td>
      <td>{service.cause === null ? service.desiredBy : t(`serviceCause.${service.cause}`)}</td>
      <td className="npr-note npr-side">
        {problem !== null && (
          <span className="npr-differs" title={tError(`${problem.code}.do`, problem.params)}>
            {tError(`${problem.code}.what`, problem.params)}{' '}
          </span>
        )}
        {service.reason}{' '}
        {planId !== null && <RouteLink to={paths.change(planId)}>{t('plan.word')}</RouteLink>}
      </td>
      <td className="npw-acts">
        {rights.desired && (
          <Button
            size="compact-xs"
            variant="default"
            leftSection={<IconX size={13} aria-hidden="true" />}
            aria-label={t('services.dropOne', { serial })}
            onClick={drop}
          >
            {t('service.drop')}
          </Button>
        )}
      </td>
    </tr>
  )
}

import { Button } from '@mantine/core'
import {
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconPlayerPlay,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type {
  SubscriberRecord,
  SubscriberService,
} from '../../../src-shared/contract/subscribers-model.ts'
import { formatOnu, formatPon } from '../../../src-shared/domain/onu-address.ts'
import { paths } from '../../app/paths.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { Since } from '../../components/data-age.tsx'
import { Dbm } from '../../components/dbm.tsx'
import { noValue } from '../../components/format.ts'
import { Kbd } from '../../components/kbd.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { showToast } from '../../components/toast.tsx'
import { FindingsLink } from '../billing/reconciliation/findings-link.tsx'
import { act as actOnLine } from '../provisioning/provisioning-acts.ts'
import { act, useSubscriberRights } from './subscriber-acts.ts'

const signs = { planned: IconCircleDashed, live: IconCircleCheck, ended: IconCircleX } as const

export interface ServiceCardProps {
  readonly record: SubscriberRecord
  readonly service: SubscriberService
  readonly onEdit: (() => void) | null
}

/** One service: what it is, where its ONU is now, how its light is, and what is wanted of it. */
export const ServiceCard = ({ record, service, onEdit }: ServiceCardProps) => {
  const { t } = useTranslation('subscribers')
  const rights = useSubscriberRights()
  const { name, state } = service
  const Sign = signs[state]
  const address = record.addresses.find(({ id }) => id === service.addressId)
  const named = { id: record.id, serviceId: service.id }

  const end = async (): Promise<void> => {
    const done = await act('subscribers.endService', { ...named, baseVersion: service.version })
    if (done === null) return
    const back = { ...named, baseVersion: done.version }
    showToast({
      kind: 'done',
      title: t('service.ended', { name }),
      undo: () => void act('subscribers.resumeService', back),
    })
  }
  return (
    <>
      <div className="nsu-row">
        <strong>{name}</strong>
        <span className="nsu-status" data-status={state === 'live' ? 'active' : state}>
          <Sign size={14} stroke={1.8} aria-hidden="true" /> {t(`service.state.${state}`)}
        </span>
        <span className="nc-soft">
          {state === 'ended' ? (
            <Since at={service.endedAt} />
          ) : (
            service.liveSince !== null && <Since at={service.liveSince} />
          )}
        </span>
        {onEdit !== null && state !== 'ended' && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('service.editOf', { name })}
            onClick={onEdit}
          >
            {t('service.edit')}
          </Button>
        )}
        {rights.manage &&
          (state === 'ended' ? (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() =>
                void act('subscribers.resumeService', { ...named, baseVersion: service.version })
              }
            >
              {t('service.resume')}
            </Button>
          ) : (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('service.endOf', { name })}
              onClick={() => void end()}
            >
              {t('service.end')}
            </Button>
          ))}
      </div>
      {address !== undefined && (
        <p className="nc-soft">{[address.lines, address.city].filter(Boolean).join(', ')}</p>
      )}
      {service.note !== '' && <p>{service.note}</p>}
      {service.onu !== null && <Line service={service} onu={service.onu} record={record} />}
    </>
  )
}

type ServiceOnu = NonNullable<SubscriberService['onu']>

const Line = ({
  service,
  onu: named,
  record,
}: {
  readonly service: SubscriberService
  readonly onu: ServiceOnu
  readonly record: SubscriberRecord
}) => {
  const { t } = useTranslation('subscribers')
  const { onu, oltId, serial } = named
  const oltName = named.oltName ?? t('service.oltGone')
  const follow = (to: string): void =>
    void act('subscribers.saveService', {
      id: record.id,
      serviceId: service.id,
      baseVersion: service.version,
      name: service.name,
      addressId: service.addressId,
      note: service.note,
      onu: { oltId: to, serial },
    })
  return (
    <>
      <div className="nsu-row">
        <span className="nc-mono">{serial}</span>
        <FindingsLink serial={serial} />
        {onu === null ? (
          <span className="nc-soft">{t('service.notSeen', { olt: oltName })}</span>
        ) : (
          <>
            <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} />
            <Dbm value={onu.onuRxDbm} marginDb={onu.marginDb} unit />
            {named.reached ? (
              <>
                <RouteLink to={paths.onu(oltId, onu.address)}>
                  {oltName} <span className="nc-mono">{formatOnu(onu.address)}</span>
                </RouteLink>
                {service.state === 'live' && <Kbd keys={shortcuts.behindOnu.keys} />}
                <RouteLink to={paths.pon(oltId, onu.address)}>
                  {t('service.pon')} <span className="nc-mono">{formatPon(onu.address)}</span>
                </RouteLink>
              </>
            ) : (
              <span className="nc-soft">{oltName}</span>
            )}
          </>
        )}
      </div>
      {named.elsewhere.map((place) => (
        <div key={`${place.oltId} ${formatOnu(place.address)}`} className="nsu-row">
          <span>{t('service.elsewhere')}</span>
          <RouteLink to={paths.onu(place.oltId, place.address)}>
            {place.oltName} <span className="nc-mono">{formatOnu(place.address)}</span>
          </RouteLink>
          {onu === null && service.state === 'live' && place.oltId !== oltId && (
            <Button size="compact-xs" variant="default" onClick={() => follow(place.oltId)}>
              {t('service.follow')}
            </Button>
          )}
        </div>
      ))}
      <Wanted onu={named} isLive={service.state === 'live'} />
    </>
  )
}

/** Wanted, seen, since: kept by provisioning, which brings the OLT to it. */
const Wanted = ({ onu: named, isLive }: { readonly onu: ServiceOnu; readonly isLive: boolean }) => {
  const { t } = useTranslation('subscribers')
  const { t: tError } = useTranslation('error')
  const rights = useSubscriberRights()
  const { onu, wanted, oltId, serial } = named
  const want = (state: 'active' | 'suspended'): void => {
    if (onu === null) return
    const services = [{ oltId, address: onu.address, serial }]
    void actOnLine(
      'provisioning.setDesired',
      { services, state },
      t(state === 'active' ? 'service.resumeAsked' : 'service.suspendAsked'),
    )
  }
  return (
    <div className="nsu-row">
      {wanted !== null && (
        <>
          <span>
            <span className="nc-soft">{t('service.wanted')}</span>{' '}
            {t(`service.wantedState.${wanted.desired}`)}{' '}
            <span className="nc-soft">
              <Since at={wanted.desiredSince} />
              {wanted.reason !== '' && ` · ${wanted.reason}`}
            </span>
          </span>
          <span>
            <span className="nc-soft">{t('service.seen')}</span>{' '}
            {t(`service.wantedState.${wanted.actual}`)}{' '}
            <span className="nc-soft">
              {wanted.actualAt === null ? noValue : <Since at={wanted.actualAt} />}
            </span>
          </span>
          <strong>{t(wanted.agreesSince === null ? 'service.differs' : 'service.agrees')}</strong>
          {wanted.problem !== null && (
            <span title={tError(`${wanted.problem.code}.do`, wanted.problem.params)}>
              {tError(`${wanted.problem.code}.what`, wanted.problem.params)}
            </span>
          )}
        </>
      )}
      {rights.line && isLive && onu !== null && named.reached && (
        <>
          {wanted?.desired === 'suspended' ? (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconPlayerPlay size={13} aria-hidden="true" />}
              onClick={() => want('active')}
            >
              {t('service.resumeLine')}
            </Button>
          ) : (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconBan size={13} aria-hidden="true" />}
              onClick={() => want('suspended')}
            >
              {t('service.suspend')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

import { ActionIcon, Button, TagsInput } from '@mantine/core'
import { IconEye, IconEyeOff, IconLink, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useQuery } from '../../client/hooks.ts'
import { useEntrance, usePermissions } from '../../state/workspace.ts'
import { TicketStateBadge } from '../tickets/ticket-words.tsx'
import { LinkDialog } from './other-ticket-dialogs.tsx'
import { act, type TicketRecord } from './ticket-acts.ts'

export interface SideProps {
  readonly record: TicketRecord
  readonly mayWork: boolean
}

/** What the customer was told last: who picks up the telephone reads it first. */
export const Told = ({ record: { told, ticket } }: Pick<SideProps, 'record'>) => {
  const { t } = useTranslation(['ticket-record', 'ticket-new'])
  const format = useFormat()
  return (
    <section className="nc-panel" aria-label={t('told')}>
      <header className="nc-panel__head">
        <h2>{t('told')}</h2>
        {told !== null && (
          <span className="nc-soft nc-small">
            {format.instant(told.at, 'minute')} ·{' '}
            {t(`channelOf.${told.channel}`, { ns: 'ticket-new' })}
            {told.by === null ? '' : ` · ${told.by}`}
          </span>
        )}
      </header>
      <p className={told === null ? 'nc-panel__body nc-soft' : 'nc-panel__body ntr-said'}>
        {told?.body ?? t(ticket.subscriber === null ? 'nobodyToTell' : 'nothingTold')}
      </p>
    </section>
  )
}

/** Whose it is, where it came from, what it hangs together with. */
export const TicketFacts = ({ record, mayWork }: SideProps) => {
  const { t } = useTranslation(['ticket-record', 'tickets', 'tickets-desk'])
  const format = useFormat()
  const { ticket, serviceId } = record
  const mayRead = usePermissions().includes('subscribers.subscriber.read')
  const subscriber = useQuery(
    'subscribers.record',
    { id: ticket.subscriber?.id ?? '' },
    { skip: ticket.subscriber === null || !mayRead },
  ).value
  const service = subscriber?.services.find(({ id }) => id === serviceId)
  const place = service?.onu?.reached === true ? service.onu.onu : null
  const phone = subscriber?.contacts.find((contact) => contact.phone !== '')?.phone ?? null
  return (
    <section className="nc-panel" aria-label={t('facts')}>
      <header className="nc-panel__head">
        <h2>{t('facts')}</h2>
      </header>
      <dl className="nc-facts nc-panel__body">
        <dt>{t('subscriber')}</dt>
        <dd>
          {ticket.subscriber === null ? (
            <span className="nc-faint">–</span>
          ) : (
            <>
              <RouteLink to={paths.subscriber(ticket.subscriber.id)}>
                {ticket.subscriber.name}
              </RouteLink>{' '}
              <span className="nc-mono nc-soft">{ticket.subscriber.code}</span>
            </>
          )}
        </dd>
        {phone !== null && (
          <>
            <dt>{t('phone')}</dt>
            <dd>
              {phone} <CopyButton text={phone} label={t('phone')} />
            </dd>
          </>
        )}
        {service !== undefined && (
          <>
            <dt>{t('service')}</dt>
            <dd>
              {service.name}
              {place != null && (
                <>
                  {' · '}
                  <RouteLink to={paths.onu(place.oltId, place.address)}>{t('toOnu')}</RouteLink>
                </>
              )}
            </dd>
          </>
        )}
        <dt>{t('source')}</dt>
        <dd>
          {record.sourceId === null ? (
            t(`source.${ticket.source}`, { ns: 'tickets-desk' })
          ) : (
            <RouteLink
              to={
                ticket.source === 'outage'
                  ? paths.outage(record.sourceId)
                  : paths.alarm(record.sourceId)
              }
            >
              {t(`source.${ticket.source}`, { ns: 'tickets-desk' })}
            </RouteLink>
          )}
        </dd>
        <dt>{t('affected')}</dt>
        <dd>{format.number(ticket.affected)}</dd>
        <dt>{t('opened')}</dt>
        <dd>{format.instant(ticket.createdAt, 'minute')}</dd>
        {ticket.pendingUntil !== null && (
          <>
            <dt>{t('waitsUntil')}</dt>
            <dd>{format.instant(ticket.pendingUntil, 'minute')}</dd>
          </>
        )}
        {ticket.reopened > 0 && (
          <>
            <dt>{t('reopened')}</dt>
            <dd>{t('times', { count: ticket.reopened })}</dd>
          </>
        )}
        <dt>{t('tags')}</dt>
        <dd>
          <TagsInput
            size="xs"
            aria-label={t('tags')}
            disabled={!mayWork}
            maxTags={20}
            value={[...record.tags]}
            onChange={(tags) =>
              void act('tickets.change', {
                id: ticket.id,
                baseVersion: ticket.version,
                tags: tags.map((tag) => tag.trim().slice(0, 40)),
              })
            }
          />
        </dd>
        <dt>{t('watchers')}</dt>
        <dd>
          <Watchers record={record} />
        </dd>
      </dl>
    </section>
  )
}

const Watchers = ({ record }: Pick<SideProps, 'record'>) => {
  const { t } = useTranslation('ticket-record')
  const me = useEntrance((state) => state.session?.account.id ?? '')
  const watching = record.watchers.some(({ id }) => id === me)
  const WatchIcon = watching ? IconEyeOff : IconEye
  return (
    <span className="ntr-watchers">
      {record.watchers.map(({ name }) => name).join(', ') || (
        <span className="nc-faint">{t('nobody')}</span>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        leftSection={<WatchIcon size={13} aria-hidden="true" />}
        onClick={() =>
          void act('tickets.watch', { id: record.ticket.id, accountId: me, watching: !watching })
        }
      >
        {t(watching ? 'watchNot' : 'watch')}
      </Button>
    </span>
  )
}

/** Parents, parts and others; where it went, and what came into it. */
export const TicketLinks = ({ record, mayWork }: SideProps) => {
  const { t } = useTranslation('ticket-record')
  const [isLinking, setLinking] = useState(false)
  const { ticket, links, merged, mergedInto } = record
  const rows = [
    ...(mergedInto === null ? [] : [{ word: t('mergedInto'), ticket: mergedInto, off: false }]),
    ...links.map(({ kind, from, ticket: other }) => ({
      word: t(`linkIs.${kind}.${from ? 'from' : 'to'}`),
      ticket: other,
      off: mayWork,
    })),
    ...merged.map((other) => ({ word: t('mergedHere'), ticket: other, off: false })),
  ]
  return (
    <section className="nc-panel" aria-label={t('links')}>
      <header className="nc-panel__head">
        <h2>{t('links')}</h2>
        {mayWork && (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconLink size={14} aria-hidden="true" />}
            onClick={() => setLinking(true)}
          >
            {t('link')}
          </Button>
        )}
      </header>
      {rows.length === 0 ? (
        <p className="nc-panel__body nc-faint">{t('noLinks')}</p>
      ) : (
        <ul className="ntr-links nc-panel__body">
          {rows.map(({ word, ticket: other, off }) => (
            <li key={`${word} ${other.id}`}>
              <span className="nc-soft nc-small">{word}</span>
              <span className="nc-cut">
                <RouteLink to={paths.ticket(other.id)}>{other.number}</RouteLink> {other.subject}
              </span>
              <TicketStateBadge state={other.state} />
              {off && (
                <ActionIcon
                  size="xs"
                  variant="subtle"
                  aria-label={t('unlink', { number: other.number })}
                  title={t('unlink', { number: other.number })}
                  onClick={() => void act('tickets.unlink', { id: ticket.id, otherId: other.id })}
                >
                  <IconX size={13} aria-hidden="true" />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {isLinking && <LinkDialog ticket={ticket} onClose={() => setLinking(false)} />}
    </section>
  )
}

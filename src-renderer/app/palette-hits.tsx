import {
  IconAlertTriangle,
  IconBolt,
  IconFileInvoice,
  IconPlug,
  IconReceipt,
  IconServer2,
  IconSitemap,
  IconTicket,
  IconTruckDelivery,
  IconUser,
  type Icon,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../src-shared/contract/search.ts'
import { formatOnu, formatPon } from '../../src-shared/domain/onu-address.ts'
import { shownPhone } from '../../src-shared/domain/phone.ts'
import { SeverityBadge } from '../components/severity-badge.tsx'
import { StateBadge } from '../components/state-badge.tsx'
import { Marked, spansOf } from './palette-marked.tsx'
import { paths } from './paths.ts'

type HitOf<Kind extends SearchHit['kind']> = Extract<SearchHit, { kind: Kind }>

/** Where a found record lives. */
export const routeOf = (hit: SearchHit): string => {
  switch (hit.kind) {
    case 'onu':
      return paths.onu(hit.onu.oltId, hit.onu.address)
    case 'olt':
      return paths.olt(hit.oltId)
    case 'pon':
      return paths.pon(hit.oltId, hit.pon)
    case 'alarm':
      return paths.alarm(hit.alarm.id)
    case 'outage':
      return paths.outage(hit.outage.id)
    case 'node':
      return paths.plant(hit.id)
    case 'subscriber':
      // Who may not open his page is after his line.
      return hit.readable || hit.onu === null
        ? paths.subscriber(hit.id)
        : paths.onu(hit.onu.oltId, hit.onu.address)
    case 'document':
      return paths.document(hit.id)
    case 'receipt':
      return paths.payment(hit.subscriberId, hit.id)
    case 'ticket':
      return paths.ticket(hit.ticket.id)
    case 'work-order':
      return paths.workOrder(hit.order.id)
  }
}

/** One found record as a line of the palette. */
export const PaletteHit = ({ hit }: { readonly hit: SearchHit }): ReactNode => {
  switch (hit.kind) {
    case 'onu':
      return <OnuHit hit={hit} />
    case 'olt':
      return (
        <PlainHit
          icon={IconServer2}
          name={<Marked text={hit.name} spans={spansOf(hit, 'name')} />}
          detail={<Marked text={hit.host} spans={spansOf(hit, 'host')} />}
          hit={hit}
        />
      )
    case 'pon':
      return <PonHit hit={hit} />
    case 'alarm':
      return <AlarmHit hit={hit} />
    case 'outage':
      return <OutageHit hit={hit} />
    case 'node':
      return (
        <PlainHit
          icon={IconSitemap}
          name={<Marked text={hit.path} spans={spansOf(hit, 'path')} />}
          detail={<Marked text={hit.street} spans={spansOf(hit, 'street')} />}
          hit={hit}
        />
      )
    case 'subscriber':
      return <SubscriberHit hit={hit} />
    case 'document':
    case 'receipt':
      return <NumberHit hit={hit} />
    case 'ticket':
      return <TicketHit hit={hit} />
    case 'work-order':
      return <WorkOrderHit hit={hit} />
  }
}

/** Number, subject, whose, and how it stands. */
const TicketHit = ({ hit }: { readonly hit: HitOf<'ticket'> }) => {
  const { t } = useTranslation('tickets')
  const { ticket } = hit
  return (
    <>
      <IconTicket size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <span className="nc-mono">
        <Marked text={ticket.number} spans={spansOf(hit, 'number')} />
      </span>
      <span className="nc-palette__name nc-cut">
        <Marked text={ticket.subject} spans={spansOf(hit, 'subject')} />
        {ticket.subscriber !== null && (
          <span className="nc-soft">
            {' · '}
            <Marked text={ticket.subscriber.name} spans={spansOf(hit, 'subscriber')} />
          </span>
        )}
      </span>
      <span className="nc-soft">
        {ticket.priority} · {t(`state.${ticket.state}`)}
      </span>
    </>
  )
}

/** Number, subject, whose, and how far it is. */
const WorkOrderHit = ({ hit }: { readonly hit: HitOf<'work-order'> }) => {
  const { t } = useTranslation('fieldwork')
  const { order } = hit
  return (
    <>
      <IconTruckDelivery size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <span className="nc-mono">
        <Marked text={order.number} spans={spansOf(hit, 'number')} />
      </span>
      <span className="nc-palette__name nc-cut">
        <Marked text={order.subject} spans={spansOf(hit, 'subject')} />
        {order.subscriber !== null && (
          <span className="nc-soft">
            {' · '}
            <Marked text={order.subscriber.name} spans={spansOf(hit, 'subscriber')} />
          </span>
        )}
      </span>
      <span className="nc-soft">{t(`state.${order.state}`)}</span>
    </>
  )
}

/** Number, what it is, whose and of when. */
const NumberHit = ({ hit }: { readonly hit: HitOf<'document' | 'receipt'> }) => {
  const { t } = useTranslation('billing-documents')
  const { t: tSearch } = useTranslation('search')
  const LineIcon = hit.kind === 'document' ? IconFileInvoice : IconReceipt
  return (
    <>
      <LineIcon size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <span className="nc-mono">
        <Marked text={hit.number} spans={spansOf(hit, 'number')} />
      </span>
      <span className="nc-palette__name nc-cut">
        {hit.kind === 'document' ? t(`kind.${hit.documentKind}`) : tSearch('receipt')}
        <span className="nc-soft">
          {' · '}
          {hit.subscriberName}
        </span>
      </span>
      <span className="nc-soft">{hit.on}</span>
    </>
  )
}

/** Code, name, telephone number, address, and what serves him. */
const SubscriberHit = ({ hit }: { readonly hit: HitOf<'subscriber'> }) => (
  <>
    <IconUser size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
    <span className="nc-mono nc-soft">
      <Marked text={hit.code} spans={spansOf(hit, 'code')} />
    </span>
    <span className="nc-palette__name nc-cut">
      <Marked text={hit.name} spans={spansOf(hit, 'name')} />
      {hit.address !== null && (
        <span className="nc-soft">
          {' · '}
          <Marked text={hit.address} spans={spansOf(hit, 'address')} />
        </span>
      )}
    </span>
    <span className="nc-soft">{hit.phone === null ? null : shownPhone(hit.phone)}</span>
    <span className="nc-mono nc-soft">
      <Marked text={hit.serial ?? ''} spans={spansOf(hit, 'serial')} />
    </span>
  </>
)

interface PlainHitProps {
  readonly icon: Icon
  readonly name: ReactNode
  readonly detail: ReactNode
  readonly hit: SearchHit
}

const PlainHit = ({ icon: LineIcon, name, detail, hit }: PlainHitProps) => (
  <>
    <LineIcon size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
    <span className="nc-palette__name nc-cut">{name}</span>
    <Similar hit={hit} />
    <span className="nc-soft nc-cut">{detail}</span>
  </>
)

const Similar = ({ hit }: { readonly hit: SearchHit }) => {
  const { t } = useTranslation('search')
  return hit.typo ? <span className="nc-palette__similar">{t('similar')}</span> : null
}

/** State, serial, name with what matched beside it, OLT, address. */
const OnuHit = ({ hit }: { readonly hit: HitOf<'onu'> }) => {
  const { onu, streetAddress } = hit
  const name = onu.name ?? ''
  const further = (['streetAddress', 'description', 'model'] as const).find(
    (field) => spansOf(hit, field).length > 0,
  )
  const texts = { streetAddress, description: onu.description, model: onu.model }
  return (
    <>
      <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} iconOnly />
      <span className="nc-mono nc-palette__serial">
        <Marked text={onu.serial ?? '–'} spans={spansOf(hit, 'serial')} />
      </span>
      <span className="nc-palette__name nc-cut">
        <Marked text={name} spans={spansOf(hit, 'name')} />
        {further !== undefined && (
          <span className="nc-soft">
            {name === '' ? '' : ' · '}
            <Marked text={texts[further] ?? ''} spans={spansOf(hit, further)} />
          </span>
        )}
      </span>
      <Similar hit={hit} />
      <span className="nc-soft nc-cut">
        <Marked text={onu.oltName} spans={spansOf(hit, 'oltName')} />
      </span>
      <span className="nc-mono nc-soft">
        <Marked text={formatOnu(onu.address)} spans={spansOf(hit, 'address')} />
      </span>
    </>
  )
}

const PonHit = ({ hit }: { readonly hit: HitOf<'pon'> }) => {
  const { t } = useTranslation('search')
  const address = formatPon(hit.pon)
  const nameSpans = spansOf(hit, 'name')
  const named = hit.name !== null && (nameSpans.length > 0 || !hit.name.includes(address))
  return (
    <>
      <IconPlug size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <span className="nc-palette__name nc-cut">
        {t('ponPort')}{' '}
        <span className="nc-mono">
          <Marked text={address} spans={spansOf(hit, 'address')} />
        </span>
        {named && (
          <span className="nc-soft">
            {' · '}
            <Marked text={hit.name ?? ''} spans={nameSpans} />
          </span>
        )}
      </span>
      <Similar hit={hit} />
      <span className="nc-soft nc-cut">
        <Marked text={hit.oltName} spans={spansOf(hit, 'oltName')} />
      </span>
    </>
  )
}

const AlarmHit = ({ hit }: { readonly hit: HitOf<'alarm'> }) => {
  const { t } = useTranslation('alarms')
  const { alarm } = hit
  const where = alarm.name ?? alarm.serial
  return (
    <>
      <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <SeverityBadge severity={alarm.clearedAt === null ? alarm.severity : 'cleared'} short />
      <span className="nc-palette__name nc-cut">
        {t(`type.${alarm.type}`)}
        {where !== null && (
          <span className="nc-soft">
            {' · '}
            <Marked text={where} spans={spansOf(hit, alarm.name === null ? 'serial' : 'name')} />
          </span>
        )}
      </span>
      <span className="nc-soft nc-cut">
        <Marked text={alarm.oltName ?? ''} spans={spansOf(hit, 'oltName')} />
      </span>
    </>
  )
}

const OutageHit = ({ hit }: { readonly hit: HitOf<'outage'> }) => {
  const { t } = useTranslation('outages')
  const { t: tSearch } = useTranslation('search')
  const { outage } = hit
  const olts = outage.olts.map(({ name }) => name).join(', ')
  return (
    <>
      <IconBolt size={16} stroke={1.6} aria-hidden="true" className="nc-icon nc-faint" />
      <SeverityBadge severity={outage.endedAt === null ? outage.severity : 'cleared'} short />
      <span className="nc-palette__name nc-cut">
        {t(`verdict.${outage.corrected?.verdict ?? outage.verdict}`)}
        <span className="nc-soft">
          {' · '}
          <Marked text={olts} spans={spansOf(hit, 'oltName')} />
        </span>
      </span>
      <span className="nc-soft">{tSearch('down', { count: outage.down })}</span>
    </>
  )
}

import { IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BehindOnu } from '../../../src-shared/contract/subscribers-model.ts'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { shownPhone } from '../../../src-shared/domain/phone.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { useQuery } from '../../client/hooks.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Since } from '../../components/data-age.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { StatusBadge } from './status-badge.tsx'
import { Marks } from './subscriber-table.tsx'

export interface BehindPanelProps {
  readonly oltId: string
  readonly address: OnuAddress
}

/** Who is behind an ONU, without money; one key leads to his page, the same key back. */
export const BehindPanel = (props: BehindPanelProps) => {
  const may = useEntrance(
    (state) => state.session?.permissions.includes('subscribers.onu.read') ?? false,
  )
  return may ? <Panel {...props} /> : null
}

const Panel = ({ oltId, address }: BehindPanelProps) => {
  const { t } = useTranslation('subscribers')
  const { value, failure, refresh } = useQuery(
    'subscribers.behindOnu',
    { oltId, address },
    { on: ['subscribers.changed'] },
  )
  const readable = value?.readable ?? false
  const first = value?.behind[0]
  useShortcut(
    'behindOnu',
    () => {
      if (first !== undefined) navigate(paths.subscriber(first.subscriberId))
    },
    readable && first !== undefined,
  )
  return (
    <section className="nc-panel nc-onu__panel" data-area="subscriber">
      <div className="nc-panel__head">
        <h2>{t('behind.title')}</h2>
        {readable && first !== undefined && <Kbd keys={shortcuts.behindOnu.keys} />}
      </div>
      {failure !== undefined && value === undefined && (
        <FailureState brief failure={failure} onRetry={refresh} />
      )}
      {value !== undefined && value.behind.length === 0 && (
        <p className="nc-panel__body nc-soft">{t('behind.nobody')}</p>
      )}
      {value !== undefined && value.behind.length > 0 && (
        <ul className="nsu-list">
          {value.behind.map((one) => (
            <li key={one.serviceId}>
              <Behind one={one} readable={readable} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Behind = ({ one, readable }: { readonly one: BehindOnu; readonly readable: boolean }) => {
  const { t } = useTranslation('subscribers')
  const isLive = one.serviceState === 'live'
  return (
    <>
      <div className="nsu-row">
        <IconUser size={15} stroke={1.7} aria-hidden="true" className="nc-icon nc-soft" />
        {readable ? (
          <RouteLink to={paths.subscriber(one.subscriberId)}>{one.name}</RouteLink>
        ) : (
          <strong>{one.name}</strong>
        )}
        <span className="nc-mono nc-soft">{one.code}</span>
        <StatusBadge status={one.status} />
        <Marks row={{ neverSuspend: one.neverSuspend, restricted: false }} />
      </div>
      <div className="nsu-row">
        {one.phone !== null && (
          <span>
            {shownPhone(one.phone)} <CopyButton text={one.phone} label={t('col.phone')} />
          </span>
        )}
        <span className="nc-soft">{one.address}</span>
      </div>
      <div className="nsu-row nc-soft">
        <span>{one.serviceName}</span>
        <span>
          {isLive ? t('service.state.live') : t('behind.ended')}{' '}
          <Since at={isLive ? one.liveSince : one.endedAt} />
        </span>
      </div>
    </>
  )
}

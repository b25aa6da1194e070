import { Button } from '@mantine/core'
import { IconLink } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { formatOnu, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useHashLocation } from '../../app/location.ts'
import { paths, readAddress } from '../../app/paths.ts'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { copyText } from '../../components/copy-button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { showToast } from '../../components/toast.tsx'
import { rememberRecent } from '../../state/recent.ts'
import { AlarmsPanel } from '../alarms/alarms-panel.tsx'
import { ImportantButton } from '../alarms/important-button.tsx'
import { MaintenanceButton } from '../alarms/maintenance-button.tsx'
import { OnuActs } from '../provisioning-onu/onu-acts.tsx'
import { OnuChanges } from '../provisioning-onu/onu-changes.tsx'
import { OnuRecord, useOltOf, useOnuDetails } from './onu-record.tsx'
import { ReadNowMenu } from './read-now-menu.tsx'
import './onu-screen.css'

export const OnuScreen = (): ReactNode => {
  const { t } = useTranslation('network')
  const params = useParams<{ readonly oltId: string; readonly address: string }>()
  const address = readAddress(params.address ?? '')
  if (params.oltId === undefined || address === null) {
    return <EmptyState title={t('onus.record.badAddress')} text={t('onus.record.notFoundText')} />
  }
  return (
    <OnuPage key={`${params.oltId} ${params.address}`} oltId={params.oltId} address={address} />
  )
}

interface OnuPageProps {
  readonly oltId: string
  readonly address: OnuAddress
}

const OnuPage = ({ oltId, address }: OnuPageProps): ReactNode => {
  const { t } = useTranslation('network')
  const { t: common } = useTranslation()
  const { value } = useOnuDetails(oltId, address)
  const olt = useOltOf(oltId)
  const onu = value?.onu
  const title = onu?.name ?? onu?.serial ?? formatOnu(address)
  const route = paths.onu(oltId, address)
  const known = onu !== undefined
  useEffect(() => {
    if (known) rememberRecent({ route, title, kind: 'onu' })
  }, [known, route, title])

  const copyRoute = (): void => {
    copyText(
      `${window.location.origin}${window.location.pathname}${useHashLocation.hrefs(route)}`,
    ).then(
      () => showToast({ kind: 'done', title: common('toast.addressCopied') }),
      () => showToast({ kind: 'failure', title: common('button.copyFailed') }),
    )
  }

  return (
    <div className="nc-page">
      <header className="nc-page__head nc-onu-head">
        <div className="nc-onu-head__title">
          <nav className="nc-small nc-soft" aria-label={t('onus.record.back')}>
            <RouteLink to={paths.onus()}>{t('onus.title')}</RouteLink>
            {onu !== undefined && (
              <>
                {' › '}
                <RouteLink to={paths.olt(oltId)}>{onu.oltName}</RouteLink>
                {' › '}
                <span className="nc-mono">{formatOnu(address)}</span>
              </>
            )}
          </nav>
          <h1 className="nc-cut">
            {title}
            {onu?.name != null && onu.serial !== null && (
              <span className="nc-mono nc-soft nc-onu-head__serial">{onu.serial}</span>
            )}
          </h1>
        </div>
        {onu !== undefined && (
          <StateBadge state={onu.state} causeClass={onu.causeClass} cause={onu.cause} />
        )}
        <Button
          variant="default"
          leftSection={<IconLink size={15} stroke={1.7} aria-hidden="true" />}
          onClick={copyRoute}
        >
          {t('onus.copy.address')}
        </Button>
        <PresentOnly>
          <OnuActs oltId={oltId} address={address} online={onu?.state === 'online'} title={title} />
          <ImportantButton oltId={oltId} address={address} label={title} />
          <MaintenanceButton scope={{ onus: [{ oltId, address }] }} title={title} />
          <ReadNowMenu oltId={oltId} olt={olt} />
        </PresentOnly>
      </header>
      <PresentOnly>
        <AlarmsPanel resource={{ kind: 'onu', oltId, address }} />
      </PresentOnly>
      <OnuRecord
        oltId={oltId}
        address={address}
        changes={
          <PresentOnly>
            <OnuChanges oltId={oltId} address={address} />
          </PresentOnly>
        }
      />
    </div>
  )
}

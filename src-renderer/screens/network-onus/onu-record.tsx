import { useMemo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OltRow, PollIntervals } from '../../../src-shared/contract/network-model.ts'
import { formatOnu, type OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { useQuery } from '../../client/hooks.ts'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { OnuVerdict } from '../outages/onu-verdict.tsx'
import { PlacePanel } from '../plant/place-panel.tsx'
import { BehindPanel } from '../subscribers/behind-panel.tsx'
import { DuplicateNotice } from './duplicate-notice.tsx'
import { LiveView } from './live-view.tsx'
import { OnuHistory } from './onu-history.tsx'
import { OnuLight } from './onu-light.tsx'
import { DeviceFacts, IdentityFacts, StateFacts, TrafficFacts } from './onu-facts.tsx'
import { FieldTrustContext } from './record-fact.tsx'
import './onu-record.css'

export interface OnuRecordProps {
  readonly oltId: string
  readonly address: OnuAddress
  /** One column, for the drawer. */
  readonly narrow?: boolean
  /** What stands above the history: how it is set and what was changed. */
  readonly changes?: ReactNode
}

const defaultIntervals: PollIntervals = { statusS: 60, countersS: 300, opticsS: 3600 }

export const useOnuDetails = (oltId: string, address: OnuAddress) =>
  useQuery('network.onu', { oltId, address }, { on: ['network.changed'], everyMs: 1000 })

export const useOltOf = (oltId: string): OltRow | undefined => {
  const { value } = useQuery('network.olts', {}, { on: ['network.changed'], everyMs: 2000 })
  return value?.olts.find((olt) => olt.id === oltId)
}

/** Everything about one ONU; the drawer and the page show the same. */
export const OnuRecord = (props: OnuRecordProps): ReactNode => {
  const { oltId, address, narrow = false, changes } = props
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useOnuDetails(oltId, address)
  const olt = useOltOf(oltId)
  if (value === undefined) {
    if (failure === undefined) return <LoadingState rows={10} />
    return failure.code === 'not-found' ? (
      <EmptyState title={t('onus.record.notFoundTitle')} text={t('onus.record.notFoundText')} />
    ) : (
      <FailureState failure={failure} onRetry={refresh} />
    )
  }
  return (
    <>
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <Details
        details={value}
        intervals={olt?.intervals ?? defaultIntervals}
        narrow={narrow}
        changes={changes}
      />
    </>
  )
}

interface DetailsProps {
  readonly details: Output<'network.onu'>
  readonly intervals: PollIntervals
  readonly narrow: boolean
  readonly changes: ReactNode
}

const Details = ({ details, intervals, narrow, changes }: DetailsProps): ReactNode => {
  const { t } = useTranslation('network')
  const { t: history } = useTranslation('history')
  const { onu } = details
  const notOffered = details.notOffered.join(' ')
  const unproven = details.unproven.join(' ')
  const trust = useMemo(
    () => ({
      notOffered: new Set(notOffered.split(' ')),
      unproven: new Set(unproven.split(' ')),
    }),
    [notOffered, unproven],
  )
  return (
    <FieldTrustContext value={trust}>
      <PresentOnly>
        <LiveView details={details} narrow={narrow} />
      </PresentOnly>
      <div className="nc-onu" data-narrow={narrow || undefined}>
        {onu.state === 'offline' && (
          <PresentOnly>
            <OnuVerdict oltId={onu.oltId} address={onu.address} />
          </PresentOnly>
        )}
        {onu.duplicateSerial && <DuplicateNotice duplicates={details.duplicates} />}
        <Panel area="state" title={t('onus.record.state')}>
          <StateFacts details={details} intervals={intervals} />
        </Panel>
        <Panel area="light" title={t('onus.record.light')}>
          <OnuLight details={details} intervalS={intervals.opticsS} />
        </Panel>
        <Panel area="identity" title={t('onus.record.identity')}>
          <IdentityFacts details={details} />
        </Panel>
        <Panel area="device" title={t('onus.record.device')}>
          <DeviceFacts details={details} intervals={intervals} />
        </Panel>
        <Panel area="traffic" title={t('onus.record.traffic')}>
          <TrafficFacts details={details} intervals={intervals} />
        </Panel>
        <PresentOnly>
          <BehindPanel oltId={onu.oltId} address={onu.address} />
        </PresentOnly>
        <PlacePanel oltId={onu.oltId} address={onu.address} serial={onu.serial} />
        {changes}
        <Panel area="history" title={history('title')}>
          <OnuHistory
            oltId={onu.oltId}
            address={onu.address}
            name={onu.serial ?? onu.name ?? formatOnu(onu.address)}
            limits={details.limits}
            opticsS={intervals.opticsS}
            narrow={narrow}
          />
        </Panel>
      </div>
    </FieldTrustContext>
  )
}

interface PanelProps {
  readonly area: string
  readonly title: string
  readonly children: ReactNode
}

const Panel = ({ area, title, children }: PanelProps): ReactNode => (
  <section className="nc-panel nc-onu__panel" data-area={area}>
    <div className="nc-panel__head">
      <h2>{title}</h2>
    </div>
    <div className="nc-panel__body">{children}</div>
  </section>
)

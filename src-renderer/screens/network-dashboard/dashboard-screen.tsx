import { Button } from '@mantine/core'
import { useViewportSize } from '@mantine/hooks'
import { IconAlertTriangle, IconServer2 } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { PresentOnly } from '../../components/as-of/present-only.tsx'
import { useNetworkTicking } from '../../components/clock.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLive } from '../../state/live.ts'
import { onusWith } from '../network-olts/onu-links.ts'
import { LookAroundButton } from '../network-olts/look-around-button.tsx'
import { useOlts } from '../network-olts/use-olts.ts'
import { ActivityPanel } from './activity-panel.tsx'
import { AlarmsPanel } from './alarms-panel.tsx'
import { nothingReadYet, stalenessOf } from './counter-model.ts'
import { Counters } from './counters.tsx'
import { LightPanel } from './light-panel.tsx'
import { OltsPanel } from './olts-panel.tsx'
import { OpenOutages } from './open-outages.tsx'
import { StatePanel } from './state-panel.tsx'
import './dashboard.css'

/** Lines of outages that leave the rest of the screen its room. */
const outageLines = (windowHeight: number): number =>
  Math.max(3, Math.min(10, Math.round((windowHeight - 620) / 75)))

/**
 * The network on one screen, in the order in which one asks (facts/noc.md E5): what is down, how many
 * are on, do the OLTs answer, what loses light, what else is wrong, who has done what.
 */
export const DashboardScreen = () => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useOlts()
  const counts = useLive((state) => state.counts)
  const { height: windowHeight } = useViewportSize()
  if (value === undefined) {
    return (
      <div className="nc-page">
        <h1 className="nc-hidden">{t('dashboard.title')}</h1>
        <Awaiting failure={failure} onRetry={refresh} rows={14} />
      </div>
    )
  }
  if (value.olts.length === 0) return <NoOlts />
  return (
    <div className="nd-page">
      <h1 className="nc-hidden">{t('dashboard.title')}</h1>
      <PresentOnly>
        <OpenOutages most={outageLines(windowHeight)} />
      </PresentOnly>
      {counts === undefined ? (
        <LoadingState rows={2} />
      ) : (
        <Counters counts={counts} unread={nothingReadYet(counts, value.olts)} />
      )}
      <Notes olts={value.olts} />
      <div className="nd-columns" data-few={value.olts.length < 3 ? '' : undefined}>
        <OltsPanel olts={value.olts} />
        <LightPanel olts={value.olts} />
        <PresentOnly>
          <AlarmsPanel />
          <StatePanel olts={value.olts} />
          <MayOnly needs="audit.activity.read">
            <ActivityPanel />
          </MayOnly>
        </PresentOnly>
      </div>
    </div>
  )
}

const NoOlts = () => {
  const { t } = useTranslation('network')
  return (
    <div className="nc-page nc-page--full">
      <h1 className="nc-hidden">{t('dashboard.title')}</h1>
      <EmptyState
        icon={IconServer2}
        title={t('dashboard.empty.title')}
        text={t('dashboard.empty.text')}
        action={
          <>
            <MayOnly needs="network.olt.manage">
              <Button component={Link} href={paths.addOlt()}>
                {t('dashboard.empty.add')}
              </Button>
            </MayOnly>
            <LookAroundButton />
          </>
        }
      />
    </div>
  )
}

/** What one must know before believing the figures; nothing while all is well. */
const Notes = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const summary = useQuery(
    'network.summary',
    { oltIds: [] },
    { on: ['network.changed'], everyMs: 10_000 },
  ).value
  const stale = useNetworkTicking(
    useCallback((now: number) => JSON.stringify(stalenessOf(olts, now)), [olts]),
  )
  const staleness = useMemo(() => JSON.parse(stale) as ReturnType<typeof stalenessOf>, [stale])
  const since = staleness.kind === 'all' ? staleness.since : null
  const age = useNetworkTicking(
    useCallback((now: number) => (since === null ? '' : format.age(now - since)), [format, since]),
  )
  const unasked = olts.filter((olt) => olt.reachability === 'never').length
  // While none was asked, the counters themselves say so.
  const never = unasked === olts.length ? 0 : unasked
  const duplicates = summary?.duplicateSerials ?? 0
  if (staleness.kind === 'fresh' && duplicates === 0 && never === 0) return null
  return (
    <div className="nd-notes">
      {staleness.kind === 'all' ? (
        <p className="nd-stale" role="alert">
          <IconAlertTriangle size={18} stroke={2} aria-hidden="true" className="nc-icon" />
          <strong>{t('dashboard.stale.mark')}</strong>
          {since === null ? t('dashboard.stale.never') : t('dashboard.stale.all', { age })}
        </p>
      ) : null}
      {staleness.kind === 'some' ? (
        <p className="nd-note" data-act="">
          {t('dashboard.stale.some', { count: staleness.count })}
        </p>
      ) : null}
      {never > 0 ? (
        <p className="nd-note">{t('dashboard.hint.neverRead', { count: never })}</p>
      ) : null}
      {duplicates > 0 ? (
        <p className="nd-note">
          {t('dashboard.hint.duplicates', { count: duplicates })}{' '}
          <Link href={onusWith({ duplicateSerial: true }, { column: 'serial', descending: false })}>
            {t('dashboard.hint.duplicatesShow')}
          </Link>
        </p>
      ) : null}
    </div>
  )
}

import { Button } from '@mantine/core'
import { useViewportSize } from '@mantine/hooks'
import { IconAlertTriangle, IconServer2 } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { useTicking } from '../../components/clock.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { useFormat } from '../../components/use-format.ts'
import { useLive } from '../../state/live.ts'
import { onusWith } from '../network-olts/onu-links.ts'
import { LookAroundButton } from '../network-olts/look-around-button.tsx'
import { useOlts } from '../network-olts/use-olts.ts'
import { nothingReadYet, stalenessOf } from './counter-model.ts'
import { Counters } from './counters.tsx'
import { OltsPanel } from './olts-panel.tsx'
import { StatePanel } from './state-panel.tsx'
import { WorstPanel } from './worst-panel.tsx'
import './dashboard.css'

/** A sixth of the window: enough to see a dip, and the worst signals keep most of the column. */
const chartHeight = (windowHeight: number): number =>
  Math.max(120, Math.min(260, Math.round(windowHeight / 6)))

/** The network on one screen, without scrolling: counters, OLTs, state over time, worst light. */
export const DashboardScreen = () => {
  const { t } = useTranslation('network')
  const { value, failure, refresh } = useOlts()
  const counts = useLive((state) => state.counts)
  const { height: windowHeight } = useViewportSize()
  if (value === undefined) {
    return (
      <div className="nc-page">
        <h1 className="nc-hidden">{t('dashboard.title')}</h1>
        {failure === undefined ? (
          <LoadingState rows={14} />
        ) : (
          <FailureState failure={failure} onRetry={refresh} />
        )}
      </div>
    )
  }
  if (value.olts.length === 0) return <NoOlts />
  return (
    <div className="nd-page">
      <h1 className="nc-hidden">{t('dashboard.title')}</h1>
      {counts === undefined ? (
        <LoadingState rows={2} />
      ) : (
        <Counters counts={counts} unread={nothingReadYet(counts, value.olts)} />
      )}
      <Notes olts={value.olts} />
      <div className="nd-columns">
        <OltsPanel olts={value.olts} />
        <div className="nd-side">
          <StatePanel height={chartHeight(windowHeight)} />
          <Worst olts={value.olts} />
        </div>
      </div>
    </div>
  )
}

const Worst = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const opticsS = useMemo(() => new Map(olts.map((olt) => [olt.id, olt.intervals.opticsS])), [olts])
  return <WorstPanel unread={olts.every((olt) => olt.ages.optics === null)} opticsS={opticsS} />
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
            <Button component={Link} href={paths.addOlt()}>
              {t('dashboard.empty.add')}
            </Button>
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
  const stale = useTicking(
    useCallback((now: number) => JSON.stringify(stalenessOf(olts, now)), [olts]),
  )
  const staleness = useMemo(() => JSON.parse(stale) as ReturnType<typeof stalenessOf>, [stale])
  const since = staleness.kind === 'all' ? staleness.since : null
  const age = useTicking(
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

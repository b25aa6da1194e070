import { Button } from '@mantine/core'
import { IconBoltOff, IconUrgent } from '@tabler/icons-react'
import { useCallback, useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { OutageRow } from '../../../src-shared/contract/outages.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { useTicking } from '../../components/clock.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ArrivalPanel } from './arrival-panel.tsx'
import { DownBar } from './down-bar.tsx'
import { OutageActBar } from './outage-act-bar.tsx'
import { OutageEvidence } from './outage-evidence.tsx'
import { OutageFacts } from './outage-facts.tsx'
import { OutageOnus } from './outage-onus.tsx'
import { OutagePlant } from './outage-plant.tsx'
import { OutagePons } from './outage-pons.tsx'
import { OutageTimeline } from './outage-timeline.tsx'
import { headline, standingVerdict } from './outage-words.ts'
import './outages.css'
import './outage-page.css'

export const OutageScreen = (): ReactNode => {
  const { t } = useTranslation('outages')
  const { outageId = '' } = useParams<{ readonly outageId: string }>()
  const { value, failure, refresh } = useQuery(
    'outages.outage',
    { id: outageId },
    { on: ['outages.changed'], everyMs: 1000 },
  )
  if (value !== undefined) return <OutagePage page={value} />
  if (failure?.code === 'not-found' || failure?.code === 'invalid-input') {
    return (
      <div className="nc-page nc-page--full">
        <EmptyState
          icon={IconUrgent}
          title={t('page.notFound')}
          text={t('page.notFoundText')}
          action={
            <Button component={Link} href={paths.outages()} variant="default">
              {t('page.back')}
            </Button>
          }
        />
      </div>
    )
  }
  return (
    <div className="nc-page">
      <Awaiting failure={failure} onRetry={refresh} rows={12} />
    </div>
  )
}

const OutagePage = ({ page }: { readonly page: Output<'outages.outage'> }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { outage, perPon } = page
  const title = headline(t, format, outage, perPon)
  useEffect(() => {
    const before = document.title
    document.title = title
    return () => {
      document.title = before
    }
  }, [title])
  return (
    <div className="nc-page nu-outage">
      <header className="nu-head">
        <nav className="nc-small nc-soft" aria-label={t('page.back')}>
          <RouteLink to={paths.outages()}>{t('title')}</RouteLink>
          {' › '}
          {outage.olts.map((olt, index) => (
            <span key={olt.oltId}>
              {index === 0 ? null : ', '}
              <RouteLink to={paths.olt(olt.oltId)}>{olt.name}</RouteLink>
            </span>
          ))}
        </nav>
        <h1>{title}</h1>
        <div className="nu-head__line">
          <SeverityBadge severity={outage.endedAt === null ? outage.severity : 'cleared'} />
          <Lasting outage={outage} />
          <DownBar total={outage.affectedOnus} down={outage.down} />
        </div>
        <OutageActBar outage={outage} />
      </header>
      <PowerNote outage={outage} />
      <div className="nu-columns">
        <div className="nu-column">
          <OutageEvidence page={page} />
          <OutageOnus outage={outage} />
        </div>
        <div className="nu-column nu-column--side">
          <ArrivalPanel arrival={page.arrival} />
          <OutageFacts outage={outage} />
          <OutagePlant outage={outage} />
          <OutagePons page={page} />
          <OutageTimeline timeline={page.timeline} />
        </div>
      </div>
    </div>
  )
}

const Lasting = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const { beganAt, endedAt } = outage
  const words = useTicking(
    useCallback(
      (now: number) => {
        const duration = format.duration(((endedAt ?? now) - beganAt) / 1000)
        return t(endedAt === null ? 'page.for' : 'page.lasted', { duration })
      },
      [beganAt, endedAt, format, t],
    ),
  )
  return (
    <>
      <strong>{words}</strong>
      <span className="nc-soft">{t('page.began', { time: format.instant(beganAt) })}</span>
      {endedAt === null ? null : (
        <span className="nc-soft">{t('page.ended', { time: format.instant(endedAt) })}</span>
      )}
    </>
  )
}

/** What must not be read over: electricity is out, nobody needs to look for a fibre. */
const PowerNote = ({ outage }: { readonly outage: OutageRow }) => {
  const { t } = useTranslation('outages')
  if (standingVerdict(outage) !== 'area-power' || outage.endedAt !== null) return null
  return (
    <div className="nu-power" role="note">
      <IconBoltOff size={20} stroke={1.7} aria-hidden="true" className="nc-icon" />
      {outage.areas.length === 0 ? (
        <span>{t('noFibreCrewPlain')}</span>
      ) : (
        <span>
          {t('noFibreCrew')} <strong>{outage.areas.join(', ')}</strong>
        </span>
      )}
    </div>
  )
}

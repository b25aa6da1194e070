import { IconTool } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { asksInBanner, StillDown } from './still-down.tsx'
import { useSpeaker } from './use-speaker.ts'
import './maintenance.css'

/** For the frame: while the network is worked on, and while an ended window asks for an answer. */
export const AlarmBanner = (): ReactNode => {
  const { t, format } = useSpeaker()
  const { value } = useQuery('alarms.maintenance', {}, { on: ['alarms.changed'], everyMs: 5000 })
  const active = (value?.windows ?? []).filter((row) => row.state === 'active')
  const asking = (value?.windows ?? []).filter((row) => row.asks !== null)
  const first = active[0]
  return (
    <>
      {first === undefined ? null : (
        <section className="nm-banner" aria-label={t('maintenance.title')}>
          <IconTool size={15} stroke={1.7} aria-hidden="true" className="nc-icon" />
          <span className="nc-cut">
            <strong>{t('maintenance.bannerNow')}</strong> {first.title} ·{' '}
            {t('maintenance.bannerUntil', {
              time: format.instant(first.nextEndsAt ?? first.endsAt, 'minute'),
            })}{' '}
            · {t(`maintenance.behaviour.${first.behaviour}`)}
            {active.length > 1
              ? ` · ${t('maintenance.bannerMore', { count: active.length - 1 })}`
              : ''}
          </span>
          <RouteLink to={paths.maintenance()}>{t('maintenance.bannerShow')}</RouteLink>
        </section>
      )}
      {asking.slice(0, asksInBanner).map((row) =>
        row.asks === null ? null : (
          <div key={row.id} className="nm-banner" data-kind="asks">
            <StillDown row={row} asks={row.asks} />
          </div>
        ),
      )}
    </>
  )
}

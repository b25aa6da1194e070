import type { ReactNode } from 'react'
import { paths } from '../../app/paths.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { useQuery } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { AlarmNav } from './alarm-nav.tsx'
import { alarmsOf, emptyAlarmFilter, writeAlarmQuery } from './alarm-query.ts'
import { placeWord } from './alarm-words.ts'
import { LoadBars } from './load-bars.tsx'
import { aimPerTenMinutes, floodPerTenMinutes } from './load-model.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarms.css'
import './load.css'

const day = 86_400_000

const listLink = (list: 'shelved' | 'suppressed'): string =>
  paths.alarms(writeAlarmQuery({ filter: { ...emptyAlarmFilter, list }, sort: null }))

/** Open for more than a day: as the engine counts it, from the moment of the click. */
const staleLink = (at: number): string =>
  paths.alarms(writeAlarmQuery({ filter: { ...emptyAlarmFilter, to: at - day }, sort: null }))

/** How much there is to bear, and what makes most of it (EEMUA 191). */
export const LoadScreen = (): ReactNode => {
  const { t, format } = useSpeaker()
  const { value, failure, refresh } = useQuery(
    'alarms.load',
    { hours: 24 },
    { on: ['alarms.changed'], everyMs: 10_000 },
  )
  useShortcut('refresh', refresh)
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('load.title')}</h1>
        <AlarmNav />
        <span className="na-space" />
      </header>
      {failure === undefined ? null : (
        <FailureState failure={failure} onRetry={refresh} brief={value !== undefined} />
      )}
      {value === undefined ? (
        failure === undefined && <LoadingState rows={10} />
      ) : (
        <>
          <div className="na-figures">
            <Figure
              value={format.number(value.perTenMinutes, 2)}
              label={t('load.average')}
              hint={t('load.averageHint', { aim: aimPerTenMinutes })}
              state={value.perTenMinutes > aimPerTenMinutes ? 'over' : 'well'}
              word={t(value.perTenMinutes > aimPerTenMinutes ? 'load.overAim' : 'load.withinAim')}
            />
            <Figure
              value={format.number(value.lastTenMinutes)}
              label={t('load.last')}
              hint={t('load.lastHint', { flood: floodPerTenMinutes })}
              state={value.flood ? 'flood' : 'well'}
              word={t(value.flood ? 'load.flood' : 'load.noFlood')}
            />
            <Figure
              value={format.number(value.stale)}
              label={t('load.stale')}
              hint={t('load.staleHint')}
              to={staleLink(value.at.at(-1) ?? 0)}
            />
            <Figure
              value={format.number(value.shelved)}
              label={t('list.shelved')}
              hint={t('listHint.shelved')}
              to={listLink('shelved')}
            />
            <Figure
              value={format.number(value.suppressed)}
              label={t('list.suppressed')}
              hint={t('listHint.suppressed')}
              to={listLink('suppressed')}
            />
          </div>
          <section className="nc-panel" aria-labelledby="na-load-bars">
            <div className="nc-panel__head">
              <h2 id="na-load-bars">{t('load.bars')}</h2>
            </div>
            <div className="nc-panel__body">
              <LoadBars at={value.at} told={value.told} />
            </div>
          </section>
          <section className="nc-panel" aria-labelledby="na-load-loud">
            <div className="nc-panel__head">
              <h2 id="na-load-loud">{t('load.chattering')}</h2>
            </div>
            {value.chattering.length === 0 ? (
              <EmptyState title={t('load.quiet')} text={t('load.quietText')} />
            ) : (
              <Chattering rows={value.chattering} />
            )}
          </section>
        </>
      )}
    </div>
  )
}

interface FigureProps {
  readonly value: string
  readonly label: string
  readonly hint: string
  readonly state?: 'well' | 'over' | 'flood'
  /** Says the state beside its colour. */
  readonly word?: string
  readonly to?: string
}

const Figure = ({ value, label, hint, state, word, to }: FigureProps): ReactNode => (
  <div className="nc-panel na-figure" data-state={state} title={hint}>
    <span className="na-figure__label">
      {to === undefined ? label : <RouteLink to={to}>{label}</RouteLink>}
    </span>
    <strong className="na-figure__value">{value}</strong>
    <span className="na-figure__hint">{word ?? hint}</span>
  </div>
)

interface ChatteringProps {
  readonly rows: readonly {
    readonly resource: Parameters<typeof alarmsOf>[0]
    readonly type: 'rx-low' | string
    readonly oltName: string | null
    readonly name: string | null
    readonly count: number
  }[]
}

const Chattering = ({ rows }: ChatteringProps): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  const most = Math.max(1, ...rows.map((row) => row.count))
  return (
    <table className="nc-table" aria-labelledby="na-load-loud">
      <thead>
        <tr>
          <th scope="col" className="nc-num">
            {t('column.count')}
          </th>
          <th scope="col" className="na-share__head">
            <span className="nc-hidden">{t('load.share')}</span>
          </th>
          <th scope="col">{t('column.type')}</th>
          <th scope="col">{t('column.resource')}</th>
          <th scope="col">{t('column.oltName')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.type} ${alarmsOf(row.resource)}`}>
            <td className="nc-num">{format.number(row.count)}</td>
            <td className="na-share">
              <span style={{ width: `${(row.count / most) * 100}%` }} />
            </td>
            <td>{t(`type.${row.type as 'rx-low'}`)}</td>
            <td>
              <RouteLink to={alarmsOf(row.resource)}>{placeWord(speaker, row.resource)}</RouteLink>
              {row.name === null ? null : <span className="nc-soft"> {row.name}</span>}
            </td>
            <td>{row.oltName}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../use-format.ts'
import { spanOf, type TimeWindow } from './chart-range.ts'
import type { EventCluster } from './chart-events.ts'
import { eventWords, faceIcon } from './event-face.tsx'
import { momentText } from './tick-text.ts'

export interface EventStripProps {
  readonly clusters: readonly EventCluster[]
  /** false: not read yet, so that nothing is said of it. */
  readonly known: boolean
  readonly window: TimeWindow
  /** Told from outside by the keys: the cluster with this time shows its words. */
  readonly told: number | null
  readonly onGo: (cluster: EventCluster) => void
}

const mostWords = 7

/** What happened, as glyphs on the time line; the words come with the pointer or the keyboard. */
export const EventStrip = ({ clusters, known, window, told, onGo }: EventStripProps): ReactNode => {
  const { t } = useTranslation('history')
  const [over, setOver] = useState<number | null>(null)
  const shownAt = over ?? told
  const shown = clusters.find(({ at }) => at === shownAt)
  const percent = (at: number): number => ((at - window.from) / spanOf(window)) * 100
  return (
    <div className="nc-event-strip">
      <span className="nc-row-name">{t('events.title')}</span>
      <div className="nc-row-plot" onPointerLeave={() => setOver(null)}>
        {known && clusters.length === 0 && (
          <span className="nc-faint nc-small">{t('events.none')}</span>
        )}
        {clusters.map((cluster) => {
          const Icon = faceIcon(cluster.face)
          return (
            <button
              key={cluster.at}
              type="button"
              tabIndex={-1}
              className="nc-event"
              data-face={cluster.face}
              data-told={cluster.at === shownAt || undefined}
              style={{ left: `${percent(cluster.at)}%` }}
              aria-label={t('events.count', { count: cluster.events.length })}
              onPointerEnter={() => setOver(cluster.at)}
              onFocus={() => setOver(cluster.at)}
              onBlur={() => setOver(null)}
              onClick={() => onGo(cluster)}
            >
              <Icon size={14} stroke={1.9} aria-hidden="true" />
              {cluster.events.length > 1 && (
                <span className="nc-event__count">{cluster.events.length}</span>
              )}
            </button>
          )
        })}
        {shown !== undefined && <EventWords cluster={shown} percent={percent(shown.at)} />}
      </div>
    </div>
  )
}

interface EventWordsProps {
  readonly cluster: EventCluster
  readonly percent: number
}

const EventWords = ({ cluster, percent }: EventWordsProps): ReactNode => {
  const { t } = useTranslation('history')
  const { t: network } = useTranslation('network')
  const format = useFormat()
  const rest = cluster.events.length - mostWords
  return (
    <div
      className="nc-event-words"
      style={percent > 60 ? { right: `${100 - percent}%` } : { left: `${percent}%` }}
    >
      {cluster.events.slice(0, mostWords).map((event, index) => (
        <div key={index}>
          <time className="nc-soft">{momentText(event.at, format.locale)}</time>{' '}
          {eventWords(event, t, network)}
        </div>
      ))}
      {rest > 0 && <div className="nc-faint">{t('events.more', { count: rest })}</div>}
    </div>
  )
}

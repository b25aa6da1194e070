import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useFormat } from '../../components/use-format.ts'
import { eventText, textIsSaid } from './outage-words.ts'

/** What happened and who did what, the latest first. */
export const OutageTimeline = ({
  timeline,
}: {
  readonly timeline: Output<'outages.outage'>['timeline']
}) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const ordered = timeline.toSorted((one, other) => other.at - one.at)
  return (
    <section className="nc-panel" aria-label={t('page.timeline')}>
      <header className="nc-panel__head">
        <h2>{t('page.timeline')}</h2>
      </header>
      <ol className="nu-timeline">
        {ordered.map((event, index) => (
          <li key={`${event.at} ${event.kind} ${index}`} data-kind={event.kind}>
            <time className="nc-soft" title={format.instant(event.at)}>
              {format.instant(event.at, 'time')}
            </time>
            <div>
              <span>{eventText(t, format, event)}</span>
              <span className="nc-faint nc-small"> {event.by ?? t('page.console')}</span>
              {event.text === null || textIsSaid(event.kind) ? null : (
                <p className="nu-timeline__text">{event.text}</p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

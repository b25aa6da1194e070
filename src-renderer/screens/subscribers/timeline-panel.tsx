import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriberEvent } from '../../../src-shared/contract/subscribers-model.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { Since } from '../../components/data-age.tsx'
import { useFormat } from '../../components/use-format.ts'

const step = 100
const most = 2000

/** Everything that happened to him, the newest first. */
export const TimelinePanel = ({ id }: { readonly id: string }) => {
  const { t } = useTranslation('subscribers')
  const format = useFormat()
  const [limit, setLimit] = useState(step)
  const { value, failure, refresh } = useQuery(
    'subscribers.timeline',
    { id, limit },
    { on: ['subscribers.changed'] },
  )
  const wordsOf = useEventWords()
  return (
    <section className="nc-panel">
      <div className="nc-panel__head">
        <h2>{t('timeline.title')}</h2>
      </div>
      {value === undefined ? (
        <Awaiting failure={failure} onRetry={refresh} rows={6} />
      ) : (
        <ol className="nsu-list">
          {value.events.map((event) => (
            <li key={event.seq} className="nsu-row">
              <time className="nc-soft" title={format.instant(event.at)}>
                <Since at={event.at} />
              </time>
              <span>{wordsOf(event)}</span>
              <span className="nc-soft">{event.by ?? t('timeline.console')}</span>
            </li>
          ))}
        </ol>
      )}
      {value?.more === true && limit < most && (
        <div className="nc-panel__body">
          <Button variant="default" onClick={() => setLimit(Math.min(most, limit * 2))}>
            {t('timeline.more')}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The words of a kind; of one that this page does not know, the kind itself. */
const useEventWords = (): ((event: SubscriberEvent) => string) => {
  const { t, i18n } = useTranslation('subscribers')
  return ({ kind, data }) => {
    const words: Record<string, string> = {}
    for (const [name, value] of Object.entries(data))
      words[name] = value === null ? '' : String(value)
    if (kind === 'status' || kind === 'created') {
      for (const name of ['from', 'to', 'status']) {
        if (words[name] !== undefined) words[name] = t(`status.${words[name] as 'lead'}`)
      }
    }
    if (kind === 'changed') {
      words['fields'] = (words['fields'] ?? '')
        .split(' ')
        .map((name) => t(`fieldName.${name as 'name'}`))
        .join(', ')
    }
    const key = kind === 'agent' && (words['agent'] ?? '') === '' ? 'agentNone' : kind
    const full = `event.${key}`
    const told = i18n.exists(full, { ns: 'subscribers' })
      ? t(full as 'event.contacts', { ...words, defaultValue: kind })
      : kind
    const more = [words['olt'], words['serial'], words['reason']].filter(Boolean).join(' · ')
    return more === '' ? told : `${told}: ${more}`
  }
}

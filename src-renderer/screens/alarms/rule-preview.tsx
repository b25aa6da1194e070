import { Button, Progress } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AlarmRule } from '../../../src-shared/contract/alarms-model.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import type { AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { placeOf, placeWord } from './alarm-words.ts'
import { sameRule } from './rule-model.ts'
import { useRulePreview } from './use-rule-preview.ts'
import { useSpeaker } from './use-speaker.ts'

const days = 7

export interface RulePreviewProps {
  readonly type: AlarmType
  /** As it stands in the form; null: not complete. */
  readonly rule: AlarmRule | null
  readonly standing: AlarmRule
}

/** What the rule in the form would have raised, told from the history; saves nothing. */
export const RulePreview = ({ type, rule, standing }: RulePreviewProps): ReactNode => {
  const { t } = useSpeaker()
  const { state, start, cancel } = useRulePreview()
  const outdated = state.kind === 'done' && rule !== null && JSON.stringify(rule) !== state.of
  return (
    <section className="na-preview-rule" aria-label={t('preview.title')} aria-live="polite">
      <div className="na-preview-rule__head">
        <h3>{t('preview.title')}</h3>
        {state.kind === 'running' ? (
          <Button variant="default" size="compact-sm" onClick={cancel}>
            {t('button.cancel', { ns: 'common' })}
          </Button>
        ) : (
          <Button
            variant="default"
            size="compact-sm"
            disabled={rule === null}
            leftSection={<IconChartBar size={14} aria-hidden="true" />}
            onClick={() => {
              if (rule !== null) start(type, rule, days)
            }}
          >
            {t(state.kind === 'done' ? 'preview.again' : 'preview.start')}
          </Button>
        )}
      </div>
      {state.kind === 'idle' && <p className="nc-soft">{t('preview.intro', { days })}</p>}
      {state.kind === 'running' && (
        <Progress
          value={state.total === null ? 0 : (state.done / Math.max(1, state.total)) * 100}
          aria-label={t('preview.running')}
          size="sm"
        />
      )}
      {state.kind === 'failed' && <FailureState brief failure={state.failure} />}
      {outdated && <p className="nc-soft">{t('preview.outdated')}</p>}
      {state.kind === 'done' && (
        <Told preview={state.preview} unchanged={rule !== null && sameRule(rule, standing)} />
      )}
    </section>
  )
}

interface ToldProps {
  readonly preview: Output<'alarms.previewRule'>
  readonly unchanged: boolean
}

const Told = ({ preview, unchanged }: ToldProps): ReactNode => {
  const speaker = useSpeaker()
  const { t, format } = speaker
  const { count, now, perDay, loudest } = preview
  if (count === null) return <p>{t('preview.unknown')}</p>
  const most = Math.max(1, ...perDay.map((each) => each.count))
  return (
    <>
      <p className="na-preview-rule__sum">
        {t('preview.would', { count, days })}{' '}
        {now === null || unchanged ? null : (
          <span className="nc-soft">{t('preview.asItStands', { shown: format.number(now) })}</span>
        )}
      </p>
      <ol className="na-days" aria-label={t('preview.perDay')}>
        {perDay.map((each) => (
          <li key={each.day} title={format.instant(each.day, 'day')}>
            <span className="na-days__count">{format.number(each.count)}</span>
            <span
              className="na-days__bar"
              style={{ height: `${Math.round((each.count / most) * 48)}px` }}
            />
            <span className="na-days__day">{dayWord(each.day, format.locale)}</span>
          </li>
        ))}
      </ol>
      {loudest.length === 0 ? null : (
        <>
          <h4>{t('preview.loudest')}</h4>
          <ul className="na-loudest">
            {loudest.slice(0, 5).map((each) => {
              const { route } = placeOf(each.resource)
              const words = placeWord(speaker, each.resource)
              return (
                <li key={`${each.oltName} ${words}`}>
                  <span className="nc-num">{format.number(each.count)}</span>
                  <span className="nc-cut">
                    {route === null ? words : <RouteLink to={route}>{words}</RouteLink>}{' '}
                    <span className="nc-soft">
                      {[each.oltName, each.name].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </li>
              )
            })}
          </ul>
        </>
      )}
    </>
  )
}

const dayWord = (at: number, locale: 'en' | 'id'): string =>
  new Intl.DateTimeFormat(locale === 'id' ? 'id-ID' : 'en-GB', { weekday: 'short' }).format(at)

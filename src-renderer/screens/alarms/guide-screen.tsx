import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useParams } from 'wouter'
import { alarmTypes, ruleKinds, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { FilterBox } from '../../components/filter-box.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { SeverityBadge } from '../../components/severity-badge.tsx'
import { AlarmNav } from './alarm-nav.tsx'
import { GuideArticle } from './guide-article.tsx'
import { fitsGuide, guideOrder } from './guide-model.ts'
import { useGuides } from './use-guides.ts'
import { useSpeaker } from './use-speaker.ts'
import './alarms.css'
import './guide.css'

const isType = (text: string | undefined): text is AlarmType =>
  alarmTypes.some((type) => type === text)

/** Every type of alarm: what it means, why it comes, what to look at, what to do first. */
export const GuideScreen = (): ReactNode => {
  const { t, format } = useSpeaker()
  const { type: wanted } = useParams<{ readonly type: string }>()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const guides = useGuides(format.locale)
  const found = useMemo(
    () =>
      guideOrder.filter((type) =>
        fitsGuide(text, t(`type.${type}`), t(`level.${ruleKinds[type].level}`), guides.get(type)),
      ),
    [text, t, guides],
  )
  const chosen = isType(wanted) ? wanted : found[0]
  const place = chosen === undefined ? -1 : found.indexOf(chosen)
  const step = (by: number): void => {
    const next = found[Math.max(0, Math.min(found.length - 1, place + by))]
    if (next !== undefined) navigate(paths.alarmGuide(next), { replace: true })
  }
  useShortcut('focusFilter', () => input.current?.focus())
  useShortcut('rowDown', () => step(1))
  useShortcut('rowUp', () => step(-1))

  return (
    <div className="nc-page nc-page--full na-page">
      <header className="nc-page__head">
        <h1>{t('guide.title')}</h1>
        <AlarmNav />
        <span className="na-space" />
        <FilterBox input={input} text={text} onText={setText} label={t('guide.search')} />
      </header>
      <div className="na-guide">
        <nav className="nc-panel na-guide__list" aria-label={t('guide.types')}>
          {found.length === 0 ? (
            <p className="na-guide__nothing">{t('guide.nothing')}</p>
          ) : (
            <ul>
              {found.map((type, index) => (
                <li key={type}>
                  {ruleKinds[found[index - 1] ?? 'olt-unreachable'].level !==
                    ruleKinds[type].level || index === 0 ? (
                    <h2>{t(`level.${ruleKinds[type].level}`)}</h2>
                  ) : null}
                  <RouteLink
                    to={paths.alarmGuide(type)}
                    className={
                      type === chosen ? 'na-guide__item na-guide__item--here' : 'na-guide__item'
                    }
                  >
                    <SeverityBadge severity={ruleKinds[type].severity} short />
                    <span className="nc-cut">{t(`type.${type}`)}</span>
                    {guides.get(type)?.note == null ? null : (
                      <span className="na-guide__noted" title={t('guide.note')}>
                        ●<span className="nc-hidden">{t('guide.note')}</span>
                      </span>
                    )}
                  </RouteLink>
                </li>
              ))}
            </ul>
          )}
        </nav>
        <div className="nc-panel na-guide__page">
          {chosen === undefined ? null : <GuideArticle key={chosen} type={chosen} />}
        </div>
      </div>
    </div>
  )
}

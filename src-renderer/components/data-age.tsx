import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { freshnessOf, type Freshness } from './age.ts'
import { useAgeTicking } from './clock.ts'
import { formatAge, type MaybeNumber } from './format.ts'
import { useFormat } from './use-format.ts'
import './data-age.css'

export interface DataAgeProps {
  /** When it was read, ms since 1970; null: never. */
  readonly at: MaybeNumber
  /** How often it should be read, in seconds. Default: 60, as the status is. */
  readonly intervalS?: number
  /** `true`: a live value shows its age too instead of the word "live". */
  readonly exact?: boolean
}

/** live / 4 min / stale 2 hr / never; the exact time is in the tool tip. */
export const DataAge = ({ at, intervalS = 60, exact = false }: DataAgeProps) => {
  const { t } = useTranslation()
  const format = useFormat()
  const read = useCallback(
    (now: number): `${Freshness}|${string}` => {
      const freshness = freshnessOf(at, now, intervalS)
      const silent = freshness === 'never' || (freshness === 'live' && !exact)
      return `${freshness}|${silent ? '' : formatAge(now - (at ?? 0), format.locale)}`
    },
    [at, intervalS, exact, format],
  )
  const [freshness, age] = useAgeTicking(at, read).split('|') as [Freshness, string]
  const time = format.instant(at)
  return (
    <span className="nc-age" data-freshness={freshness} title={hint(freshness, time)}>
      {word()}
    </span>
  )

  function word(): string {
    if (freshness === 'never') return t('age.never')
    if (freshness === 'stale') return t('age.stale', { age })
    return freshness === 'live' && !exact ? t('age.live') : age
  }

  function hint(kind: Freshness, at: string): string {
    if (kind === 'never') return t('age.neverHint')
    if (kind === 'live') return t('age.liveHint', { time: at })
    return t(kind === 'stale' ? 'age.staleHint' : 'age.readAt', { time: at })
  }
}

export interface SinceProps {
  readonly at: MaybeNumber
}

/** How long something has been so: "for 3 min", exact time in the tool tip. */
export const Since = ({ at }: SinceProps) => {
  const format = useFormat()
  const read = useCallback(
    (now: number) => (at == null ? '–' : formatAge(now - at, format.locale)),
    [at, format],
  )
  return (
    <time className="nc-since" title={format.instant(at)}>
      {useAgeTicking(at, read)}
    </time>
  )
}

import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OnuCounts } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import { counterIcons } from './counter-icons.ts'
import { countersOf, type Counter } from './counter-model.ts'

export interface CountersProps {
  readonly counts: OnuCounts
  /** No OLT was read yet: then no figure is shown, not even 0. */
  readonly unread: boolean
}

export const Counters = ({ counts, unread }: CountersProps) => {
  const { t } = useTranslation('network')
  return (
    <nav className="nd-counters" aria-label={t('dashboard.counter.group')}>
      {countersOf(counts).map((counter) => (
        <CounterTile
          key={counter.name}
          counter={counter}
          counts={counts}
          // ONUs of an earlier start are known, and that their state is unknown is known too.
          unread={unread && (counter.name !== 'unknown' || counts.total === 0)}
        />
      ))}
    </nav>
  )
}

const CounterTile = ({
  counter,
  counts,
  unread,
}: CountersProps & { readonly counter: Counter }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  const { name, value, share } = counter
  const Icon = counterIcons[name]
  const label = t(`dashboard.counter.${name}`)
  const detail = unread ? t('dashboard.notReadYet') : detailText()
  const figure = unread ? '–' : format.number(value)
  return (
    <Link
      href={counter.href}
      className="nd-counter"
      data-name={name}
      data-tone={unread ? 'calm' : counter.tone}
      data-zero={value === 0 ? '' : undefined}
    >
      <span className="nd-counter__name">
        <Icon size={16} stroke={1.8} aria-hidden="true" className="nc-icon" />
        <span className="nc-cut">{label}</span>
      </span>
      <span className="nd-counter__figure">{figure}</span>
      <span className="nd-counter__detail nc-cut" title={detail}>
        {detail}
      </span>
    </Link>
  )

  function detailText(): string {
    if (name === 'unconfigured') return t('dashboard.counter.unconfiguredHint')
    if (name === 'lowSignal') {
      return t('dashboard.counter.lowSignalParts', {
        critical: format.number(counts.signalCritical),
        warning: format.number(counts.signalWarning),
      })
    }
    return t('dashboard.counter.share', {
      share: format.percent(share, share !== null && share > 0 && share < 0.1 ? 2 : 1),
      total: format.number(counts.total),
    })
  }
}

import { useTranslation } from 'react-i18next'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { useFormat } from '../../components/use-format.ts'
import { useLive } from '../../state/live.ts'
import { counterIcons } from '../network-dashboard/counter-icons.ts'
import { countersOf, nothingReadYet } from '../network-dashboard/counter-model.ts'

export const WallCounters = ({ olts }: { readonly olts: readonly OltRow[] }) => {
  const { t } = useTranslation('wallboard')
  const format = useFormat()
  const counts = useLive((state) => state.counts)
  if (counts === undefined) return null
  const unread = nothingReadYet(counts, olts)
  return (
    <ul className="nw-counters" aria-label={t('page.counters')}>
      {countersOf(counts).map(({ name, value, share, tone }) => {
        const Icon = counterIcons[name]
        return (
          <li
            key={name}
            data-tone={unread ? 'calm' : tone}
            data-zero={value === 0 ? '' : undefined}
          >
            <span className="nw-counters__name">
              <Icon aria-hidden="true" stroke={1.7} /> {t(`counters.${name}`)}
            </span>
            <strong>{unread ? '–' : format.number(value)}</strong>
            <span className="nw-counters__share">
              {unread ? t('notReadYet') : share === null ? '' : format.percent(share, 1)}
            </span>
          </li>
        )
      })}
    </ul>
  )
}

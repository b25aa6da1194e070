import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'
import './olt-parts.css'

const cells = 60
const width = 2
const step = 3

/** The last 60 status cycles, newest at the right: answered wholly, in part, or not at all. */
export const AnsweredHistory = ({ answered }: { readonly answered: readonly number[] }) => {
  const { t } = useTranslation('network')
  const format = useFormat()
  if (answered.length === 0) return <span className="no-answered" />
  const share = answered.reduce((sum, value) => sum + value, 0) / answered.length
  const label = t('olts.row.answered', {
    count: answered.length,
    share: format.percent(share, share < 1 && share > 0.99 ? 1 : 0),
  })
  const offset = cells - answered.length
  return (
    <svg
      className="no-answered"
      width={cells * step}
      height={12}
      role="img"
      aria-label={label}
      data-full={share === 1 ? '' : undefined}
    >
      <title>{label}</title>
      {answered.map((value, i) => {
        // A missing answer is a full red bar, a part of one hangs from the top: form and colour both.
        const kind = value >= 0.999 ? 'full' : value > 0 ? 'part' : 'none'
        const height = kind === 'full' ? 5 : 12
        return (
          <rect
            key={i + offset}
            x={(i + offset) * step}
            y={12 - height}
            width={width}
            height={height}
            data-kind={kind}
          />
        )
      })}
    </svg>
  )
}

import { useTranslation } from 'react-i18next'
import { useFormat } from '../../components/use-format.ts'

export interface DownBarProps {
  readonly total: number
  readonly down: number
  /** Without the words beside it. */
  readonly bare?: boolean
}

/** How many are still down, solid, and how many are back, hatched. */
export const DownBar = ({ total, down, bare = false }: DownBarProps) => {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const share = total === 0 ? 0 : down / total
  const label = t('bar.label', {
    down: format.number(down),
    total: format.number(total),
    back: format.number(total - down),
  })
  return (
    <span className="nu-down" title={label}>
      <span className="nu-down__bar" role="img" aria-label={label}>
        <span className="nu-down__part" style={{ width: `${share * 100}%` }} />
      </span>
      {bare ? null : (
        <span className="nu-down__words" aria-hidden="true">
          {down === 0 ? t('bar.allBack') : format.number(down)}
        </span>
      )}
    </span>
  )
}

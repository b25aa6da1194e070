import { useTranslation } from 'react-i18next'
import './plain-state.css'

export interface LoadingStateProps {
  /** How many rows the skeleton has. */
  readonly rows?: number
}

const widths = ['18%', '28%', '12%', '22%'] as const

/** The shape of what will be here, standing still: a long wait must not flicker. */
export const LoadingState = ({ rows = 6 }: LoadingStateProps) => {
  const { t } = useTranslation()
  return (
    <div className="nc-skeleton" role="status" aria-busy="true">
      <span className="nc-hidden">{t('loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div className="nc-skeleton__row" key={row} aria-hidden="true">
          {widths.map((_, column) => (
            <div
              className="nc-skeleton__bar"
              key={column}
              style={{ width: widths[(row + column) % widths.length] }}
            />
          ))}
        </div>
      ))}
    </div>
  )
}

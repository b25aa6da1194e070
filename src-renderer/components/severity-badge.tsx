import { useTranslation } from 'react-i18next'
import { severityIcons } from './severity-icons.ts'
import './severity-badge.css'

/** ITU-T X.733 perceived severity; the vocabulary of everything that can be wrong. */
const severities = ['critical', 'major', 'minor', 'warning', 'indeterminate', 'cleared'] as const

export type Severity = (typeof severities)[number]

export interface SeverityBadgeProps {
  readonly severity: Severity
  /** Letter instead of the word, for narrow columns. */
  readonly short?: boolean
}

/** Shape, letter and colour: any one of them is enough to tell. */
export const SeverityBadge = ({ severity, short = false }: SeverityBadgeProps) => {
  const { t } = useTranslation()
  const Icon = severityIcons[severity]
  const word = t(`severity.${severity}`)
  return (
    <span className="nc-severity" data-severity={severity} title={word}>
      <Icon size={15} stroke={1.9} aria-hidden="true" className="nc-icon" />
      <span aria-label={short ? word : undefined}>
        {short ? t(`severityLetter.${severity}`) : word}
      </span>
    </span>
  )
}

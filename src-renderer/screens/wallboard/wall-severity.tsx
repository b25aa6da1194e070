import { useTranslation } from 'react-i18next'
import type { Severity } from '../../../src-shared/domain/severity.ts'
import { severityIcons } from '../../components/severity-icons.ts'

/** Shape, letter and colour, large. */
export const WallSeverity = ({ severity }: { readonly severity: Severity | 'cleared' }) => {
  const { t } = useTranslation()
  const Icon = severityIcons[severity]
  return (
    <span
      className="nw-sev"
      data-severity={severity}
      role="img"
      aria-label={t(`severity.${severity}`)}
    >
      <Icon aria-hidden="true" stroke={1.8} />
      <span aria-hidden="true">{t(`severityLetter.${severity}`)}</span>
    </span>
  )
}

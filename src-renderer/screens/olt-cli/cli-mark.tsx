import { useTranslation } from 'react-i18next'
import { warningIcons } from './cli-icons.ts'
import { useCliWarnings } from './cli-overview.ts'
import './olt-cli.css'

/** In a row of the OLT list: what about its CLI wants to be seen. */
export const CliMark = ({ oltId }: { readonly oltId: string }) => {
  const { t } = useTranslation('olt-cli')
  const warnings = useCliWarnings(oltId)
  return warnings.map((warning) => {
    const MarkIcon = warningIcons[warning]
    return (
      <span
        key={warning}
        className="noc-mark"
        data-warning={warning}
        title={t(`warning.${warning}.title`)}
      >
        <MarkIcon size={12} stroke={1.8} aria-hidden="true" />
        {t(`warning.${warning}.mark`)}
      </span>
    )
  })
}

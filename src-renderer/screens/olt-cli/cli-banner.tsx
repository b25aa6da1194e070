import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { RouteLink } from '../../components/route-link.tsx'
import { warningIcons } from './cli-icons.ts'
import { byWarning, setCliOverview, useCliOverview } from './cli-overview.ts'
import { useMay } from './use-may.ts'
import './olt-cli.css'

const named = 3

/**
 * For the frame. SECURITY: it cannot be put away: it stands as long as Telnet or old algorithms are
 * allowed somewhere, or an OLT shows another key.
 */
export const CliBanner = () => {
  const { t } = useTranslation('olt-cli')
  const may = useMay('olt-cli.access.read')
  const { value } = useQuery(
    'olt-cli.overview',
    {},
    { on: ['olt-cli.changed'], everyMs: 1000, skip: !may },
  )
  useEffect(() => setCliOverview(may ? (value?.olts ?? []) : []), [value, may])
  const rows = useCliOverview((state) => state.rows)
  const lines = byWarning(rows)
  if (lines.length === 0) return null
  return (
    <section className="noc-banner" aria-label={t('banner.label')}>
      {lines.map(({ warning, olts }) => {
        const WarningIcon = warningIcons[warning]
        return (
          <span key={warning} className="noc-banner__line" data-warning={warning}>
            <WarningIcon size={14} stroke={1.8} aria-hidden="true" className="nc-icon" />
            <strong>{t(`banner.${warning}`)}</strong>
            {olts.slice(0, named).map((olt) => (
              <RouteLink key={olt.oltId} to={paths.olt(olt.oltId)}>
                {olt.oltName}
              </RouteLink>
            ))}
            {olts.length > named ? (
              <RouteLink to={paths.olts()}>
                {t('banner.more', { count: olts.length - named })}
              </RouteLink>
            ) : null}
          </span>
        )
      })}
    </section>
  )
}

import { Tooltip } from '@mantine/core'
import { IconCircleCheck, IconUrgent } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { severities } from '../../src-shared/domain/severity.ts'
import { severityIcons } from '../components/severity-icons.ts'
import { useFormat } from '../components/use-format.ts'
import { useNoc } from '../state/noc.ts'
import { paths } from './paths.ts'

/** Open outages, and whom they concern. */
export const OutageFact = () => {
  const { t } = useTranslation('dashboard')
  const format = useFormat()
  const outages = useNoc((state) => state.outages)
  if (outages === undefined) return null
  const { open, affectedOnus, worst } = outages
  if (open === 0) {
    return (
      <Tooltip label={t('top.outagesHint')}>
        <Link href={paths.outages()} className="nc-top__fact nc-top__calm">
          <IconCircleCheck size={15} stroke={1.7} aria-hidden="true" />
          {t('top.noOutages')}
        </Link>
      </Tooltip>
    )
  }
  return (
    <Tooltip label={t('top.outagesHint')}>
      <Link href={paths.outages()} className="nc-top__fact nc-top__outages" data-severity={worst}>
        <IconUrgent size={16} stroke={1.9} aria-hidden="true" />
        <strong>{format.number(open)}</strong> {t('top.outages', { count: open })}
        <span className="nc-top__affected">
          {t('top.affected', { count: affectedOnus, number: format.number(affectedOnus) })}
        </span>
      </Link>
    </Tooltip>
  )
}

/** Alarms by severity: shape, letter and number; each opens the list of them. */
export const AlarmFacts = () => {
  const { t } = useTranslation('dashboard')
  const { t: common } = useTranslation()
  const format = useFormat()
  const alarms = useNoc((state) => state.alarms)
  if (alarms === undefined) return null
  const { active, unacknowledged } = alarms
  if (severities.every((severity) => active[severity] === 0)) {
    return (
      <Tooltip label={t('top.alarmsHint')}>
        <Link href={paths.alarms()} className="nc-top__fact nc-top__calm">
          <IconCircleCheck size={15} stroke={1.7} aria-hidden="true" />
          {t('top.noAlarms')}
        </Link>
      </Tooltip>
    )
  }
  return (
    <nav className="nc-top__alarms" aria-label={t('top.alarms')}>
      {severities.map((severity) => {
        const count = active[severity]
        if (severity === 'indeterminate' && count === 0) return null
        const Icon = severityIcons[severity]
        const label = t('top.alarmsOf', {
          severity: common(`severity.${severity}`),
          number: format.number(count),
          open: format.number(unacknowledged[severity]),
        })
        return (
          <Tooltip key={severity} label={label}>
            <Link
              href={paths.alarms(`severity=${severity}`)}
              className="nc-top__alarm"
              data-severity={severity}
              data-zero={count === 0 ? '' : undefined}
            >
              <Icon size={15} stroke={1.9} aria-hidden="true" />
              <span className="nc-hidden">{label}</span>
              <span aria-hidden="true">{common(`severityLetter.${severity}`)}</span>
              <strong aria-hidden="true">{format.number(count)}</strong>
            </Link>
          </Tooltip>
        )
      })}
    </nav>
  )
}

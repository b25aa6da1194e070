import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import { paths } from '../../app/paths.ts'

const places = [
  ['list', paths.alarms()],
  ['load', paths.alarmLoad()],
  ['maintenance', paths.maintenance()],
  ['rules', paths.alarmRules()],
  ['guide', paths.alarmGuide()],
] as const

/** Between the pages of the alarms. */
export const AlarmNav = (): ReactNode => {
  const { t } = useTranslation('alarms')
  const [path] = useLocation()
  return (
    <nav className="na-nav" aria-label={t('nav.label')}>
      {places.map(([name, route]) => {
        const here = name === 'list' ? path === route : path.startsWith(route)
        return (
          <Link key={name} href={route} aria-current={here ? 'page' : undefined}>
            {t(`nav.${name}`)}
          </Link>
        )
      })}
    </nav>
  )
}

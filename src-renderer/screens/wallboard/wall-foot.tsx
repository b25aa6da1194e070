import { IconFlask } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { severities } from '../../../src-shared/domain/severity.ts'
import { statusKnown } from '../../app/status-known.ts'
import { DataAge } from '../../components/data-age.tsx'
import { severityIcons } from '../../components/severity-icons.ts'
import { useFormat } from '../../components/use-format.ts'
import { useLive } from '../../state/live.ts'
import { useNoc } from '../../state/noc.ts'
import { useSimulated } from '../../state/workspace.ts'

/** What is wrong in one line, whichever page is shown, and how old it is. */
export const WallFoot = () => {
  const { t } = useTranslation('wallboard')
  const { t: common } = useTranslation()
  const format = useFormat()
  const live = useLive()
  const alarms = useNoc((state) => state.alarms)
  const outages = useNoc((state) => state.outages)
  const simulated = useSimulated()
  const { counts } = live
  const read = counts !== undefined && statusKnown(live) === 'read'
  return (
    <footer className="nw-foot">
      {simulated ? (
        <span className="nw-simulated">
          <IconFlask aria-hidden="true" /> {t('simulated')}
        </span>
      ) : null}
      {outages === undefined ? null : (
        <span>
          {t('page.outages')} <strong>{format.number(outages.open)}</strong>
        </span>
      )}
      {alarms === undefined
        ? null
        : severities.slice(0, 4).map((severity) => {
            const Icon = severityIcons[severity]
            const count = alarms.active[severity]
            return (
              <span
                key={severity}
                className="nw-severity"
                data-severity={count === 0 ? undefined : severity}
                aria-label={`${common(`severity.${severity}`)}: ${format.number(count)}`}
                role="img"
              >
                <Icon aria-hidden="true" />
                <span aria-hidden="true">
                  {common(`severityLetter.${severity}`)} <strong>{format.number(count)}</strong>
                </span>
              </span>
            )
          })}
      {read ? (
        <span>
          {t('counters.online')} <strong>{format.number(counts.online)}</strong>
          <span className="nc-faint">
            {' '}
            {t('counters.of', { total: format.number(counts.total) })}
          </span>
        </span>
      ) : (
        <span>{t('notReadYet')}</span>
      )}
      <span className="nw-foot__age">
        {t('update')} <DataAge at={live.oldestStatusAt} exact />
      </span>
    </footer>
  )
}

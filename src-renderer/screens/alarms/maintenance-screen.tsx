import { Button, Checkbox } from '@mantine/core'
import { IconPlus, IconTool } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { shortcuts } from '../../app/shortcuts.ts'
import { useQuery } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { Kbd } from '../../components/kbd.tsx'
import { LoadingState } from '../../components/loading-state.tsx'
import { AlarmNav } from './alarm-nav.tsx'
import { endMaintenance } from './maintenance-acts.ts'
import { emptyScope } from './maintenance-model.ts'
import { changeMaintenance, planMaintenance } from './maintenance-opener.ts'
import { MaintenanceStrip } from './maintenance-strip.tsx'
import { useMayPlanMaintenance } from './use-permissions.ts'
import { asksInBanner, StillDown } from './still-down.tsx'
import { useSpeaker } from './use-speaker.ts'
import './alarms.css'
import './maintenance.css'

/** When the network is worked on, and what is told of it meanwhile. */
export const MaintenanceScreen = (): ReactNode => {
  const { t } = useSpeaker()
  const [ended, setEnded] = useState(false)
  const may = useMayPlanMaintenance()
  const { value, failure, refresh } = useQuery(
    'alarms.maintenance',
    { ended },
    { on: ['alarms.changed'], everyMs: 2000 },
  )
  const plan = (): void => planMaintenance(emptyScope)
  useShortcut('maintain', plan, may)
  useShortcut('refresh', refresh)
  const windows = value?.windows ?? []
  const button = may && (
    <Button
      leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
      rightSection={<Kbd keys={shortcuts.maintain.keys} />}
      onClick={plan}
    >
      {t('maintenance.plan')}
    </Button>
  )
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('maintenance.title')}</h1>
        <AlarmNav />
        <span className="na-space" />
        <Checkbox
          label={t('maintenance.withEnded')}
          checked={ended}
          onChange={(event) => setEnded(event.currentTarget.checked)}
        />
        {button}
      </header>
      {failure === undefined ? null : (
        <FailureState failure={failure} onRetry={refresh} brief={value !== undefined} />
      )}
      {windows
        .filter((row) => row.asks !== null)
        .slice(asksInBanner)
        .map((row) =>
          row.asks === null ? null : <StillDown key={row.id} row={row} asks={row.asks} />,
        )}
      {value === undefined ? (
        failure === undefined && <LoadingState rows={8} />
      ) : windows.length === 0 ? (
        <EmptyState
          icon={IconTool}
          title={t('maintenance.none')}
          text={t('maintenance.noneText')}
          action={button}
        />
      ) : (
        <>
          <MaintenanceStrip windows={windows} />
          <WindowTable windows={windows} mayChange={may} onChanged={refresh} />
        </>
      )}
    </div>
  )
}

interface WindowTableProps {
  readonly windows: readonly MaintenanceRow[]
  readonly mayChange: boolean
  readonly onChanged: () => void
}

const order: Readonly<Record<MaintenanceRow['state'], number>> = {
  active: 0,
  planned: 1,
  ended: 2,
  cancelled: 3,
}

const WindowTable = ({ windows, mayChange, onChanged }: WindowTableProps): ReactNode => {
  const { t, format } = useSpeaker()
  const sorted = [...windows].toSorted(
    (one, other) =>
      order[one.state] - order[other.state] ||
      (one.nextStartsAt ?? -one.startsAt) - (other.nextStartsAt ?? -other.startsAt),
  )
  return (
    <div className="nc-panel nm-table">
      <table className="nc-table" aria-label={t('maintenance.title')}>
        <thead>
          <tr>
            <th scope="col">{t('maintenance.column.state')}</th>
            <th scope="col">{t('maintenance.field.title')}</th>
            <th scope="col">{t('maintenance.column.when')}</th>
            <th scope="col">{t('maintenance.field.repeats')}</th>
            <th scope="col">{t('maintenance.field.behaviour')}</th>
            <th scope="col" className="nc-num">
              {t('maintenance.column.onus')}
            </th>
            <th scope="col">{t('maintenance.column.owner')}</th>
            <th scope="col">
              <span className="nc-hidden">{t('maintenance.column.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.id} data-state={row.state}>
              <td>
                <span className="nm-state" data-state={row.state}>
                  {t(`maintenance.state.${row.state}`)}
                </span>
              </td>
              <td>
                <strong className="nm-title">{row.title}</strong>
                {row.reason === '' ? null : <div className="nc-soft nm-reason">{row.reason}</div>}
              </td>
              <td>
                {format.instant(row.nextStartsAt ?? row.startsAt)}
                <div className="nc-soft">
                  {t('maintenance.lasts', {
                    time: format.duration((row.endsAt - row.startsAt) / 1000),
                    end: format.instant(row.nextEndsAt ?? row.endsAt, 'minute'),
                  })}
                </div>
              </td>
              <td>{t(`maintenance.repeats.${row.repeats}`)}</td>
              <td title={t(`maintenance.behaviourHint.${row.behaviour}`)}>
                {t(`maintenance.behaviour.${row.behaviour}`)}
              </td>
              <td className="nc-num">
                {format.number(row.onus)}
                {row.down === 0 ? null : (
                  <div className="nm-down">{t('maintenance.down', { count: row.down })}</div>
                )}
              </td>
              <td>{row.owner.name}</td>
              <td className="nm-acts">
                {mayChange && (row.state === 'active' || row.state === 'planned') && (
                  <>
                    <Button
                      variant="default"
                      size="compact-sm"
                      onClick={() => changeMaintenance(row)}
                    >
                      {t('maintenance.change')}
                    </Button>
                    <Button
                      variant="default"
                      size="compact-sm"
                      onClick={() => void endMaintenance(row, onChanged)}
                    >
                      {t(row.state === 'active' ? 'maintenance.endNow' : 'maintenance.cancel')}
                    </Button>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

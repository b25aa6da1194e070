import { Button } from '@mantine/core'
import { IconHelpCircle } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import { answerStillDown } from './maintenance-acts.ts'
import { useMayPlanMaintenance } from './use-permissions.ts'
import { useSpeaker } from './use-speaker.ts'
import './maintenance.css'

/** The frame asks for so many at most; the page of maintenance has the rest. */
export const asksInBanner = 2

export interface StillDownProps {
  readonly row: MaintenanceRow
  readonly asks: NonNullable<MaintenanceRow['asks']>
}

/** The window has ended and something has not come back: is that an alarm? */
export const StillDown = ({ row, asks }: StillDownProps): ReactNode => {
  const { t, format } = useSpeaker()
  const may = useMayPlanMaintenance()
  const [busy, setBusy] = useState(false)
  const answer = async (alarm: boolean): Promise<void> => {
    setBusy(true)
    await answerStillDown(row, alarm)
    setBusy(false)
  }
  return (
    <div className="nm-asks" role="status">
      <IconHelpCircle size={16} stroke={1.8} aria-hidden="true" className="nc-icon" />
      <span className="nm-asks__text">
        <strong>{t('maintenance.stillDown', { count: asks.stillDown })}</strong>{' '}
        {t('maintenance.stillDownOf', {
          title: row.title,
          time: format.instant(asks.endedAt, 'minute'),
        })}
      </span>
      {may && (
        <>
          <Button size="compact-sm" disabled={busy} onClick={() => void answer(true)}>
            {t('maintenance.alarm')}
          </Button>
          <Button
            variant="default"
            size="compact-sm"
            disabled={busy}
            onClick={() => void answer(false)}
          >
            {t('maintenance.noAlarm')}
          </Button>
        </>
      )}
    </div>
  )
}

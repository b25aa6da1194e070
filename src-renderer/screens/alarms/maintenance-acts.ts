import i18next from 'i18next'
import type { MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'

const say = () => i18next.getFixedT(i18next.language, 'alarms')

/** Ends the run that is on, or cancels a planned window with all its repeats. Asks first. */
export const endMaintenance = async (row: MaintenanceRow, onChanged: () => void): Promise<void> => {
  const kind = row.state === 'active' ? 'end' : 'cancel'
  const yes = await confirm({
    title: say()(`maintenance.confirm.${kind}Title`, { title: row.title }),
    text: say()(`maintenance.confirm.${kind}Text`),
    confirmLabel: say()(kind === 'end' ? 'maintenance.endNow' : 'maintenance.cancel'),
  })
  if (!yes) return
  try {
    await runCommand('alarms.endMaintenance', { id: row.id, baseVersion: row.version })
    showToast({
      kind: 'done',
      title: say()(`maintenance.confirm.${kind}Done`, { title: row.title }),
    })
    onChanged()
  } catch (error) {
    showFailure(failureOf(error))
  }
}

/** To "still down: alarm?". */
export const answerStillDown = async (row: MaintenanceRow, alarm: boolean): Promise<void> => {
  try {
    await runCommand('alarms.answerMaintenance', { id: row.id, alarm })
    showToast({
      kind: 'done',
      title: say()(alarm ? 'maintenance.answeredAlarm' : 'maintenance.answeredNone'),
    })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

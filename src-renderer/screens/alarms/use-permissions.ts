import { useEntrance } from '../../state/workspace.ts'

/** What the person may do here; the engine has the last word. */

export const useMayAct = (): boolean =>
  useEntrance((state) => state.session?.permissions.includes('alarms.alarm.act') === true)

export const useMayManageRules = (): boolean =>
  useEntrance((state) => state.session?.permissions.includes('alarms.rule.manage') === true)

export const useMayPlanMaintenance = (): boolean =>
  useEntrance((state) => state.session?.permissions.includes('alarms.maintenance.manage') === true)

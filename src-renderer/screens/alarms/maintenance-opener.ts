import { create } from 'zustand'
import type { MaintenanceRow } from '../../../src-shared/contract/alarms-model.ts'
import type { MaintenanceScope } from './maintenance-model.ts'

/** Which question the maintenance window asks; opened from any page. */
export type MaintenanceQuestion =
  | { readonly kind: 'new'; readonly scope: MaintenanceScope; readonly title: string }
  | { readonly kind: 'change'; readonly row: MaintenanceRow }

export const useMaintenanceQuestion = create<{ readonly asked: MaintenanceQuestion | null }>(
  () => ({ asked: null }),
)

/** Plans maintenance of this; the title may stay empty. */
export const planMaintenance = (scope: MaintenanceScope, title = ''): void =>
  useMaintenanceQuestion.setState({ asked: { kind: 'new', scope, title } })

export const changeMaintenance = (row: MaintenanceRow): void =>
  useMaintenanceQuestion.setState({ asked: { kind: 'change', row } })

export const closeMaintenance = (): void => useMaintenanceQuestion.setState({ asked: null })

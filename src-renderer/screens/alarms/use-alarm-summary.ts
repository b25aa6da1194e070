import type { AlarmsSummary } from '../../../src-shared/contract/alarms.ts'
import { severities } from '../../../src-shared/domain/severity.ts'
import { useQuery } from '../../client/hooks.ts'

/** The book in one glance; undefined: not known yet. */
export const useAlarmSummary = (): AlarmsSummary | undefined =>
  useQuery('alarms.summary', {}, { on: ['alarms.changed'], everyMs: 1000 }).value

export const totalOf = (bySeverity: AlarmsSummary['active']): number =>
  severities.reduce((sum, severity) => sum + bySeverity[severity], 0)

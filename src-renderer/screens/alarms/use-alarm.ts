import { useQuery } from '../../client/hooks.ts'

export const useAlarm = (id: string) =>
  useQuery('alarms.alarm', { id }, { on: ['alarms.changed'], everyMs: 1000 })

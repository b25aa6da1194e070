import type { AlarmRow } from '../../src-shared/contract/alarms-model.ts'

export const sampleOlt = '01930000-0000-7000-8000-000000000001'

export const alarmId = (index: number): string =>
  `01930000-0000-7000-9000-${index.toString(16).padStart(12, '0')}`

export const sampleAlarm = (index: number, part: Partial<AlarmRow> = {}): AlarmRow => ({
  id: alarmId(index),
  version: 1,
  resource: {
    kind: 'onu',
    oltId: sampleOlt,
    address: { shelf: 1, slot: 2, port: 3, onuId: index },
  },
  type: 'rx-low',
  qualifier: 'onu-rx',
  severity: 'minor',
  trend: 'same',
  oltName: 'Harbour 1',
  serial: 'ZTEG00000001',
  name: 'Sari',
  params: {},
  raisedAt: 1_000_000 + index,
  changedAt: 1_000_000 + index,
  clearedAt: null,
  count: 1,
  affectedOnus: 1,
  affectedSubscribers: null,
  outageId: null,
  suppressed: null,
  acknowledged: null,
  shelved: null,
  assignee: null,
  ticket: null,
  notes: 0,
  escalation: 0,
  important: false,
  ...part,
})

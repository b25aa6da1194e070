import type { OutageRow } from '../../src-shared/contract/outages.ts'

/** An outage below a splitter; a test changes what it is about. */
export const sampleOutage = (changes: Partial<OutageRow> = {}): OutageRow => ({
  id: '01930000-0000-7000-8000-0000000000b1',
  version: 1,
  verdict: 'distribution',
  confidence: 'high',
  corrected: null,
  severity: 'major',
  beganAt: 1_000_000,
  openedAt: 1_012_000,
  verdictAt: 1_041_000,
  changedAt: 1_041_000,
  endedAt: null,
  olts: [{ oltId: '01930000-0000-7000-8000-000000000001', name: 'Harbour 1' }],
  pons: [
    {
      oltId: '01930000-0000-7000-8000-000000000001',
      pon: { shelf: 1, slot: 2, port: 4 },
      name: 'gpon-olt_1/2/4',
    },
  ],
  node: {
    id: '01930000-0000-7000-8000-0000000c0001',
    name: 'ODB Melati-03',
    path: 'Harbour › Cabinet HB-2 › ODB Melati-03',
  },
  areas: [],
  affectedOnus: 14,
  down: 14,
  withGasp: 0,
  withoutGasp: 14,
  subscribers: null,
  revenue: null,
  acknowledged: null,
  owner: null,
  ticket: null,
  maintenanceId: null,
  ...changes,
})

import type { OltModel } from '../population/olt-model.ts'
import { isOnline } from '../population/onu-readings.ts'
import type { Column } from '../snmp/mib-view.ts'

/** Cells that some firmwares leave out for ONUs that are down; others write a marker. */
export const hasOptics = (olt: OltModel): Column['has'] =>
  olt.quirks.offlineOptics === 'absent' ? (onu, nowMs) => isOnline(olt, onu, nowMs) : undefined

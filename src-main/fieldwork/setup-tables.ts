import type { Output } from '../../src-shared/contract/index.ts'
import type { Reads } from '../store/reads.ts'

type Setup = Output<'fieldwork.setup'>

const spotOf = (
  latE7: number | null,
  lngE7: number | null,
): { latitude: number; longitude: number } | null =>
  latE7 === null || lngE7 === null ? null : { latitude: latE7 / 1e7, longitude: lngE7 / 1e7 }

/** In the order that somebody gave them. */
export const readTypes = (reads: Reads): Setup['types'] =>
  reads
    .all<{
      id: string
      version: number
      kind: Setup['types'][number]['kind']
      nameEn: string
      nameId: string
      minutes: number
      paper: string
      active: 0 | 1
    }>(
      `SELECT id, version, kind, name_en AS nameEn, name_id AS nameId, minutes, paper, active
        FROM work_order_type ORDER BY position, id`,
    )
    .map(({ nameEn, nameId, paper, active, ...row }) => ({
      ...row,
      name: { en: nameEn, id: nameId },
      paper: JSON.parse(paper) as Setup['types'][number]['paper'],
      active: active === 1,
    }))

export type TechnicianData = Omit<Setup['technicians'][number], 'name'>

export const readTechnicians = (reads: Reads): TechnicianData[] =>
  reads
    .all<{
      accountId: string
      version: number
      week: string
      latE7: number | null
      lngE7: number | null
      active: 0 | 1
    }>(
      `SELECT t.account_id AS accountId, t.version, t.week, t.lat_e7 AS latE7, t.lng_e7 AS lngE7,
        t.active AND a.disabled_at IS NULL AS active FROM technician t
        JOIN account a ON a.id = t.account_id ORDER BY a.name, a.id`,
    )
    .map(({ accountId, version, week, latE7, lngE7, active }) => ({
      accountId,
      version,
      week: JSON.parse(week) as TechnicianData['week'],
      home: spotOf(latE7, lngE7),
      active: active === 1,
    }))

export const readSettings = (reads: Reads): Setup['settings'] => {
  const row = reads.get<{
    version: number
    prefix: string
    travelKmh: number
    latE7: number | null
    lngE7: number | null
  }>(
    `SELECT version, prefix, travel_kmh AS travelKmh, depot_lat_e7 AS latE7, depot_lng_e7 AS lngE7
      FROM work_order_settings WHERE id = 1`,
  )!
  const { version, prefix, travelKmh, latE7, lngE7 } = row
  return { version, prefix, travelKmh, depot: spotOf(latE7, lngE7) }
}

import type { StoreReader } from '../store/read-handle.ts'

/** Plans of the console that had begun something on an OLT between two moments (wall ms). */
export const createPlansBetween = (reader: StoreReader) => {
  const select = reader.prepare<[string, string, number, number], { planId: string }>(
    `SELECT DISTINCT plan_id AS planId FROM provisioning_target
     WHERE (olt_id = ? OR olt_after_id = ?) AND begun = 1 AND started_at <= ?
       AND (ended_at IS NULL OR ended_at >= ?)
     ORDER BY plan_id LIMIT 200`,
  )
  return (oltId: string, from: number, to: number): readonly string[] =>
    select.all(oltId, oltId, to, from).map(({ planId }) => planId)
}

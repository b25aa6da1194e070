import { createHash } from 'node:crypto'
import type { SqlValue, StoreReader } from '../../store/read-handle.ts'
import { breathe } from './rules.ts'
import type { PlanRecord } from './tables.ts'

const pageRows = 500

/**
 * SHA-256 over all that a plan would do: each ONU as it is and as it shall be, each line that would be
 * sent, in which order and how fast. Two plans with one hash do the same. Hex. In slices: plans have up
 * to 20,000 ONUs.
 */
export const createPlanContent = (reader: StoreReader) => {
  const targets = reader.prepare<[string, number, number]>(
    `SELECT seq, olt_id, address, olt_after_id, address_after, serial, serial_after, config_before,
        config_after, risk, canary, undoes_seq
      FROM provisioning_target WHERE plan_id = ? AND seq > ? ORDER BY seq LIMIT ?`,
  )
  const steps = reader.prepare<[string, number, number, number]>(
    `SELECT target, seq, olt_id, kind, step, rendered FROM provisioning_step
      WHERE plan_id = ? AND (target, seq) > (?, ?) ORDER BY target, seq LIMIT ?`,
  )

  return async (plan: PlanRecord): Promise<string> => {
    const hash = createHash('sha256').update('nocturne-plan-1\n')
    const add = (values: unknown): void => {
      hash.update(`${JSON.stringify(values)}\n`)
    }
    const { id, kind, change, undoes, risk, pace, accountId, olts } = plan
    add([id, kind, change, undoes, risk, pace, accountId, olts.map(({ oltId }) => oltId)])
    for (let last = -1, rows: Readonly<Record<string, SqlValue>>[] = []; ;) {
      rows = targets.all(id, last, pageRows)
      for (const row of rows) add(Object.values(row))
      if (rows.length < pageRows) break
      last = Number(rows.at(-1)?.['seq'])
      await breathe()
    }
    add('steps')
    for (let after: [number, number] = [-2, -1]; ;) {
      const rows = steps.all(id, ...after, pageRows)
      for (const row of rows) add(Object.values(row))
      if (rows.length < pageRows) break
      const end = rows.at(-1)
      after = [Number(end?.['target']), Number(end?.['seq'])]
      await breathe()
    }
    return hash.digest('hex')
  }
}

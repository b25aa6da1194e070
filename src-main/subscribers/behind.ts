import type { BehindLookup } from '../engine/capability-ports.ts'
import type { StoreReader } from '../store/read-handle.ts'

export type ServedBy = (...asked: Parameters<BehindLookup>) => {
  readonly subscribers: number
  readonly serviceIds: readonly string[]
} | null

/** Whom ONUs serve now: a subscriber counts once, however many of his lines are among them. */
export const createBehind = (reader: StoreReader): ServedBy => {
  const anybody = reader.prepare<[], { readonly one: number }>(
    `SELECT 1 AS one FROM subscriber_service WHERE state = 'live' LIMIT 1`,
  )
  const behind = reader.prepare<
    [string, string],
    { readonly id: string; readonly subscriberId: string }
  >(
    `SELECT id, subscriber_id AS subscriberId FROM subscriber_service
      WHERE state = 'live' AND olt_id = ? AND serial IN (SELECT value FROM json_each(?))`,
  )
  return (onus) => {
    if (anybody.get() === undefined) return null
    const found = new Set<string>()
    const serviceIds: string[] = []
    for (const { oltId, serials } of onus) {
      for (const { id, subscriberId } of behind.all(oltId, JSON.stringify(serials))) {
        found.add(subscriberId)
        serviceIds.push(id)
      }
    }
    return { subscribers: found.size, serviceIds }
  }
}

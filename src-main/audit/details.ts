import { timingSafeEqual } from 'node:crypto'
import {
  detailFrom,
  detailMark,
  detailPlace,
  openAudit,
  subjectKeyPlace,
  type Detail,
} from '../store/audit-seal.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { ChainRow } from './chain-rows.ts'

/**
 * kept: here it is; none: the row has none; erased: with the key of the person it was about, by a
 * command that the trail knows; lost: its key or its text is gone, or another, and nothing explains it.
 */
export type DetailState =
  | { readonly state: 'kept'; readonly detail: Detail }
  | { readonly state: 'none' | 'erased' | 'lost' }

interface KeyRow {
  readonly sealed: Uint8Array | null
  readonly erasedBy: string | null
}

const selectKey = `SELECT sealed, erased_by AS erasedBy FROM subject_key WHERE subject_id = ?`
const selectSealed = `SELECT sealed FROM audit_detail WHERE seq = ?`
const selectErasure = `SELECT 1 AS yes FROM audit WHERE command_id = ? AND subject_id = ?
  AND outcome = 'done' LIMIT 1`

export interface DetailReader {
  of(row: Pick<ChainRow, 'seq' | 'subjectId' | 'detailHash' | 'format' | 'parameters'>): DetailState
  /** Wipes the keys it holds. */
  stop(): void
}

/** People in a page of rows are few; the workspace's own key is wanted again and again. */
const mostKeysHeld = 200

/** Keys are held until `stop`. `auditDetailKey` is not: WorkspaceKeys owns it. */
export const openDetails = (reader: StoreReader, auditDetailKey: Uint8Array): DetailReader => {
  const keyRow = reader.prepare<[string], KeyRow>(selectKey)
  const sealedRow = reader.prepare<[number], { sealed: Uint8Array }>(selectSealed)
  const erasure = reader.prepare<[string, string], { yes: number }>(selectErasure)
  const held = new Map<string, Buffer | 'erased' | 'lost'>()

  const wipe = (): void => {
    for (const key of held.values()) if (typeof key !== 'string') key.fill(0)
    held.clear()
  }

  const keyOf = (subjectId: string): Buffer | 'erased' | 'lost' => {
    const known = held.get(subjectId)
    if (known !== undefined) return known
    if (held.size >= mostKeysHeld) wipe()
    const row = keyRow.get(subjectId)
    const key =
      row === undefined
        ? 'lost'
        : row.sealed !== null
          ? (openAudit(row.sealed, auditDetailKey, subjectKeyPlace(subjectId)) ?? 'lost')
          : // SECURITY: a key that is gone counts as erased only where the trail says so.
            erasure.get(row.erasedBy ?? '', subjectId) === undefined
            ? 'lost'
            : 'erased'
    held.set(subjectId, key)
    return key
  }

  return {
    of(row) {
      if (row.format === 1) {
        return { state: 'kept', detail: { salt: new Uint8Array(), text: row.parameters } }
      }
      if (row.detailHash === null) return { state: 'none' }
      const sealed = sealedRow.get(row.seq)
      if (sealed === undefined) return { state: 'lost' }
      const key = keyOf(row.subjectId ?? '')
      if (typeof key === 'string') return { state: key }
      const plain = openAudit(sealed.sealed, key, detailPlace(row.seq))
      if (plain === null) return { state: 'lost' }
      const detail = detailFrom(plain)
      plain.fill(0)
      if (detail === null) return { state: 'lost' }
      return timingSafeEqual(detailMark(detail), row.detailHash)
        ? { state: 'kept', detail }
        : { state: 'lost' }
    },
    stop: wipe,
  }
}

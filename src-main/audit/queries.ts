import type { QueryHandlers } from '../engine/handlers.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { checkpointFileOf, readCheckpointFile } from '../store/audit-checkpoint-file.ts'
import type { StoreReader } from '../store/read-handle.ts'
import { createActivity } from './activity.ts'
import { chainColumns, hexOf, type ChainRow } from './chain-rows.ts'
import { checkpointsOf, fingerprintNow } from './checkpoints.ts'
import { openDetails } from './details.ts'
import { createFindRows, createTimeline } from './find-rows.ts'
import { actKinds } from './kinds.ts'
import { createRowViews } from './row-views.ts'
import { verifyAuditInSlices } from './verify.ts'

export interface AuditKeys {
  readonly auditKey: Uint8Array
  readonly auditDetailKey: Uint8Array
}

type AuditQuery =
  | 'audit.verify'
  | 'audit.activity'
  | 'audit.overview'
  | 'audit.search'
  | 'audit.timeline'
  | 'audit.row'

const selectRow = `SELECT ${chainColumns} FROM audit WHERE seq = ?`
const selectChanges = `SELECT entity AS objectKind, entity_id AS objectId, kind, version
  FROM change_feed WHERE command_id = ? ORDER BY seq LIMIT 200`
const selectEnds = `SELECT (SELECT max(seq) FROM audit) AS last,
  (SELECT at FROM audit ORDER BY seq LIMIT 1) AS firstAt`
const selectPeople = 'SELECT id, name FROM account ORDER BY name'

interface Change {
  readonly objectKind: string
  readonly objectId: string
  readonly kind: 'created' | 'updated' | 'deleted'
  readonly version: number
}

const objectKinds: readonly string[] = [
  ...new Set(
    Object.values(actKinds)
      .flatMap(({ object }) => (object === undefined ? [] : [object[0]]))
      .concat('setting', 'alarm', 'alarm-settings', 'guide-note', 'handover-note'),
  ),
].toSorted()

/** `storePath`: its checkpoints lie beside it. */
export const createAuditQueries = (
  { reader, path }: { readonly reader: StoreReader; readonly path: string },
  keys: AuditKeys,
): QueryHandlers<AuditQuery> => {
  const activity = createActivity(reader)
  const find = createFindRows(reader)
  const timeline = createTimeline(reader)
  const view = createRowViews(reader)
  const row = reader.prepare<[number], ChainRow>(selectRow)
  const changes = reader.prepare<[string], Change>(selectChanges)
  const ends = reader.prepare<[], { last: number | null; firstAt: number | null }>(selectEnds)
  const people = reader.prepare<[], { id: string; name: string }>(selectPeople)
  const checkpointFile = checkpointFileOf(path)

  return {
    'audit.verify': async ({ taskId, checkpoints }, { signal, progress }) => {
      const outside = [...readCheckpointFile(checkpointFile), ...checkpoints]
      const proof = await verifyAuditInSlices(reader, keys.auditKey, {
        auditDetailKey: keys.auditDetailKey,
        checkpoints: outside,
        signal,
        onProgress: (rows, total) => {
          if (taskId !== undefined) progress(taskId, 'rows', rows, total)
        },
      })
      return {
        ...proof,
        checkpoints: checkpointsOf(reader).length,
        fingerprint: fingerprintNow(reader),
      }
    },
    'audit.activity': async (input, { signal }) => ({ acts: [...(await activity(input, signal))] }),
    'audit.overview': () => {
      const last = checkpointsOf(reader).at(-1)
      const found = ends.get()
      return {
        rows: found?.last ?? 0,
        firstAt: found?.firstAt ?? null,
        fingerprint: fingerprintNow(reader),
        lastCheckpoint: last === undefined ? null : { seq: last.seq, at: last.at },
        checkpointFile,
        commands: Object.keys(actKinds).toSorted(),
        objectKinds: [...objectKinds],
        people: people.all(),
      }
    },
    'audit.search': async ({ before, limit, ...filter }, { signal }) => {
      const found = await find(filter, { before, limit }, signal)
      return { rows: view(found.rows), next: found.next }
    },
    'audit.timeline': (question) => {
      const found = timeline(question)
      return { rows: view(found.rows), next: found.next }
    },
    'audit.row': ({ seq }) => {
      const found = row.get(seq)
      const [shown] = found === undefined ? [] : view([found])
      if (found === undefined || shown === undefined) throw new NocturneError('not-found')
      const details = openDetails(reader, keys.auditDetailKey)
      try {
        const detail = details.of(found)
        return {
          row: shown,
          detailState: detail.state,
          detail: detail.state === 'kept' ? detail.detail.text : null,
          hash: hexOf(found.hash),
          previousHash: hexOf(found.previousHash),
          changes: changes.all(found.commandId),
        }
      } finally {
        details.stop()
      }
    },
  }
}

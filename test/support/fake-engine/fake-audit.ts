import type { Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import type { AuditTrailRow } from '../../../src-shared/contract/audit.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { classify } from '../../../src-main/audit/classify.ts'
import { actKinds } from '../../../src-main/audit/kinds.ts'
import type { FakePlant } from './fake-plant.ts'

type Names =
  | 'audit.overview'
  | 'audit.search'
  | 'audit.timeline'
  | 'audit.row'
  | 'audit.verify'
  | 'audit.export'

type Handlers = {
  readonly [Name in Names]: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
}

const people = [
  { id: '01930000-0000-7000-8000-0000000000aa', name: 'Sari Wijaya' },
  { id: '01930000-0000-7000-8000-0000000000ab', name: 'Budi Santoso' },
  { id: '01930000-0000-7000-8000-0000000000ac', name: 'Dewi Lestari' },
] as const

/** Acts that come again and again: command, what is said of it, and who (null: the console). */
const cycle = [
  ['alarms.acknowledge', 0],
  ['access.signIn', 1],
  ['network.updateOlt', 0],
  ['provisioning.journal', null],
  ['alarms.record', null],
  ['olt-backups.text', 2],
  ['provisioning.apply', 1],
  ['access.resetPassword', 0],
  ['alarms.record', null],
  ['network.removeOlt', 2],
  ['audit.export', 0],
  ['access.lock', 1],
  ['outages.note', 2],
] as const

const hexOf = (seed: number): string =>
  Array.from({ length: 64 }, (_, at) =>
    ((seed * 31 + at * 7 + (seed >> (at % 5))) & 15).toString(16),
  ).join('')

const fingerprint = hexOf(977)

export interface FakeAuditOptions {
  readonly plant: FakePlant
  readonly now: () => number
  readonly emit: (name: 'workspace.progress', payload: Payload<'workspace.progress'>) => void
}

/** A trail of some thousand rows; in it a refusal, an erased person, and a detail that is lost. */
export const createFakeAudit = ({
  plant,
  now,
  emit,
}: FakeAuditOptions): Handlers & { readonly cancel: (taskId: string) => void } => {
  const startedAt = now()
  const total = plant.size === 0 ? 0 : 4212
  const cancelled = new Set<string>()

  const rowAt = (seq: number): AuditTrailRow => {
    const back = total - seq
    const [command, personIndex] = cycle[back % cycle.length] ?? cycle[0]
    const person = personIndex === null ? null : (people[(personIndex + seq) % 3] ?? people[0])
    const refused = command === 'network.removeOlt'
    const olt = plant.olts[seq % Math.max(1, plant.olts.length)]
    const isOlt = command.startsWith('network.') || command === 'provisioning.apply'
    const about = command === 'access.resetPassword' ? people[1] : null
    const kind = classify({
      name: command,
      outcome: refused ? 'refused' : 'done',
      code: refused ? 'permission-denied' : null,
      auditInput: { oltId: olt?.id, accountId: about?.id, reason: 'idle' },
      changes: [],
    })
    return {
      seq,
      at: startedAt - back * 97_000 - (back % 7) * 11_000,
      command,
      commandId: `01930000-0000-7000-9000-${seq.toString(16).padStart(12, '0')}`,
      accountId: person?.id ?? null,
      accountName: person?.name ?? null,
      sessionId: person === null ? null : '01930000-0000-7000-8000-00000000005e',
      clientKind: person === null ? 'engine' : 'console',
      device: person === null ? null : 'noc-1',
      outcome: refused ? 'refused' : 'done',
      code: refused ? 'permission-denied' : null,
      reason: command === 'access.lock' ? 'idle' : null,
      category: kind.category,
      severity: kind.severity,
      objectKind: isOlt ? 'olt' : kind.objectKind,
      objectId: isOlt ? (olt?.id ?? null) : kind.objectId,
      objectName: isOlt ? (olt?.name ?? null) : (about?.name ?? null),
      subjectId: about?.id ?? null,
      subjectName: about?.name ?? null,
    }
  }

  const find = (
    fits: (row: AuditTrailRow) => boolean,
    before: number | null,
    limit: number,
  ): Output<'audit.search'> => {
    const rows: AuditTrailRow[] = []
    let seq = (before ?? total + 1) - 1
    for (; seq >= 1 && rows.length < limit; seq -= 1) {
      const row = rowAt(seq)
      if (fits(row)) rows.push(row)
    }
    return { rows, next: seq >= 1 ? seq + 1 : null }
  }

  const progress = async (taskId: string | undefined): Promise<void> => {
    for (let done = 0; done <= total; done += 500) {
      if (taskId === undefined) return
      if (cancelled.delete(taskId)) throw new NocturneError('cancelled')
      emit('workspace.progress', { taskId, step: 'rows', done, total })
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
  }

  return {
    cancel: (taskId) => void cancelled.add(taskId),
    'audit.overview': () => ({
      rows: total,
      firstAt: total === 0 ? null : rowAt(1).at,
      fingerprint: total === 0 ? null : fingerprint,
      lastCheckpoint: total === 0 ? null : { seq: total - 40, at: startedAt - 3_600_000 },
      checkpointFile: '/home/sari/.config/Nocturne/workspace/checkpoints.jsonl',
      commands: Object.keys(actKinds).toSorted(),
      objectKinds: ['account', 'alarm', 'employee', 'olt', 'provisioning-plan', 'role'],
      people: [...people],
    }),
    'audit.search': ({ before, limit, ...filter }) => {
      const among = <Word>(words: readonly Word[], word: Word): boolean =>
        words.length === 0 || words.includes(word)
      return find(
        (row) =>
          (filter.personId === null ||
            row.accountId === filter.personId ||
            row.subjectId === filter.personId) &&
          (filter.command === null || row.command === filter.command) &&
          (filter.objectKind === null || row.objectKind === filter.objectKind) &&
          (filter.objectId === null || row.objectId === filter.objectId) &&
          (filter.from === null || row.at >= filter.from) &&
          (filter.to === null || row.at < filter.to) &&
          (!filter.people || row.accountId !== null) &&
          among(filter.categories, row.category) &&
          among(filter.severities, row.severity) &&
          among(filter.outcomes, row.outcome),
        before,
        limit,
      )
    },
    'audit.timeline': ({ objectKind, objectId, before, limit }) =>
      find(
        (row) =>
          (row.objectKind === objectKind && row.objectId === objectId) ||
          row.subjectId === objectId,
        before,
        limit,
      ),
    'audit.row': ({ seq }) => {
      if (seq > total) throw new NocturneError('not-found')
      const row = rowAt(seq)
      const isErased = row.subjectId !== null && seq % 2 === 0
      return {
        row,
        detailState: isErased ? 'erased' : 'kept',
        detail: isErased
          ? null
          : JSON.stringify({ baseVersion: 3, name: row.objectName, opticsPolling: 'family' }),
        hash: hexOf(seq),
        previousHash: hexOf(seq - 1),
        changes:
          row.outcome === 'done' && row.objectKind !== null && row.objectId !== null
            ? [{ objectKind: row.objectKind, objectId: row.objectId, kind: 'updated', version: 4 }]
            : [],
      }
    },
    'audit.verify': async ({ taskId }) => {
      await progress(taskId)
      const isBroken = plant.size === 3
      return {
        ok: !isBroken,
        rows: isBroken ? 1204 : total,
        brokenAt: isBroken ? 1205 : null,
        reason: isBroken ? 'row-changed' : null,
        checkpoints: 31,
        fingerprint,
      }
    },
    'audit.export': async ({ format, taskId }) => {
      await progress(taskId)
      return {
        folder: '/home/sari/.config/Nocturne/workspace/exports',
        fileName: `audit-20261123T084200Z-mh2k1x.${format === 'csv' ? 'csv' : 'jsonl'}`,
        rows: total,
        fingerprint: format === 'csv' ? null : fingerprint,
      }
    },
  }
}

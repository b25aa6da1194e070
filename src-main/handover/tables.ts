import type { HandoverNote } from '../../src-shared/contract/handover.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

interface NoteRow {
  readonly id: string
  readonly fromAt: number
  readonly toAt: number
  readonly text: string
  readonly takenBy: string
  readonly accountId: string | null
  readonly name: string | null
  readonly writtenAt: number
}

const mostShown = 100

export const createHandoverReads = (reader: StoreReader) => {
  const latest = reader.prepare<[], NoteRow>(
    `SELECT note.id, note.from_at AS fromAt, note.to_at AS toAt, note.text,
       note.taken_by AS takenBy, note.account_id AS accountId, account.name,
       note.written_at AS writtenAt
     FROM handover_note AS note LEFT JOIN account ON account.id = note.account_id
     ORDER BY note.written_at DESC, note.id DESC LIMIT ${mostShown}`,
  )
  return {
    /** The latest first. */
    latest: (): HandoverNote[] =>
      latest.all().map(({ id, fromAt, toAt, text, takenBy, accountId, name, writtenAt }) => ({
        id,
        from: fromAt,
        to: toAt,
        text,
        by: { accountId, name: name ?? '–' },
        takenBy,
        writtenAt,
      })),
  }
}

export const insertNote = (
  tx: Transaction,
  note: Omit<NoteRow, 'name'> & { readonly accountId: string },
): void => {
  tx.run(
    `INSERT INTO handover_note (id, from_at, to_at, text, taken_by, account_id, written_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    note.id,
    note.fromAt,
    note.toAt,
    note.text,
    note.takenBy,
    note.accountId,
    note.writtenAt,
  )
  tx.change({
    entity: 'handover-note',
    entityId: note.id,
    kind: 'created',
    version: 1,
    data: { from: note.fromAt, to: note.toAt, takenBy: note.takenBy },
  })
}

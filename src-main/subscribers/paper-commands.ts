import { createHash } from 'node:crypto'
import { NocturneError } from '../../src-shared/errors.ts'
import type { CallContext, CommandHandlers } from '../engine/handlers.ts'
import type { Transaction } from '../store/write-path.ts'
import { mediaTypeOf } from '../engine/file-types.ts'
import { noteChange } from './one-commands.ts'
import type { SubscribersDependencies } from './ports.ts'
import { subscriberIn, touch } from './tables.ts'
import { noteEvent } from './timeline.ts'

export type PaperCommand =
  | 'subscribers.saveNote'
  | 'subscribers.removeNote'
  | 'subscribers.addFile'
  | 'subscribers.removeFile'

/** So many files of one subscriber: a folder of papers, and no place to keep other things. */
const mostFiles = 100

/** Notes and documents. */
export const createPaperCommands = (
  deps: Pick<SubscribersDependencies, 'clock' | 'newId'> & { readonly changed: () => void },
): CommandHandlers<PaperCommand> => {
  const { clock, newId } = deps
  const by = ({ session }: CallContext): string | null => session?.accountId ?? null

  const told = (
    tx: Transaction,
    subscriberId: string,
    context: CallContext,
    event: {
      readonly kind: string
      readonly objectId: string
      readonly data?: Readonly<Record<string, string | number>>
    },
  ): void => {
    const at = clock.now()
    touch(tx, subscriberId, at)
    const objectKind = event.kind.startsWith('note') ? 'note' : 'file'
    noteEvent(tx, { ...event, subscriberId, at, objectKind, accountId: by(context) })
    noteChange(tx, subscriberId, subscriberIn(tx, subscriberId).version, [event.kind])
  }

  const noteAt = (
    tx: Transaction,
    { id, noteId, baseVersion }: { id: string; noteId: string; baseVersion: number },
  ): void => {
    const found = tx.get<{ version: number }>(
      `SELECT version FROM subscriber_note WHERE id = ? AND subscriber_id = ?`,
      noteId,
      id,
    )
    if (found === undefined) throw new NocturneError('not-found', { what: 'subscriber-note' })
    if (found.version !== baseVersion) {
      throw new NocturneError('conflict', { what: 'subscriber-note', version: found.version })
    }
  }

  return {
    'subscribers.saveNote': (input, context) => {
      const made = newId()
      return {
        apply: (tx) => {
          const at = clock.now()
          const { id, text, pinned, baseVersion } = input
          subscriberIn(tx, id)
          const version = baseVersion + 1
          if (input.noteId === null) {
            if (baseVersion !== 0) throw new NocturneError('conflict', { what: 'subscriber-note' })
            tx.run(
              `INSERT INTO subscriber_note (id, subscriber_id, version, text, pinned, account_id,
                created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
              made,
              id,
              version,
              text,
              pinned ? 1 : 0,
              by(context),
              at,
              at,
            )
          } else {
            noteAt(tx, { ...input, noteId: input.noteId })
            tx.run(
              `UPDATE subscriber_note SET version = ?, text = ?, pinned = ?, updated_at = ?
                WHERE id = ?`,
              version,
              text,
              pinned ? 1 : 0,
              at,
              input.noteId,
            )
          }
          const noteId = input.noteId ?? made
          const kind = input.noteId === null ? 'note-added' : 'note-changed'
          told(tx, id, context, { kind, objectId: noteId })
          return { noteId, version }
        },
        after: deps.changed,
      }
    },

    'subscribers.removeNote': (input, context) => ({
      apply: (tx) => {
        noteAt(tx, input)
        tx.run(`DELETE FROM subscriber_note WHERE id = ?`, input.noteId)
        told(tx, input.id, context, { kind: 'note-removed', objectId: input.noteId })
        return {}
      },
      after: deps.changed,
    }),

    'subscribers.addFile': ({ id, name, note, bytes }, context) => {
      const mediaType = mediaTypeOf(name, bytes)
      const fileId = newId()
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return {
        apply: (tx) => {
          subscriberIn(tx, id)
          const there = tx.all<{ sha256: string }>(
            `SELECT sha256 FROM subscriber_file WHERE subscriber_id = ?`,
            id,
          )
          if (there.length >= mostFiles) {
            throw new NocturneError('invalid-input', { field: 'file', rule: 'too_many' })
          }
          // The same paper twice is one paper.
          if (there.some((file) => file.sha256 === sha256)) {
            throw new NocturneError('conflict', { what: 'subscriber-file' })
          }
          tx.run(
            `INSERT INTO subscriber_file (id, subscriber_id, name, media_type, bytes, sha256, note,
              account_id, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
            fileId,
            id,
            name,
            mediaType,
            bytes.length,
            sha256,
            note,
            by(context),
            clock.now(),
          )
          tx.run(
            `INSERT INTO subscriber_file_content (file_id, content) VALUES (?, ?)`,
            fileId,
            bytes,
          )
          const data = { name, bytes: bytes.length }
          told(tx, id, context, { kind: 'file-added', objectId: fileId, data })
          return { fileId }
        },
        after: deps.changed,
      }
    },

    'subscribers.removeFile': ({ id, fileId }, context) => ({
      apply: (tx) => {
        const found = tx.get<{ name: string }>(
          `SELECT name FROM subscriber_file WHERE id = ? AND subscriber_id = ?`,
          fileId,
          id,
        )
        if (found === undefined) throw new NocturneError('not-found', { what: 'subscriber-file' })
        tx.run(`DELETE FROM subscriber_file WHERE id = ?`, fileId)
        told(tx, id, context, {
          kind: 'file-removed',
          objectId: fileId,
          data: { name: found.name },
        })
        return {}
      },
      after: deps.changed,
    }),
  }
}

import type { Transaction } from '../../store/write-path.ts'
import { deriveAnew } from '../derive.ts'
import { insertSubscriber } from '../one-commands.ts'
import type { ServiceRules } from '../service-commands.ts'
import { isCodeTaken, settingsIn, takeNextCode } from '../settings.ts'
import { insertAddress, insertContact, insertService } from '../tables.ts'
import { noteEvent } from '../timeline.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { ImportPlan, PlannedSubscriber } from './plan-import.ts'

/**
 * Puts a planned import in, all of it or nothing: what came between the preview and now (a code, an
 * ONU that got a service) refuses it with the line's own words.
 */
export const applyImport = (
  tx: Transaction,
  plan: ImportPlan,
  deps: {
    readonly importId: string
    readonly at: number
    readonly by: string | null
    readonly newId: () => string
    readonly rules: ServiceRules
  },
): void => {
  tx.run(
    `INSERT INTO subscriber_import (id, at, account_id, file_name, added) VALUES (?, ?, ?, ?, ?)`,
    deps.importId,
    deps.at,
    deps.by,
    plan.fileName,
    plan.planned.length,
  )
  for (const one of plan.planned) putOne(tx, one, deps)
}

const putOne = (
  tx: Transaction,
  one: PlannedSubscriber,
  { importId, at, by, newId, rules }: Parameters<typeof applyImport>[2],
): void => {
  const id = newId()
  if (one.code !== null && isCodeTaken(tx, one.code)) {
    throw new NocturneError('subscriber-code-taken', { code: one.code, line: one.line })
  }
  insertSubscriber(tx, {
    id,
    fields: {
      kind: one.kind,
      name: one.name,
      code: one.code ?? takeNextCode(tx),
      language: one.language,
      timeZone: null,
      currency: null,
      neverSuspend: false,
      neverSuspendReason: '',
      taxId: one.taxId,
      taxName: '',
      taxTreatment: 'standard',
      taxNote: '',
    },
    status: one.status,
    agentId: one.agentId,
    importId,
    at,
    by,
  })
  const contacts = Math.max(one.phones.length, one.emails.length)
  for (let position = 0; position < contacts; position++) {
    insertContact(tx, id, position, {
      id: newId(),
      role: position === 0 ? 'owner' : 'other',
      name: '',
      phone: one.phones[position] ?? '',
      email: one.emails[position] ?? '',
      channel: 'any',
      note: '',
      verifiedAt: null,
    })
  }
  const addressId = one.address === null ? null : newId()
  if (one.address !== null && addressId !== null) {
    insertAddress(tx, id, 0, {
      ...one.address,
      id: addressId,
      kind: 'service',
      label: '',
      country: one.address.country === '' ? settingsIn(tx).country : one.address.country,
    })
  }
  if (one.onu !== null || one.service !== null) {
    const serviceId = newId()
    const { oltId, serial } = one.onu ?? { oltId: null, serial: null }
    if (oltId !== null && serial !== null) rules.refuseTaken(tx, oltId, serial, serviceId)
    const isEnded = one.status === 'ended'
    insertService(
      tx,
      {
        id: serviceId,
        subscriberId: id,
        version: 1,
        name: one.service ?? 'Internet',
        addressId,
        state: isEnded ? 'ended' : serial === null ? 'planned' : 'live',
        oltId,
        serial,
        liveSince: serial === null ? null : at,
        endedAt: isEnded ? at : null,
        note: '',
      },
      at,
    )
  }
  if (one.note !== '') {
    tx.run(
      `INSERT INTO subscriber_note (id, subscriber_id, version, text, account_id, created_at,
        updated_at) VALUES (?, ?, 1, ?, ?, ?, ?)`,
      newId(),
      id,
      one.note,
      by,
      at,
      at,
    )
  }
  deriveAnew(tx, id)
  noteEvent(tx, { subscriberId: id, at, kind: 'imported', accountId: by, data: { line: one.line } })
}

const ofImport = `(SELECT id FROM subscriber WHERE import_id = ?)`
const numbersOfImport = `(SELECT number FROM subscriber WHERE import_id = ?)`

/** Subscribers of it to whom something happened since. */
export const builtUponSql = `SELECT count(*) AS count FROM subscriber s WHERE s.import_id = ?
  AND EXISTS (SELECT 1 FROM subscriber_event e WHERE e.subscriber_id = s.id
    AND e.kind <> 'imported')`

/** Errors: `import-built-upon`. What else names a subscriber (billing) refuses by its foreign key. */
export const undoImport = (tx: Transaction, importId: string, at: number): number => {
  const { count } = tx.get<{ count: number }>(builtUponSql, importId) ?? { count: 0 }
  if (count > 0) throw new NocturneError('import-built-upon', { count })
  for (const [table, column, of] of [
    ['subscriber_word', 'number', numbersOfImport],
    ['subscriber_olt', 'number', numbersOfImport],
    ['subscriber_event', 'subscriber_id', ofImport],
    ['subscriber_note', 'subscriber_id', ofImport],
    ['subscriber_service', 'subscriber_id', ofImport],
    ['subscriber_contact', 'subscriber_id', ofImport],
    ['subscriber_address', 'subscriber_id', ofImport],
  ] as const) {
    tx.run(`DELETE FROM ${table} WHERE ${column} IN ${of}`, importId)
  }
  const removed = tx.run(`DELETE FROM subscriber WHERE import_id = ?`, importId)
  tx.run(`UPDATE subscriber_import SET undone_at = ? WHERE id = ?`, at, importId)
  return removed
}

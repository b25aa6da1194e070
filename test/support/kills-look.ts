import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sensitiveReads } from '../../src-main/audit/kinds.ts'
import { createBackupKey } from '../../src-main/backups/backup-key.ts'
import { headerOf, viewBackup } from '../../src-main/backups/read-backup.ts'
import type { Store } from '../../src-main/store/open-store.ts'
import type { StoreReader } from '../../src-main/store/read-handle.ts'
import { envelopeIn } from '../../src-main/vault/backup-envelope.ts'
import type { WorkspaceKeys } from '../../src-main/vault/workspace-keys.ts'
import { proveHere } from './backups-bench.ts'
import type { Given } from './kills-messages.ts'

/** What is looked at in a workspace whose console was killed. Each returns what is wrong. */

/** What the dead one had said. */
export interface Said {
  readonly acknowledged: readonly Given[]
  /** Given, and neither acknowledged nor refused. */
  readonly pending: readonly Given[]
  readonly refused: readonly { readonly given: Given; readonly code: string }[]
  readonly complaints: readonly string[]
  readonly polled: number
}

const usualFiles =
  /^(?:store\.db(?:-lock|-wal|-shm)?|keys\.json|checkpoints\.jsonl|last-known\.bin(?:\.\w+)?|history|olt-families|exports)$/u

/** With the store open: nothing of a change of keys, and one entry of the keychain. */
export const wrongFiles = (dir: string, keychainFolder: string): string[] => {
  const strange = readdirSync(dir).filter((name) => !usualFiles.test(name))
  const entries = readdirSync(keychainFolder)
  return [
    ...strange.map((name) => `left behind: ${name}`),
    ...(entries.length === 1 ? [] : [`in the keychain: ${entries.join(', ')}`]),
  ]
}

export const wrongPages = (reader: StoreReader): string[] => {
  const found = reader
    .prepare<[], { integrity_check: string }>('SELECT integrity_check FROM pragma_integrity_check')
    .all()
  return found.map((row) => row.integrity_check).filter((text) => text !== 'ok')
}

/**
 * Every acknowledged command has its result and its audit row, no refused one has a result, and
 * none at all has one of the two alone. `ids`: of all acknowledged so far.
 */
export const wrongCommands = (reader: StoreReader, said: Said, ids: Set<string>): string[] => {
  const wrong: string[] = []
  for (const { commandId } of said.acknowledged) ids.add(commandId)
  const all = (sql: string): Set<string> =>
    new Set(
      reader
        .prepare<[], { id: string }>(sql)
        .all()
        .map(({ id }) => id),
    )
  const results = all('SELECT command_id AS id FROM command_result')
  const audited = all(`SELECT command_id AS id FROM audit WHERE outcome = 'done'`)
  const reads = [...sensitiveReads].map((name) => `'${name}'`).join(', ')
  const commandRows = all(
    `SELECT command_id AS id FROM audit WHERE outcome = 'done' AND name NOT IN (${reads})`,
  )
  for (const id of ids) {
    if (!results.has(id)) wrong.push(`lost: ${id}`)
    if (!audited.has(id)) wrong.push(`not audited: ${id}`)
  }
  for (const { given } of said.refused) {
    if (results.has(given.commandId)) wrong.push(`refused and done: ${given.name}`)
  }
  for (const id of results) if (!audited.has(id)) wrong.push(`half, no audit row: ${id}`)
  for (const id of commandRows) if (!results.has(id)) wrong.push(`half, no result: ${id}`)
  return wrong
}

type Kept = Exclude<Given['entity'], 'backup' | 'keys' | 'remark'>

const nameOf: Record<Kept, string> = {
  olt: 'SELECT name FROM olt WHERE id = ? AND deleted_at IS NULL',
  node: 'SELECT name FROM plant_node WHERE id = ? AND removed_with IS NULL',
  preset: 'SELECT name FROM provisioning_preset WHERE id = ?',
  role: 'SELECT name FROM role WHERE id = ?',
  employee: 'SELECT name FROM employee WHERE id = ?',
  handover: 'SELECT text AS name FROM handover_note WHERE id = ?',
}
const countOfName: Record<Kept, string> = {
  olt: 'SELECT count(*) AS count FROM olt WHERE name = ?',
  node: 'SELECT count(*) AS count FROM plant_node WHERE name = ?',
  preset: 'SELECT count(*) AS count FROM provisioning_preset WHERE name = ?',
  role: 'SELECT count(*) AS count FROM role WHERE name = ?',
  employee: 'SELECT count(*) AS count FROM employee WHERE name = ?',
  handover: 'SELECT count(*) AS count FROM handover_note WHERE text = ?',
}
const remarks = `SELECT text AS name FROM alarm_event WHERE kind = 'noted' AND alarm_id = ?
  AND text = ?`
const resultOf = 'SELECT result FROM command_result WHERE command_id = ?'
const idNames = ['oltId', 'id', 'presetId', 'roleId', 'employeeId']

/** `expected`: what the latest acknowledged command of each thing said it is. */
export const wrongThings = (
  reader: StoreReader,
  said: Said,
  expected: Map<string, Given>,
): string[] => {
  const wrong: string[] = []
  const isNow = ({ entity, key }: Given): string | null => {
    if (entity === 'remark') {
      const found = reader
        .prepare<string[], { name: string }>(remarks)
        .all(...(key ?? '').split('\n'))
      return found.length === 1 ? (found[0]?.name ?? null) : `${found.length} times`
    }
    const sql = nameOf[entity as Kept]
    return reader.prepare<[string], { name: string }>(sql).get(key ?? '')?.name ?? null
  }
  const resultText = (id: string): string | undefined =>
    reader.prepare<[string], { result: string }>(resultOf).get(id)?.result
  const isKept = ({ entity }: Given): boolean => entity !== 'backup' && entity !== 'keys'

  for (const given of said.acknowledged) {
    if (isKept(given)) expected.set(`${given.entity} ${given.key}`, given)
  }
  for (const given of said.pending.filter(isKept)) {
    const result = resultText(given.commandId)
    if (result === undefined) {
      // Not done, then nothing of it is there.
      if (given.key === null) {
        const sql = countOfName[given.entity as Kept]
        const found = reader.prepare<[string], { count: number }>(sql).get(given.is ?? '')
        if (found?.count !== 0) wrong.push(`half, there without its command: ${given.name}`)
      } else if (given.entity === 'remark' && isNow(given) !== '0 times') {
        wrong.push(`half, there without its command: ${given.name}`)
      }
      continue
    }
    // Done, and the console died before it said so.
    const value = JSON.parse(result) as Record<string, unknown>
    const made = idNames.map((name) => value[name]).find((id) => typeof id === 'string')
    const key = given.key ?? String(made)
    expected.set(`${given.entity} ${key}`, { ...given, key })
  }
  for (const given of expected.values()) {
    const is = isNow(given)
    if (is === given.is) continue
    wrong.push(`${given.entity} is ${is?.slice(0, 60)}, not ${given.is?.slice(0, 60)}`)
  }
  return wrong
}

/** The last one that is kept, and has proved itself, opens with the keys of now. */
export const wrongBackup = async (
  store: Store,
  keys: WorkspaceKeys,
  backupFolder: string,
  said: Said,
): Promise<string[]> => {
  const last = store.reader
    .prepare<[], { name: string }>(
      'SELECT name FROM backup_made WHERE problem IS NULL ORDER BY at DESC LIMIT 1',
    )
    .get()
  const acknowledged = said.acknowledged.findLast(({ entity }) => entity === 'backup')
  if (acknowledged !== undefined && (last?.name ?? '') < String(acknowledged.key)) {
    return [`the backup ${acknowledged.key} was forgotten`]
  }
  if (last === undefined) return []
  const path = join(backupFolder, last.name)
  if (!existsSync(path)) return [`the backup ${last.name} is not there`]
  const envelope = envelopeIn((await headerOf(path)).keyEnvelope)
  if (envelope === null || envelope.format !== 2) return [`${last.name} has no keys`]
  const opened = createBackupKey(store.reader, keys).open(envelope)
  if (opened === null) return [`${last.name} does not open`]
  try {
    await viewBackup(path, opened, proveHere)
    return []
  } catch (error) {
    return [`${last.name}: ${String(error)}`]
  } finally {
    opened.wipe()
  }
}

/** What the kill fell into, for the figures. `earlier`: parts of backups that lay there before. */
export const marksOf = (dir: string, backupFolder: string, earlier: Set<string>): string[] => {
  const files = readdirSync(dir)
  const marks: string[] = []
  if (files.some((name) => name.startsWith('keys-next'))) marks.push('in a change of keys')
  if (files.some((name) => name.includes('.rotating'))) marks.push('in writing the store anew')
  const journal = join(dir, 'store.db-wal')
  if (existsSync(journal) && statSync(journal).size > 0) marks.push('with a journal')
  const parts = readdirSync(backupFolder).filter((name) => name.includes('part'))
  if (parts.some((name) => !earlier.has(name))) marks.push('in a backup')
  for (const name of parts) earlier.add(name)
  return marks
}

import { NocturneError } from '../../src-shared/errors.ts'
import type { Connection } from './connection.ts'
import type { Migration } from './migrations/migration.ts'

/** 'Noct' in the header's application_id (offset 68), so that a stranger's file is not migrated. */
export const applicationId = 0x4e6f6374

export const schemaVersionOf = (connection: Connection): number =>
  Number(connection.pragma('user_version', { simple: true }))

/** The newest version that the given migrations lead to. */
export const newestVersion = (migrations: readonly Migration[]): number =>
  migrations.reduce((newest, migration) => Math.max(newest, migration.version), 0)

/**
 * Reads the version without changing a byte. Throws 'store-from-newer-version', and
 * 'store-damaged' for a file that is readable but not ours.
 */
export const checkVersion = (connection: Connection, migrations: readonly Migration[]): number => {
  const found = schemaVersionOf(connection)
  const application = Number(connection.pragma('application_id', { simple: true }))
  const empty = found === 0 && application === 0
  if (!empty && application !== applicationId) {
    throw new NocturneError('store-damaged', { what: 'application-id' })
  }
  const known = newestVersion(migrations)
  if (found > known) throw new NocturneError('store-from-newer-version', { found, known })
  return found
}

/** Runs what is missing, each migration in its own transaction. Returns the versions it ran. */
export const migrate = (
  connection: Connection,
  migrations: readonly Migration[],
): readonly number[] => {
  const from = checkVersion(connection, migrations)
  const ran: number[] = []
  let last = 0
  for (const migration of migrations) {
    if (migration.version <= last) throw new RangeError('migrations out of order')
    last = migration.version
    if (migration.version <= from) continue
    connection
      .transaction(() => {
        connection.exec(migration.sql)
        connection.pragma(`application_id = ${applicationId}`)
        connection.pragma(`user_version = ${migration.version}`)
      })
      .immediate()
    ran.push(migration.version)
  }
  return ran
}

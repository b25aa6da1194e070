import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { migrations } from '../../src-main/store/migrations/all.ts'
import { errorOf } from '../support/error-code.ts'
import {
  countOf,
  newFreshStore,
  openFreshStore,
  rawConnection,
  temporaryFolder,
  writeSetting,
} from '../support/store-workspace.ts'

const versionOf = (path: string): number =>
  Number(rawConnection(path).pragma('user_version', { simple: true }))

/** A store that stands where the given migration has not run yet. */
const storeBefore = (version: number): string => {
  const path = join(temporaryFolder(), 'ws', 'store.db')
  const raw = () => rawConnection(path)
  const earlier = migrations.filter((migration) => migration.version < version)
  if (earlier.length > 0) {
    openFreshStore(path, { migrations: earlier }).stop()
    raw().exec(`INSERT INTO setting VALUES ('kept', '"value"', 1)`)
  }
  return path
}

const olt = (id: string, host: string, port: number, deletedAt: string, optics = 'B+') =>
  `INSERT INTO olt (id, name, host, port, snmp_version, community_sealed, optic_class,
    intervals_s, created_at, updated_at, deleted_at)
    VALUES ('${id}', 'n', '${host}', ${port}, '2c', x'00', '${optics}', '{}', 1, 1, ${deletedAt});`

describe('a migration', () => {
  test('that fails leaves nothing of itself, and keeps the ones before it', () => {
    const path = join(temporaryFolder(), 'ws', 'store.db')
    const broken = { version: 990, name: 'broken', sql: 'CREATE TABLE half (a) STRICT; nonsense' }
    expect(() => openFreshStore(path, { migrations: [...migrations, broken] })).toThrow()
    const sql = `CREATE TABLE half (a TEXT) STRICT; SELECT * FROM no_such_table`
    const alsoBroken = { version: 990, name: 'broken', sql }
    expect(() => openFreshStore(path, { migrations: [...migrations, alsoBroken] })).toThrow()
    expect(versionOf(path)).toBe(migrations.at(-1)?.version)
    const store = openFreshStore(path)
    const names = store.reader.prepare(`SELECT name FROM sqlite_schema WHERE name = 'half'`).all()
    expect(names).toEqual([])
  })

  test('out of order is a bug that stops the start', () => {
    const path = join(temporaryFolder(), 'ws', 'store.db')
    const swapped = [...migrations.slice(0, 1), ...migrations.slice(1, 3).toReversed()]
    expect(() => openFreshStore(path, { migrations: swapped })).toThrow(RangeError)
  })

  test('runs once', () => {
    const store = newFreshStore()
    writeSetting(store, 1)
    store.stop()
    const again = openFreshStore(store.path)
    expect(again.schemaVersion).toBe(migrations.at(-1)?.version)
    expect(countOf(again, 'setting')).toBe(1)
  })

  test.each(migrations.map((migration) => [migration.version, migration.name] as const))(
    '%i (%s) brings a store of the version before it up to date and keeps its data',
    (version) => {
      const path = storeBefore(version)
      const upTo = migrations.filter((migration) => migration.version <= version)
      const store = openFreshStore(path, { migrations: upTo })
      expect(store.schemaVersion).toBe(version)
      expect(countOf(store, 'setting')).toBe(version === 10 ? 0 : 1)
    },
  )

  test('50 (snmp-access) leaves an OLT of before with its sealed community, as v2c', () => {
    const path = storeBefore(50)
    const raw = rawConnection(path)
    raw.exec(olt('a', 'olt.example', 161, 'NULL'))
    raw.close()
    const store = openFreshStore(path)
    expect(
      store.reader
        .prepare('SELECT snmp_version, sealed_as, snmp_user, community_sealed FROM olt')
        .all(),
    ).toEqual([
      {
        snmp_version: '2c',
        sealed_as: 'community',
        snmp_user: null,
        community_sealed: Buffer.from([0]),
      },
    ])
  })

  test('150 (access) keeps accounts, and what other tables say of them', () => {
    const path = storeBefore(150)
    const raw = rawConnection(path)
    raw.exec(`INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at)
        VALUES ('a', 'Nadia', 'nadia', '$argon2id$x', 'owner', 3, 4);
      INSERT INTO handover_note VALUES ('n', 1, 2, 'text', 'by', 'a', 3);`)
    raw.close()
    const store = openFreshStore(path)
    expect(
      store.reader
        .prepare(
          `SELECT account.id, account.name, login, password_hash, role, created_at, version, note.id AS note
           FROM account JOIN handover_note AS note ON note.account_id = account.id`,
        )
        .all(),
    ).toEqual([
      {
        id: 'a',
        name: 'Nadia',
        login: 'nadia',
        password_hash: '$argon2id$x',
        role: 'owner',
        created_at: 3,
        version: 1,
        note: 'n',
      },
    ])
    // The keys between them hold as before.
    const after = rawConnection(path)
    after.pragma('foreign_keys = ON')
    expect(after.pragma('foreign_key_check')).toEqual([])
    expect(() => after.exec(`DELETE FROM account`)).toThrow(/constraint failed/u)
  })

  test('is never edited once landed', () => {
    const marks = migrations.map(({ version, name, sql }) => [
      version,
      name,
      createHash('sha256').update(sql).digest('hex').slice(0, 16),
    ])
    // A change here breaks stores that exist: write the next migration instead.
    expect(marks).toEqual([
      [10, 'settings', '2abbba278bdf3f70'],
      [20, 'write-path', 'fb63932e262efa4f'],
      [30, 'accounts', 'e4dd7e9368837e63'],
      [40, 'olts', '192309055001d825'],
      [50, 'snmp-access', '63a4f73f03af7cfb'],
      [60, 'olt-care', '11fb865109019eda'],
      [70, 'family-trust', 'b9fdd56f48bf2ce8'],
      [80, 'alarms', '66da84f2fe0ea27c'],
      [90, 'outages', '6a4adf3a463f2e22'],
      [100, 'plant', '5fcec221f228b345'],
      [110, 'handover', '8992c4e8370cc849'],
      [120, 'olt-cli', 'ab2c720b9c896a34'],
      [130, 'provisioning', '9ff5454f7aec0a3d'],
      [140, 'olt-backups', 'cb5471977522b939'],
      [150, 'access', 'c383b9b68af15626'],
      [160, 'sign-ins', '0da59405c6c175fe'],
      [170, 'audit', 'aa03ec2ccd4bcff0'],
      [180, 'backups', 'ab6654d0d21ac453'],
      [200, 'company-sign-in', 'dfe37b5f0b4ea174'],
      [210, 'approvals', 'f00af84b8c65496e'],
      [220, 'scopes', 'ab50730e3a413f4c'],
      [230, 'subscribers', '84f1ca721e61f9fa'],
      [240, 'plans', '963adbd22754e489'],
      [250, 'billing', '68db50c71484b55b'],
      [260, 'payments', 'fb0eb8492226ce50'],
      [270, 'cash sessions', '10fb19ee530ae10a'],
      [280, 'service-wishes', 'd6b093db7856c79f'],
      [290, 'dunning', '8d43de6eaa119d53'],
      [300, 'write-offs', '1011555962eeb487'],
      [320, 'papers', 'ebcb63b851180310'],
      [330, 'bank', 'db81ab8d2c676b1a'],
      [350, 'reconciliation', '6d36c1d0bd77eaad'],
      [360, 'prepaid', '915bb2bb2804c2fd'],
      [370, 'paypal', 'ec7c6cfddb83e58f'],
      [380, 'agents', '4a3f46cfcf284ee6'],
      [400, 'tickets', '2bff89c5227e7409'],
      [410, 'ticket-promises', '85d8f00d5c0472da'],
      [420, 'ticket-desk', 'ea190e874fb3a738'],
      [430, 'invoice-numbering', 'bb8c425c069370d1'],
      [440, 'ticket-rounds', '485c1ee83c63b538'],
      [445, 'paypal-ended', '3b4dac40d9fcc998'],
      [460, 'work-orders', '4e9bcd1e93563424'],
    ])
  })
})

describe('the tables refuse', () => {
  const refuse = (sql: string) => {
    const store = newFreshStore()
    const raw = rawConnection(store.path)
    expect(() => raw.exec(sql), sql).toThrow(/constraint failed|cannot store/u)
  }
  const account = (id: string, login: string, hash: string, disabledAt: string, role: string) =>
    `INSERT INTO account (id, name, login, password_hash, role, created_at, updated_at, disabled_at)
      VALUES ('${id}', 'n', '${login}', '${hash}', '${role}', 1, 1, ${disabledAt});`

  test('a second live OLT at the same address, whatever the case of its name', () => {
    refuse(olt('a', 'olt.example', 161, 'NULL') + olt('b', 'OLT.example', 161, 'NULL'))
    const raw = rawConnection(newFreshStore().path)
    raw.exec(
      olt('a', 'olt.example', 161, '5') +
        olt('b', 'olt.example', 161, 'NULL') +
        olt('c', 'olt.example', 1161, 'NULL'),
    )
  })

  test('an OLT with a port or an optic class that does not exist', () => {
    refuse(olt('a', 'h', 0, 'NULL'))
    refuse(olt('a', 'h', 65_536, 'NULL'))
    refuse(olt('a', 'h', 161, 'NULL', 'A+'))
  })

  test('a password that is no hash, a second login of the same name, a second or disabled owner', () => {
    const hash = '$argon2id$x'
    refuse(account('a', 'me', 'plain', 'NULL', 'support'))
    refuse(account('a', 'me', '$1$old', 'NULL', 'support'))
    refuse(account('a', 'me', hash, 'NULL', 'support') + account('b', 'ME', hash, '5', 'support'))
    refuse(account('a', 'me', hash, 'NULL', 'owner') + account('b', 'you', hash, 'NULL', 'owner'))
    refuse(account('a', 'me', hash, '5', 'owner'))
    const raw = rawConnection(newFreshStore().path)
    raw.exec(account('a', 'me', hash, 'NULL', 'owner') + account('b', 'b', '$2y$x', '5', 'support'))
  })

  test('values of another type, and settings that are no JSON', () => {
    refuse(`INSERT INTO setting VALUES ('a', '1', 'yesterday')`)
    refuse(`INSERT INTO setting VALUES ('a', 'not json', 1)`)
  })

  test('nothing else: errorOf is not fooled by a store that opens', () => {
    expect(() => errorOf(() => newFreshStore())).toThrow('nothing was thrown')
  })
})

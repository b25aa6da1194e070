import type { Migration } from './migration.ts'

/** Families of one's own that the owner trusts, by name and by the SHA-256 of their profile. */
export const familyTrust: Migration = {
  version: 70,
  name: 'family-trust',
  sql: `
    CREATE TABLE family_trust (
      family TEXT PRIMARY KEY,
      content_hash TEXT NOT NULL CHECK (length(content_hash) = 64),
      trusted_at INTEGER NOT NULL,
      trusted_by TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
}

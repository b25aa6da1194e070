import type { Migration } from './migration.ts'

/**
 * How an OLT is to be treated: whether every ONU is asked for its light, and the quiet switch
 * (`quiet_since` null: off; `quiet_until` null while it is on: until someone ends it).
 */
export const oltCare: Migration = {
  version: 60,
  name: 'olt-care',
  sql: `
    ALTER TABLE olt ADD COLUMN optics_polling TEXT NOT NULL DEFAULT 'family'
      CHECK (optics_polling IN ('family', 'on', 'off'));
    ALTER TABLE olt ADD COLUMN quiet_since INTEGER;
    ALTER TABLE olt ADD COLUMN quiet_until INTEGER;
  `,
}

import type { Migration } from './migration.ts'

/**
 * SNMP v1 and v3 beside v2c. `community_sealed` now holds the whole way in: `sealed_as` says how,
 * 'community' for the bare v2c community of the rows that stood before, 'access' for JSON (see
 * network/snmp-access.ts). `snmp_user` is what may be shown of an SNMPv3 user, as JSON.
 */
export const snmpAccess: Migration = {
  version: 50,
  name: 'snmp-access',
  sql: `
    ALTER TABLE olt ADD COLUMN sealed_as TEXT NOT NULL DEFAULT 'community'
      CHECK (sealed_as IN ('community', 'access'));
    ALTER TABLE olt ADD COLUMN snmp_user TEXT CHECK (snmp_user IS NULL OR json_valid(snmp_user));
  `,
}

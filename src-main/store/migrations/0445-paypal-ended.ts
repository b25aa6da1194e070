import type { Migration } from './migration.ts'

/** Links that ended lately are found by when they did: in years there are many, and few of them lately. */
export const payPalEnded: Migration = {
  version: 445,
  name: 'paypal-ended',
  sql: `
    CREATE INDEX provider_order_ended ON provider_order (account_key, ended_at)
      WHERE ended_at IS NOT NULL;
  `,
}

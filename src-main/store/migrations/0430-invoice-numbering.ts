import type { Migration } from './migration.ts'

/**
 * The number before is looked up in the index of numbers, which holds those that have one: asked
 * without saying so, it was read off every document, and the hundred-thousandth took long to issue.
 */
export const invoiceNumbering: Migration = {
  version: 430,
  name: 'invoice-numbering',
  sql: `
    DROP TRIGGER invoice_numbered;
    CREATE TRIGGER invoice_numbered BEFORE UPDATE ON invoice
    WHEN OLD.status = 'draft' AND NEW.status = 'issued' AND NEW.sequence <> 1 + (SELECT coalesce(max(sequence), 0)
      FROM invoice WHERE series_id = NEW.series_id AND sequence IS NOT NULL)
    BEGIN SELECT RAISE(ABORT, 'a number was left out or taken twice'); END;
  `,
}

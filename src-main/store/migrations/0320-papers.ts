import type { Migration } from './migration.ts'

/**
 * What was handed out: the hash of each paper as it was rendered first, with what it showed that no
 * other table keeps (codes to pay by, the seller on a receipt). Nothing of it is ever changed. And how
 * papers and the journal are made.
 */

const refuse = (why: string): string => `BEGIN SELECT RAISE(ABORT, '${why}'); END;`

export const papers: Migration = {
  version: 320,
  name: 'papers',
  sql: `
    CREATE TABLE paper (
      subject_kind TEXT NOT NULL CHECK (subject_kind IN ('document', 'receipt', 'reversed-receipt')),
      -- Of the document or the payment.
      subject_id TEXT NOT NULL,
      size TEXT NOT NULL CHECK (size IN ('a4', '80mm', '58mm')),
      language TEXT NOT NULL CHECK (length(language) = 2),
      -- Goes up when papers are drawn in another way.
      template INTEGER NOT NULL CHECK (template >= 1),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
      bytes INTEGER NOT NULL CHECK (bytes > 0),
      shown TEXT NOT NULL CHECK (json_valid(shown)),
      at INTEGER NOT NULL,
      PRIMARY KEY (subject_kind, subject_id, size, language, template)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER paper_stays BEFORE UPDATE ON paper ${refuse('a paper that was handed out is never changed')}
    CREATE TRIGGER paper_kept BEFORE DELETE ON paper ${refuse('a paper that was handed out is never forgotten')}

    CREATE TABLE paper_settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL CHECK (version >= 1),
      settings TEXT NOT NULL CHECK (json_valid(settings))
    ) STRICT;
    INSERT INTO paper_settings (id, version, settings) VALUES (1, 1, '{"transfer":{"iban":"","bic":"",
      "name":""},"shopCode":"","accounts":{"receivable":"1200","revenue":"4000","tax":"2200",
      "rounding":"4900","cash":"1000","transfer":"1010","card":"1020","paypal":"1030",
      "voucher":"2300","other":"1090","opening":"3900","adjustment":"4910","writeOff":"6800",
      "fee":"4800"},"taxAccounts":[]}');
  `,
}

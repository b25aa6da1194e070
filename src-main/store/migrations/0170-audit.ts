import type { Migration } from './migration.ts'

/**
 * The second format of the audit trail (store/audit-chain.ts): more is said in each row, its details
 * lie sealed beside it, and its head is signed from time to time. Rows of the first format stay as
 * they are. In `subject_key` the workspace's own key has the empty id; an erased person's key is
 * NULL, with the command that erased it.
 */
export const audit: Migration = {
  version: 170,
  name: 'audit',
  sql: `
    ALTER TABLE audit ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format IN (1, 2));
    ALTER TABLE audit ADD COLUMN device TEXT;
    ALTER TABLE audit ADD COLUMN reason TEXT;
    ALTER TABLE audit ADD COLUMN category TEXT;
    ALTER TABLE audit ADD COLUMN severity TEXT;
    ALTER TABLE audit ADD COLUMN object_kind TEXT;
    ALTER TABLE audit ADD COLUMN object_id TEXT;
    ALTER TABLE audit ADD COLUMN subject_id TEXT;
    ALTER TABLE audit ADD COLUMN detail_hash BLOB
      CHECK (detail_hash IS NULL OR length(detail_hash) = 32);
    CREATE INDEX audit_by_account ON audit (account_id, seq) WHERE account_id IS NOT NULL;
    CREATE INDEX audit_by_object ON audit (object_kind, object_id, seq) WHERE object_id IS NOT NULL;
    CREATE INDEX audit_by_subject ON audit (subject_id, seq) WHERE subject_id IS NOT NULL;
    CREATE INDEX change_feed_by_command ON change_feed (command_id);

    CREATE TABLE audit_detail (
      seq INTEGER PRIMARY KEY,
      sealed BLOB NOT NULL
    ) STRICT;

    CREATE TABLE subject_key (
      subject_id TEXT PRIMARY KEY,
      sealed BLOB,
      created_at INTEGER NOT NULL,
      erased_at INTEGER,
      erased_by TEXT,
      CHECK ((sealed IS NULL) = (erased_at IS NOT NULL)),
      CHECK ((erased_at IS NULL) = (erased_by IS NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_signer (
      fingerprint TEXT PRIMARY KEY,
      public_key BLOB NOT NULL,
      private_sealed BLOB NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_checkpoint (
      seq INTEGER PRIMARY KEY,
      day TEXT NOT NULL,
      at INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      fingerprint TEXT NOT NULL REFERENCES audit_signer (fingerprint),
      signature BLOB NOT NULL CHECK (length(signature) = 64)
    ) STRICT;

    CREATE TRIGGER audit_detail_no_update BEFORE UPDATE ON audit_detail
      BEGIN SELECT RAISE(ABORT, 'audit_detail is append-only'); END;
    CREATE TRIGGER audit_detail_no_delete BEFORE DELETE ON audit_detail
      BEGIN SELECT RAISE(ABORT, 'audit_detail is append-only'); END;
    CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint
      BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
    CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint
      BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only'); END;
    CREATE TRIGGER subject_key_no_delete BEFORE DELETE ON subject_key
      BEGIN SELECT RAISE(ABORT, 'a key is erased, never forgotten'); END;
  `,
}

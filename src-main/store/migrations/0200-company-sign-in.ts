import type { Migration } from './migration.ts'

/**
 * Signing in with a company's OpenID Connect provider: its settings (the client secret sealed under
 * purpose `company_sign_in.secret`), and which account is whom there. A person there is one
 * account's here (issuer, claim and its value), an account has one link. The history of sign-ins
 * knows the new means. And of accounts that were imported with the hash of a password: when, and
 * with which import.
 */
export const companySignIn: Migration = {
  version: 200,
  name: 'company-sign-in',
  sql: `
    CREATE TABLE company_sign_in (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      version INTEGER NOT NULL,
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      label TEXT NOT NULL,
      issuer TEXT NOT NULL,
      client_id TEXT NOT NULL,
      secret_sealed BLOB,
      scopes TEXT NOT NULL CHECK (json_valid(scopes)),
      claim TEXT NOT NULL,
      link_by_email INTEGER NOT NULL CHECK (link_by_email IN (0, 1)),
      factor_values TEXT NOT NULL CHECK (json_valid(factor_values)),
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE company_link (
      account_id TEXT PRIMARY KEY REFERENCES account (id),
      issuer TEXT NOT NULL,
      claim TEXT NOT NULL,
      subject TEXT NOT NULL,
      company_only INTEGER NOT NULL CHECK (company_only IN (0, 1)),
      linked_at INTEGER NOT NULL,
      how TEXT NOT NULL CHECK (how IN ('own', 'administrator', 'e-mail')),
      UNIQUE (issuer, claim, subject)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sign_in_next (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      account_id TEXT REFERENCES account (id),
      result TEXT NOT NULL CHECK (result IN ('done', 'wrong-password', 'wrong-code', 'throttled',
        'disabled', 'unlocked', 'stepped-up', 'company-only', 'not-linked')),
      means TEXT NOT NULL CHECK (means IN ('password', 'totp', 'recovery-code', 'recovery-kit',
        'one-time-code', 'oidc')),
      device TEXT NOT NULL,
      addresses TEXT NOT NULL CHECK (json_valid(addresses)),
      suspicions TEXT NOT NULL CHECK (json_valid(suspicions)),
      own_answer TEXT CHECK (own_answer IN ('known', 'not-known')),
      owner_answer TEXT CHECK (owner_answer IN ('known', 'not-known'))
    ) STRICT;
    INSERT INTO sign_in_next SELECT seq, id, at, account_id, result, means, device, addresses,
      suspicions, own_answer, owner_answer FROM sign_in;
    DROP TABLE sign_in;
    ALTER TABLE sign_in_next RENAME TO sign_in;
    CREATE INDEX sign_in_of ON sign_in (account_id, at);
    CREATE INDEX sign_in_at ON sign_in (at);

    ALTER TABLE account ADD COLUMN password_imported_at INTEGER;
    ALTER TABLE account ADD COLUMN import_id TEXT;
    CREATE INDEX account_import ON account (import_id) WHERE import_id IS NOT NULL;
  `,
}

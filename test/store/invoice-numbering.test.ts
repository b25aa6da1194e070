import { expect, test } from 'vitest'
import { openFreshStoreFile, rawConnection } from '../support/store-workspace.ts'

const filled = () => {
  const raw = rawConnection(openFreshStoreFile())
  raw.pragma('foreign_keys = ON')
  raw.exec(`
    INSERT INTO subscriber (id, version, code, code_key, kind, name, name_key, status,
      status_since, language, created_at, updated_at)
      VALUES ('s', 1, 'S', 'S', 'person', 'S', 's', 'active', 0, 'en', 0, 0);
    INSERT INTO number_series (id, kind, installation, year) VALUES ('n', 'invoice', 'A', 2026);`)
  return raw
}

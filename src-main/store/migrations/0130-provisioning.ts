import type { Migration } from './migration.ts'

/**
 * Guarded changes: plans with their targets and steps (the journal), what the console holds of each
 * ONU, presets, ONUs announced, catalogues, speeds, wanted service states, mismatches. Addresses are
 * packed (domain/onu-address.ts); configurations and steps are JSON of the contract's shapes. An OLT
 * that was removed keeps its journal, so nothing here refers to `olt`.
 */
export const provisioning: Migration = {
  version: 130,
  name: 'provisioning',
  sql: `
    CREATE TABLE provisioning_plan (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      kind TEXT NOT NULL,
      change TEXT NOT NULL CHECK (json_valid(change)),
      undoes TEXT,
      undone_by TEXT,
      state TEXT NOT NULL CHECK (state IN ('draft', 'expired', 'discarded', 'running', 'canary-wait',
        'paused', 'stopped', 'interrupted', 'done', 'failed')),
      stop_reason TEXT CHECK (json_valid(stop_reason)),
      risk TEXT NOT NULL CHECK (risk IN ('read', 'disruptive', 'destructive')),
      account_id TEXT,
      made_by TEXT,
      origin TEXT NOT NULL,
      reason TEXT NOT NULL,
      pace TEXT NOT NULL CHECK (json_valid(pace)),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      started_at INTEGER,
      ended_at INTEGER,
      canary_passed INTEGER NOT NULL DEFAULT 0 CHECK (canary_passed IN (0, 1)),
      olts TEXT NOT NULL CHECK (json_valid(olts)),
      warnings TEXT NOT NULL CHECK (json_valid(warnings)),
      left_out TEXT NOT NULL CHECK (json_valid(left_out)),
      -- Passwords of this change, sealed; wiped when the plan ends.
      passwords_sealed BLOB
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisioning_plan_by_time ON provisioning_plan (created_at DESC);
    CREATE INDEX provisioning_plan_by_state ON provisioning_plan (state, created_at DESC);

    CREATE TABLE provisioning_target (
      plan_id TEXT NOT NULL,
      seq INTEGER NOT NULL,
      -- Where it is, and where it will be: the same unless it moves.
      olt_id TEXT NOT NULL,
      olt_name TEXT NOT NULL,
      address INTEGER NOT NULL,
      olt_after_id TEXT NOT NULL,
      address_after INTEGER NOT NULL,
      serial TEXT NOT NULL,
      serial_after TEXT NOT NULL,
      name TEXT,
      -- Null: not there.
      config_before TEXT CHECK (json_valid(config_before)),
      config_after TEXT CHECK (json_valid(config_after)),
      state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'unchanged', 'failed',
        'unknown', 'skipped')),
      problem TEXT CHECK (json_valid(problem)),
      risk TEXT NOT NULL,
      service_loss_s REAL,
      canary INTEGER NOT NULL CHECK (canary IN (0, 1)),
      -- Something was sent: from then on nothing is sent without reading back first.
      begun INTEGER NOT NULL DEFAULT 0 CHECK (begun IN (0, 1)),
      started_at INTEGER,
      ended_at INTEGER,
      -- As it was read back; 'null': it was not there.
      config_read TEXT CHECK (json_valid(config_read)),
      read_at INTEGER,
      -- Which target of the plan that is undone.
      undoes_seq INTEGER,
      undone_by TEXT,
      PRIMARY KEY (plan_id, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisioning_target_by_state ON provisioning_target (plan_id, state, olt_id, seq);
    CREATE INDEX provisioning_target_by_serial ON provisioning_target (serial);
    CREATE INDEX provisioning_target_by_serial_after ON provisioning_target (serial_after);
    CREATE INDEX provisioning_target_by_place ON provisioning_target (olt_id, address);

    -- A target of -1: the step belongs to the OLT (save), not to an ONU.
    CREATE TABLE provisioning_step (
      plan_id TEXT NOT NULL,
      target INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      olt_id TEXT NOT NULL,
      kind TEXT NOT NULL,
      step TEXT NOT NULL CHECK (json_valid(step)),
      rendered TEXT NOT NULL CHECK (json_valid(rendered)),
      unproven INTEGER NOT NULL CHECK (unproven IN (0, 1)),
      state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'done', 'refused', 'unknown',
        'skipped')),
      problem TEXT CHECK (json_valid(problem)),
      exchanges TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(exchanges)),
      started_at INTEGER,
      ended_at INTEGER,
      PRIMARY KEY (plan_id, target, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisioning_step_sending ON provisioning_step (plan_id) WHERE state = 'sending';

    -- What the console holds of an ONU: read back after a change, adopted, or accepted.
    CREATE TABLE provisioning_record (
      olt_id TEXT NOT NULL,
      address INTEGER NOT NULL,
      serial TEXT NOT NULL,
      config TEXT NOT NULL CHECK (json_valid(config)),
      at INTEGER NOT NULL,
      plan_id TEXT,
      PRIMARY KEY (olt_id, address)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisioning_record_by_serial ON provisioning_record (serial);

    -- The last reading of an ONU that somebody asked for.
    CREATE TABLE provisioning_reading (
      olt_id TEXT NOT NULL,
      address INTEGER NOT NULL,
      config TEXT NOT NULL CHECK (json_valid(config)),
      at INTEGER NOT NULL,
      PRIMARY KEY (olt_id, address)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE provisioning_preset (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      position INTEGER NOT NULL,
      enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
      auto INTEGER NOT NULL CHECK (auto IN (0, 1)),
      conditions TEXT NOT NULL CHECK (json_valid(conditions)),
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      speed_id TEXT,
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE provisioning_saved (
      id TEXT PRIMARY KEY,
      serial TEXT NOT NULL UNIQUE,
      settings TEXT NOT NULL CHECK (json_valid(settings)),
      speed_id TEXT,
      olt_id TEXT,
      pon INTEGER,
      auto INTEGER NOT NULL CHECK (auto IN (0, 1)),
      note TEXT NOT NULL,
      saved_by TEXT,
      created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE provisioning_catalogue (
      olt_id TEXT PRIMARY KEY,
      lists TEXT NOT NULL CHECK (json_valid(lists)),
      read_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE provisioning_speed (
      id TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      down_kbps INTEGER NOT NULL CHECK (down_kbps > 0),
      up_kbps INTEGER NOT NULL CHECK (up_kbps > 0),
      on_olts TEXT NOT NULL CHECK (json_valid(on_olts)),
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE provisioning_service (
      olt_id TEXT NOT NULL,
      address INTEGER NOT NULL,
      serial TEXT NOT NULL,
      desired TEXT NOT NULL CHECK (desired IN ('active', 'suspended', 'removed')),
      desired_since INTEGER NOT NULL,
      desired_by TEXT,
      reason TEXT NOT NULL,
      actual TEXT NOT NULL CHECK (actual IN ('active', 'suspended', 'removed', 'unknown')),
      actual_at INTEGER,
      agrees_since INTEGER,
      tries INTEGER NOT NULL DEFAULT 0,
      next_try_at INTEGER,
      problem TEXT CHECK (json_valid(problem)),
      plan_id TEXT,
      PRIMARY KEY (olt_id, address)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisioning_service_open ON provisioning_service (next_try_at)
      WHERE agrees_since IS NULL;

    CREATE TABLE provisioning_mismatch (
      id TEXT PRIMARY KEY,
      olt_id TEXT NOT NULL,
      address INTEGER NOT NULL,
      serial TEXT NOT NULL,
      kinds TEXT NOT NULL CHECK (json_valid(kinds)),
      differences TEXT NOT NULL CHECK (json_valid(differences)),
      -- Null: it is not on the OLT.
      config TEXT CHECK (json_valid(config)),
      found_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX provisioning_mismatch_by_olt ON provisioning_mismatch (olt_id, address);

    CREATE TABLE provisioning_scan (
      olt_id TEXT PRIMARY KEY,
      at INTEGER,
      compared INTEGER NOT NULL,
      unrecorded INTEGER NOT NULL,
      problem TEXT CHECK (json_valid(problem))
    ) STRICT, WITHOUT ROWID;

    -- ONUs that a scan found and nobody adopted yet.
    CREATE TABLE provisioning_unrecorded (
      olt_id TEXT NOT NULL,
      address INTEGER NOT NULL,
      config TEXT NOT NULL CHECK (json_valid(config)),
      at INTEGER NOT NULL,
      PRIMARY KEY (olt_id, address)
    ) STRICT, WITHOUT ROWID;
  `,
}

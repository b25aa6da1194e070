import { z } from 'zod'
import {
  alarmRule,
  alarmSettings,
  type AlarmRule,
  type AlarmSettings,
} from '../../../src-shared/contract/alarms-model.ts'
import { alarmTypes, type AlarmType } from '../../../src-shared/domain/alarm-rules.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'

const settingsKey = 'alarms'
const backupKey = 'backup:last'

export interface ImportantOnu {
  readonly oltId: string
  /** Packed. */
  readonly address: number
  readonly label: string
  /** Wall ms. */
  readonly at: number
}

export interface GuideNote {
  readonly text: string
  readonly accountId: string | null
  /** Wall ms. */
  readonly at: number
}

/** As backups/tables.ts keeps them. */
const backupSettingsKey = 'backup:settings'
const backupSchedule = z.object({
  schedule: z.object({ every: z.enum(['off', 'hour', 'day']) }),
})

export const createRuleReads = (reader: StoreReader) => {
  const setting = reader.prepare<[string], { value: string }>(
    'SELECT value FROM setting WHERE key = ?',
  )
  const rules = reader.prepare<[], { type: string; rule: string }>(
    'SELECT type, rule FROM alarm_rule',
  )
  const important = reader.prepare<[], ImportantOnu>(
    'SELECT olt_id AS oltId, address, label, at FROM important_onu ORDER BY at DESC, olt_id, address',
  )
  const note = reader.prepare<[string], GuideNote>(
    'SELECT text, account_id AS accountId, at FROM guide_note WHERE type = ?',
  )
  const raised = reader.prepare<[number], { type: string; times: number }>(
    `SELECT alarm.type AS type, sum(alarm_event.times) AS times
     FROM alarm_event JOIN alarm ON alarm.id = alarm_event.alarm_id
     WHERE alarm_event.kind IN ('raised', 'repeated') AND alarm_event.at >= ?
     GROUP BY alarm.type`,
  )
  const first = reader.prepare<[], { at: number }>('SELECT at FROM audit ORDER BY seq LIMIT 1')
  const read = (key: string): unknown => {
    const row = setting.get(key)
    return row === undefined ? undefined : JSON.parse(row.value)
  }
  return {
    /** Those that were changed; one that cannot be read, or whose type is gone, is left out. */
    rules(): Map<AlarmType, AlarmRule> {
      const found = new Map<AlarmType, AlarmRule>()
      for (const row of rules.all()) {
        const type = alarmTypes.find((known) => known === row.type)
        const parsed = alarmRule.safeParse(JSON.parse(row.rule))
        if (type !== undefined && parsed.success) found.set(type, parsed.data)
      }
      return found
    },
    settings(otherwise: AlarmSettings): AlarmSettings {
      const parsed = alarmSettings.safeParse(read(settingsKey))
      return parsed.success ? parsed.data : otherwise
    },
    important: (): readonly ImportantOnu[] => important.all(),
    note: (type: AlarmType): GuideNote | undefined => note.get(type),
    /** How often each type was raised since then, wall ms. */
    raisedSince: (at: number): ReadonlyMap<string, number> =>
      new Map(raised.all(at).map(({ type, times }) => [type, times])),
    /** When the last backup was made, wall ms; null: never. */
    lastBackupAt(): number | null {
      const parsed = z.object({ at: z.number() }).safeParse(read(backupKey))
      return parsed.success ? parsed.data.at : null
    },
    /** In how many days a backup's own schedule has one for sure; null: nothing is scheduled. */
    backupPromisedDays(): number | null {
      const parsed = backupSchedule.safeParse(read(backupSettingsKey))
      if (!parsed.success || parsed.data.schedule.every === 'off') return null
      return parsed.data.schedule.every === 'hour' ? 1 : 2
    },
    /** When the workspace was made: its first audited act. */
    createdAt: (): number | null => first.get()?.at ?? null,
  }
}

export type RuleReads = ReturnType<typeof createRuleReads>

export const putRule = (
  tx: Transaction,
  type: AlarmType,
  rule: AlarmRule,
  accountId: string | null,
  at: number,
): void => {
  tx.run(
    `INSERT INTO alarm_rule (type, rule, changed_at, account_id) VALUES (?, ?, ?, ?)
     ON CONFLICT (type) DO UPDATE SET
       rule = excluded.rule, changed_at = excluded.changed_at, account_id = excluded.account_id`,
    type,
    JSON.stringify(rule),
    at,
    accountId,
  )
}

export const dropRule = (tx: Transaction, type: AlarmType): void => {
  tx.run('DELETE FROM alarm_rule WHERE type = ?', type)
}

export const putAlarmSettings = (tx: Transaction, settings: AlarmSettings, at: number): void => {
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    settingsKey,
    JSON.stringify(settings),
    at,
  )
}

export const putGuideNote = (
  tx: Transaction,
  type: AlarmType,
  text: string,
  accountId: string | null,
  at: number,
): void => {
  if (text === '') {
    tx.run('DELETE FROM guide_note WHERE type = ?', type)
    return
  }
  tx.run(
    `INSERT INTO guide_note (type, text, account_id, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (type) DO UPDATE SET
       text = excluded.text, account_id = excluded.account_id, at = excluded.at`,
    type,
    text,
    accountId,
    at,
  )
}

export const putImportant = (
  tx: Transaction,
  { oltId, address, label, at }: ImportantOnu,
  accountId: string | null,
): void => {
  tx.run(
    `INSERT INTO important_onu (olt_id, address, label, account_id, at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (olt_id, address) DO UPDATE SET
       label = excluded.label, account_id = excluded.account_id, at = excluded.at`,
    oltId,
    address,
    label,
    accountId,
    at,
  )
}

/** How many it took off the list. */
export const dropImportant = (tx: Transaction, oltId: string, address: number): number =>
  tx.run('DELETE FROM important_onu WHERE olt_id = ? AND address = ?', oltId, address)

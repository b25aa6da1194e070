import { z } from 'zod'
import { trapSettings, type TrapSettings } from '../../src-shared/contract/traps.ts'
import { newEngineId } from '../olt/traps/trap-access.ts'
import type { StoreReader } from '../store/read-handle.ts'
import type { Transaction } from '../store/write-path.ts'

const settingsKey = 'traps'
const engineKey = 'traps.engine'

/**
 * Our SNMPv3 engine (RFC 3414 section 2.2): senders of informs keep its id and how often it has
 * booted, and trust nothing older. Neither is a secret.
 */
export interface EngineIdentity {
  readonly id: Buffer
  readonly boots: number
}

/** RFC 3414 section 2.2.2: an engine that has booted so often needs another id. */
const mostBoots = 2 ** 31 - 1

const storedEngine = z.object({
  id: z.string().regex(/^[0-9a-f]{10,64}$/u),
  boots: z.int().min(0).max(mostBoots),
})

/** The engine after one more boot. */
export const bootedOnce = ({ id, boots }: EngineIdentity): EngineIdentity =>
  boots + 1 >= mostBoots ? { id: newEngineId(), boots: 1 } : { id, boots: boots + 1 }

export const createTrapReads = (reader: StoreReader) => {
  const select = reader.prepare<[string], { value: string }>(
    `SELECT value FROM setting WHERE key = ?`,
  )
  const stored = (key: string): unknown => {
    const row = select.get(key)
    return row === undefined ? undefined : JSON.parse(row.value)
  }
  return {
    /** What was stored, else these; also where what was stored cannot be read. */
    settings(otherwise: TrapSettings): TrapSettings {
      const parsed = trapSettings.safeParse(stored(settingsKey))
      return parsed.success ? parsed.data : otherwise
    },
    /** As it was at its last boot; a new one that never booted where there is none. */
    engine(): EngineIdentity {
      const parsed = storedEngine.safeParse(stored(engineKey))
      return parsed.success
        ? { id: Buffer.from(parsed.data.id, 'hex'), boots: parsed.data.boots }
        : { id: newEngineId(), boots: 0 }
    },
  }
}

const put = (tx: Transaction, key: string, value: object, at: number): void => {
  tx.run(
    `INSERT INTO setting (key, value, updated_at) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`,
    key,
    JSON.stringify(value),
    at,
  )
}

export const putTrapSettings = (tx: Transaction, settings: TrapSettings, at: number): void =>
  put(tx, settingsKey, settings, at)

export const putTrapEngine = (tx: Transaction, { id, boots }: EngineIdentity, at: number): void =>
  put(tx, engineKey, { id: id.toString('hex'), boots }, at)

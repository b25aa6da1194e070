import { isNocturneError, type ErrorCode } from '../../src-shared/errors.ts'
import { encodeOid, isOid, parseOid } from '../olt/snmp/oid.ts'
import { createWalkPace } from '../olt/snmp/pace.ts'
import type { SnmpSession } from '../olt/snmp/session.ts'
import { walk } from '../olt/snmp/walker.ts'
import { readSystem } from '../olt/system.ts'
import { toRecording, type RecordedObject } from '../replay/recording.ts'
import { recordedValue } from './recorded-value.ts'

export interface Capture {
  /** In OID order, each once. */
  readonly objects: readonly RecordedObject[]
  readonly roots: readonly CapturedRoot[]
}

export interface CapturedRoot {
  readonly root: string
  readonly objects: number
  /** Why the walk ended before the subtree did; null: it is whole. */
  readonly broken: ErrorCode | null
}

export interface CaptureOptions {
  /** Closing it is the caller's. */
  readonly session: SnmpSession
  /** Subtrees; empty: what a driver's author needs. */
  readonly roots: readonly string[]
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: (text: string) => void
}

/** system, interfaces, ifMIB, entityMIB (RFC 3418, 2863, 6933). */
const standardRoots = ['1.3.6.1.2.1.1', '1.3.6.1.2.1.2', '1.3.6.1.2.1.31', '1.3.6.1.2.1.47']

/** A whole chassis: the caps only end what would never end. */
const limits = { maxRows: 5_000_000, maxPdus: 5_000_000, totalMs: 6 * 3_600_000 }
const progressEvery = 5000

/** Errors: an Error whose text says which root is no OID. */
export const checkRoots = (roots: readonly string[]): readonly string[] =>
  roots.map((root) => {
    const plain = root.replace(/^\./u, '')
    if (!isOid(plain)) throw new Error(`--root: ${root} is not an object identifier`)
    return plain
  })

/** Subtrees with the device's own enterprise behind them. */
const rootsOf = async (session: SnmpSession, signal?: AbortSignal): Promise<readonly string[]> => {
  const { sysObjectId } = await readSystem(session, signal)
  const enterprise = /^1\.3\.6\.1\.4\.1\.\d+/u.exec(sysObjectId ?? '')?.[0]
  if (enterprise === undefined) {
    throw new Error('the device names no enterprise of its own: say with --root what to record')
  }
  return [...standardRoots, enterprise]
}

/**
 * Reads whole subtrees of a device, one question in flight. A subtree in which the agent goes astray
 * is kept as far as it came, and named. Errors: those of `get` for the first question, `cancelled`,
 * and an Error whose text says that no subtree is known.
 */
export const captureDevice = async (options: CaptureOptions): Promise<Capture> => {
  const { session, signal, onProgress } = options
  const pace = createWalkPace()
  const objects: RecordedObject[] = []
  const captured: CapturedRoot[] = []
  const wanted = options.roots.length > 0 ? options.roots : await rootsOf(session, signal)
  for (const root of wanted) {
    const base = parseOid(root)
    const before = objects.length
    let told = before
    let broken: ErrorCode | null = null
    try {
      await walk({
        session,
        pace,
        limits,
        signal,
        columns: [{ oid: encodeOid(base) }],
        onVarbind: (_column, arcs, count, tag, buffer, start, end) => {
          const value = recordedValue(tag, buffer, start, end)
          if (value !== null) objects.push({ oid: [...base, ...arcs.subarray(0, count)], value })
        },
        onProgress: () => {
          if (objects.length - told < progressEvery) return
          told = objects.length
          onProgress?.(`${root}: ${objects.length - before} objects so far`)
        },
      })
    } catch (error) {
      if (!isNocturneError(error) || error.code === 'cancelled') throw error
      // Nothing was ever answered: there is nothing to keep.
      if (session.stats.answers === 0) throw error
      broken = error.code
    }
    captured.push({ root, objects: objects.length - before, broken })
    const end = broken === null ? '' : `, broken off: ${broken}`
    onProgress?.(`${root}: ${objects.length - before} objects${end}`)
  }
  return { objects: toRecording(objects, []).objects, roots: captured }
}

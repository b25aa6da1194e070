import {
  formatPon,
  packOnuAddress,
  ponOf,
  unpackOnuAddress,
} from '../../../src-shared/domain/onu-address.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { problemOf } from '../plans/read-before.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import { compareWithRecord } from './mismatch-rules.ts'
import type { RecordReads } from './record-tables.ts'
import { putScan, putScanProblem, type MismatchRecord, type Unrecorded } from './scan-tables.ts'

/**
 * Reads every ONU of an OLT over its CLI, PON port by PON port, and compares with what the console
 * holds. ONUs it holds nothing of wait for adoption; once most of an OLT is held they are a mismatch.
 */
export interface Scanner {
  readonly isScanning: (oltId: string) => boolean
  readonly scan: (
    oltIds: readonly string[],
    signal: AbortSignal,
    onProgress: (step: string, done: number, total: number) => void,
  ) => Promise<{ readonly mismatches: number; readonly unrecorded: number }>
}

/** Above this share of ONUs held by the console an unknown one is amiss. */
const mostlyHeld = 0.5
const atOnce = 4

export const createScanner = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'newId' | 'configs' | 'facts' | 'write'> & {
    readonly records: RecordReads
    readonly events: PlanEvents
  },
): Scanner => {
  const { clock, configs, facts, records } = deps
  const scanning = new Set<string>()

  /** Packed PON ports: those the OLT names and those that carry or should carry ONUs. */
  const ponsOf = (oltId: string): readonly number[] => {
    const olt = facts.olt(oltId)
    if (olt === undefined) throw new NocturneError('not-found', { what: 'olt' })
    const pons = new Set<number>()
    for (const { shelf, slot, port } of olt.ponPorts) {
      pons.add(packOnuAddress({ shelf, slot, port, onuId: 0 }))
    }
    for (const address of olt.addresses) pons.add(ponOf(address))
    for (const { address } of records.between(oltId, 0, 2 ** 31 - 1)) pons.add(ponOf(address))
    return [...pons].toSorted((one, other) => one - other)
  }

  const scanOne = async (
    oltId: string,
    signal: AbortSignal,
    onPon: (name: string) => void,
  ): Promise<{ mismatches: number; unrecorded: number }> => {
    const mismatches: MismatchRecord[] = []
    const extra: Unrecorded[] = []
    let compared = 0
    let held = 0
    const note = (
      address: number,
      one: ReturnType<typeof compareWithRecord>,
      more: Pick<MismatchRecord, 'serial' | 'config'>,
    ) => {
      if (one === null) return
      mismatches.push({
        id: deps.newId(),
        oltId,
        address,
        kinds: [...one.kinds],
        differences: [...one.differences],
        foundAt: clock.now(),
        ...more,
      })
    }
    for (const pon of ponsOf(oltId)) {
      const place = unpackOnuAddress(pon)
      onPon(formatPon(place))
      const actual = await configs.of(oltId).readPon(place, signal)
      const known = new Map(
        records.between(oltId, pon, pon + 1023).map(({ address, config }) => [address, config]),
      )
      for (const [onuId, config] of actual) {
        const address = pon + onuId
        compared++
        const record = known.get(address)
        known.delete(address)
        if (record === undefined) extra.push({ address, config })
        else {
          held++
          note(address, compareWithRecord(record, config), { serial: config.serial, config })
        }
      }
      for (const [address, record] of known) {
        note(address, compareWithRecord(record, null), { serial: record.serial, config: null })
      }
    }
    if (held > compared * mostlyHeld) {
      for (const { address, config } of extra) {
        note(address, compareWithRecord(null, config), { serial: config.serial, config })
      }
    }
    const found = { at: clock.now(), compared, mismatches, unrecorded: extra }
    deps.write(
      'provisioning.scanned',
      { oltId, compared, mismatches: mismatches.length, unrecorded: extra.length },
      (tx) => putScan(tx, oltId, found),
    )
    return { mismatches: mismatches.length, unrecorded: extra.length }
  }

  return {
    isScanning: (oltId) => scanning.has(oltId),
    scan: async (oltIds, signal, onProgress) => {
      const wanted = [...new Set(oltIds)].filter((oltId) => !scanning.has(oltId))
      for (const oltId of wanted) scanning.add(oltId)
      deps.events.changed('mismatches')
      let total = 0
      let done = 0
      const sum = { mismatches: 0, unrecorded: 0 }
      const waiting = [...wanted]
      const lane = async (): Promise<void> => {
        for (let oltId = waiting.shift(); oltId !== undefined; oltId = waiting.shift()) {
          const name = facts.olt(oltId)?.name ?? ''
          try {
            const found = await scanOne(oltId, signal, (pon) =>
              onProgress(`${name} ${pon}`, done++, total),
            )
            sum.mismatches += found.mismatches
            sum.unrecorded += found.unrecorded
          } catch (error) {
            const problem = problemOf(error)
            if (problem === null || signal.aborted) throw error
            const id = oltId
            deps.write('provisioning.scanFailed', { oltId, code: problem.code }, (tx) =>
              putScanProblem(tx, id, problem),
            )
          } finally {
            scanning.delete(oltId)
            deps.events.changed('mismatches')
          }
        }
      }
      try {
        for (const oltId of wanted) total += ponsOf(oltId).length
        const lanes = Array.from({ length: Math.min(atOnce, wanted.length) }, lane)
        const results = await Promise.allSettled(lanes)
        for (const result of results) if (result.status === 'rejected') throw result.reason
      } finally {
        for (const oltId of wanted) scanning.delete(oltId)
      }
      return sum
    },
  }
}

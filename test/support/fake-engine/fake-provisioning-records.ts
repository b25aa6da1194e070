import type { EventName, Input, Output, Payload } from '../../../src-shared/contract/index.ts'
import { unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import type { OnuConfigPart } from '../../../src-shared/domain/onu-config.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'
import type { FakeOnus } from './fake-provisioning-onus.ts'

/** What is there against what the console holds: scans, adoption, and what a move would do. */

type Mismatch = Output<'provisioning.mismatches'>['mismatches'][number]
type Scan = Output<'provisioning.mismatches'>['scans'][number]
type Kind = Mismatch['kinds'][number]

const kinds: readonly (readonly [Kind, OnuConfigPart, string, string])[] = [
  ['profile', 'lineProfile', 'HOME-50M', 'HOME-100M'],
  ['services', 'services', 'vlan 110 user 200 gem 1', 'vlan 120 user 200 gem 1'],
  ['description', 'description', 'Order 2026-118', 'TEST'],
  ['admin-state', 'adminEnabled', 'true', 'false'],
  ['missing-on-olt', 'serial', 'ZTEGC8F21A07', ''],
  ['extra-on-olt', 'serial', '', 'HWTC9F001188'],
  ['serial', 'serial', 'ZTEGC8F21A07', 'ZTEGC8F21B99'],
  ['eth-ports', 'ethPorts', '1 access 200', '1 transparent'],
]

const uuidOf = (number: number): string =>
  `01930000-0000-7000-9e30-${number.toString(16).padStart(12, '0')}`

export const createFakeRecords = (deps: {
  readonly plant: FakePlant
  readonly onus: FakeOnus
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
}) => {
  const { plant, onus, now, emit } = deps
  const found = new Map<string, Mismatch>()
  const scans = new Map<string, Scan>()
  const adopted = new Set<string>()
  const cancelled = new Set<string>()

  const scanOlt = (at: number): void => {
    const olt = plant.olts[at]!
    const every = olt.rows < 60 ? 2 : 37
    let count = 0
    for (let row = olt.firstRow + 1; row < olt.firstRow + olt.rows; row += every) {
      const [kind, part, before, after] = kinds[(row + at) % kinds.length]!
      const id = uuidOf(row)
      count += 1
      found.set(id, {
        id,
        oltId: olt.id,
        oltName: olt.name,
        address: unpackOnuAddress(plant.address[row]!),
        serial: plant.serial[row]!,
        kinds: [kind],
        differences: [{ part, before, after }],
        foundAt: now() - at * 3_600_000,
      })
    }
    scans.set(olt.id, {
      oltId: olt.id,
      oltName: olt.name,
      at: now() - at * 3_600_000,
      compared: olt.rows,
      mismatches: count,
      unrecorded: adopted.has(olt.id) ? 0 : Math.floor(olt.rows / 8),
      problem: null,
      running: false,
    })
  }
  for (const [at, olt] of plant.olts.entries()) {
    if (at < 2) scanOlt(at)
    else {
      scans.set(olt.id, {
        oltId: olt.id,
        oltName: olt.name,
        at: null,
        compared: 0,
        mismatches: 0,
        unrecorded: 0,
        problem: olt.reachable ? null : { code: 'cli-unreachable', params: {} },
        running: false,
      })
    }
  }

  return {
    cancel: (taskId: string) => void cancelled.add(taskId),
    handlers: {
      'provisioning.mismatches': ({
        offset,
        limit,
        oltId,
        kinds: wanted,
      }: Input<'provisioning.mismatches'>) => {
        const fits = [...found.values()].filter(
          (one) =>
            (oltId === null || one.oltId === oltId) &&
            (wanted.length === 0 || one.kinds.some((kind) => wanted.includes(kind))),
        )
        return {
          total: fits.length,
          mismatches: fits.slice(offset, offset + limit),
          scans: [...scans.values()],
        }
      },
      'provisioning.scan': async ({ oltIds, taskId }: Input<'provisioning.scan'>) => {
        for (const oltId of oltIds) {
          const at = plant.olts.findIndex(({ id }) => id === oltId)
          const scan = scans.get(oltId)
          if (at < 0 || scan === undefined) throw new NocturneError('not-found')
          if (!plant.olts[at]!.reachable) {
            scans.set(oltId, { ...scan, problem: { code: 'cli-unreachable', params: {} } })
            continue
          }
          scans.set(oltId, { ...scan, running: true })
          emit('provisioning.changed', { what: 'mismatches' })
          const total = plant.olts[at]!.rows
          for (let done = 0; done < total; done += Math.max(1, Math.ceil(total / 20))) {
            emit('workspace.progress', { taskId, step: 'scan', done, total })
            await new Promise((resolve) => setTimeout(resolve, 120))
            if (cancelled.has(taskId)) {
              scans.set(oltId, scan)
              emit('provisioning.changed', { what: 'mismatches' })
              throw new NocturneError('cancelled')
            }
          }
          scanOlt(at)
        }
        emit('provisioning.changed', { what: 'mismatches' })
        return { mismatches: found.size, unrecorded: 0 }
      },
      'provisioning.acceptActual': ({ mismatchIds }: Input<'provisioning.acceptActual'>) => {
        for (const id of mismatchIds) found.delete(id)
        emit('provisioning.changed', { what: 'mismatches' })
        return { accepted: mismatchIds.length }
      },
      'provisioning.adoption': ({ oltId }: Input<'provisioning.adoption'>) => {
        const scan = scans.get(oltId)
        const olt = onus.olt(oltId)
        if (scan === undefined || olt === undefined) throw new NocturneError('not-found')
        const total = scan.unrecorded
        const speeds = ['HOME-50M', 'HOME-100M', 'HOME-20M', 'BIZ-300M']
        const shares = [0.52, 0.31, 0.12, 0.05]
        return {
          at: scan.at,
          unrecorded: total,
          groups:
            total === 0
              ? []
              : speeds.map((speed, at) => ({
                  id: `g${at}`,
                  settings: {
                    lineProfile: speed,
                    serviceProfile: at === 3 ? 'BRIDGE-1P' : 'ROUTER-4P-WIFI',
                    services: [
                      {
                        index: null,
                        vlan: 110 + at * 10,
                        userVlan: 200,
                        gemPort: 1,
                        upProfile: speed,
                        downProfile: speed,
                      },
                    ],
                  },
                  count: Math.max(1, Math.round(total * shares[at]!)),
                  share: shares[at]!,
                  models: [
                    { model: 'F660', count: Math.max(1, Math.round(total * shares[at]! * 0.7)) },
                    { model: 'HG8245H', count: Math.round(total * shares[at]! * 0.3) },
                  ],
                  samples: [0, 1, 2].flatMap((n) => {
                    const row = olt.firstRow + at * 3 + n
                    return row >= olt.firstRow + olt.rows
                      ? []
                      : [
                          {
                            address: unpackOnuAddress(plant.address[row]!),
                            serial: plant.serial[row]!,
                          },
                        ]
                  }),
                  suggestedName: `${speed} vlan ${110 + at * 10}`,
                })),
        }
      },
      'provisioning.adopt': ({ oltId, groups }: Input<'provisioning.adopt'>) => {
        const scan = scans.get(oltId)
        if (scan === undefined) throw new NocturneError('not-found')
        const count = Math.min(scan.unrecorded, groups.length * 30)
        adopted.add(oltId)
        scans.set(oltId, { ...scan, unrecorded: groups.length >= 4 ? 0 : scan.unrecorded - count })
        emit('provisioning.changed', { what: 'mismatches' })
        return {
          adopted: count,
          presets: groups.filter(({ presetName }) => presetName !== null).length,
        }
      },
      'provisioning.whatIf': ({
        oltId,
        addresses,
        to,
      }: Input<'provisioning.whatIf'>): Output<'provisioning.whatIf'> => {
        const free = onus.freeId(to.oltId, to.pon)
        const rows = addresses.map((address, at) => {
          const row = onus.row(oltId, address)
          const now_ = row < 0 ? null : Math.round(plant.onuRx[row]! * 10) / 10
          const then = now_ === null ? null : Math.round((now_ - 1.4 - (at % 9) * 0.3) * 10) / 10
          const newId = free + at
          return {
            address,
            serial: row < 0 ? '' : plant.serial[row]!,
            name: row < 0 ? null : plant.name[row]!,
            newAddress: newId > 127 ? null : { ...to.pon, onuId: newId },
            onuRxNowDbm: now_,
            onuRxThenDbm: then,
            marginThenDb: then === null ? null : Math.round((then + 27) * 10) / 10,
            serviceLossS: 40,
            problems: newId > 127 ? [{ code: 'onu-id-taken' as const, params: {} }] : [],
            warnings: at % 17 === 5 ? [{ code: 'onu-vlan-missing' as const, params: {} }] : [],
          }
        })
        return {
          rows,
          fits: rows.every(({ problems }) => problems.length === 0),
          free: Math.max(0, 128 - free),
          serviceLossS: 40,
          problems:
            onus.olt(to.oltId)?.reachable === true ? [] : [{ code: 'cli-unreachable', params: {} }],
        }
      },
    },
  }
}

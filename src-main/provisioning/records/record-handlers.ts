import { presetInput, type OnuSettings } from '../../../src-shared/contract/provisioning-model.ts'
import type { Problem } from '../../../src-shared/contract/common.ts'
import { packOnuAddress, unpackOnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { configDifferences, type OnuConfig } from '../../../src-shared/domain/onu-config.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { reachesOlt } from '../../engine/reach.ts'
import type { ProvisioningDependencies } from '../ports.ts'
import { problemOf } from '../plans/read-before.ts'
import { putPreset, type PresetReads } from '../presets/preset-tables.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import type { Reconciler } from '../services/reconcile.ts'
import { serviceRow } from '../services/service-handlers.ts'
import type { ServiceReads } from '../services/service-tables.ts'
import { groupIdOf, settingsOf, suggestedName } from './mismatch-rules.ts'
import { putReading, putRecord, type RecordReads } from './record-tables.ts'
import type { ScanReads, Unrecorded } from './scan-tables.ts'
import type { Scanner } from './scan.ts'

export type RecordQuery = 'provisioning.onu' | 'provisioning.mismatches' | 'provisioning.adoption'
export type RecordCommand = 'provisioning.scan' | 'provisioning.acceptActual' | 'provisioning.adopt'

const samplesShown = 5

interface Group {
  readonly id: string
  readonly settings: OnuSettings
  readonly onus: Unrecorded[]
}

export const createRecordHandlers = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'newId' | 'configs' | 'facts' | 'write'> & {
    readonly records: RecordReads
    readonly scans: ScanReads
    readonly scanner: Scanner
    readonly presets: PresetReads
    readonly services: ServiceReads
    readonly reconciler: Reconciler
    readonly events: PlanEvents
  },
): {
  readonly queries: QueryHandlers<RecordQuery>
  readonly commands: CommandHandlers<RecordCommand>
} => {
  const { clock, configs, facts, records, scans, scanner } = deps

  const groupsOf = (oltId: string): readonly Group[] => {
    const groups = new Map<string, Group>()
    for (const onu of scans.unrecorded(oltId)) {
      const settings = settingsOf(onu.config)
      const id = groupIdOf(settings)
      const group = groups.get(id)
      if (group === undefined) groups.set(id, { id, settings, onus: [onu] })
      else group.onus.push(onu)
    }
    return [...groups.values()].toSorted((one, other) => other.onus.length - one.onus.length)
  }

  const modelsOf = (oltId: string, onus: readonly Unrecorded[]) => {
    const counts = new Map<string, number>()
    for (const { address } of onus) {
      const row = facts.rowOf(oltId, address)
      const model = row < 0 ? null : facts.onus.model(row)
      if (model !== null) counts.set(model, (counts.get(model) ?? 0) + 1)
    }
    return [...counts]
      .map(([model, count]) => ({ model, count }))
      .toSorted((one, other) => other.count - one.count)
      .slice(0, 10)
  }

  return {
    queries: {
      'provisioning.onu': async ({ oltId, address, fresh }, context) => {
        const packed = packOnuAddress(address)
        const record = records.record(oltId, packed)
        let problem: Problem | null = null
        if (fresh) {
          try {
            const config = await configs.of(oltId).readOnu(address, context.signal)
            deps.write('provisioning.read', { oltId, address: packed }, (tx) =>
              putReading(tx, { oltId, address: packed }, config, clock.now()),
            )
            deps.reconciler.seen(oltId, packed, config)
          } catch (error) {
            problem = problemOf(error)
            if (problem === null || context.signal.aborted) throw error
          }
        }
        const reading = records.reading(oltId, packed)
        const actual = reading?.config ?? null
        const service = deps.services.service(oltId, packed)
        return {
          record: shown(record?.config ?? null),
          recordAt: record?.at ?? null,
          actual: shown(actual),
          actualAt: reading?.at ?? null,
          differences:
            record === null || actual === null ? [] : [...configDifferences(record.config, actual)],
          service: service === null ? null : serviceRow(service, facts),
          problem,
        }
      },

      'provisioning.mismatches': ({ oltId, kinds, limit, offset }, { reach }) => {
        const { total, mismatches } = scans.mismatches(oltId, kinds, reach, limit, offset)
        const nameOf = (id: string): string => facts.olt(id)?.name ?? ''
        const known = scans.scans()
        const running = facts
          .olts()
          .filter(({ id }) => scanner.isScanning(id) && !known.some((scan) => scan.oltId === id))
          .map(({ id }) => ({
            oltId: id,
            at: null,
            compared: 0,
            unrecorded: 0,
            mismatches: 0,
            problem: null,
          }))
        return {
          total,
          mismatches: mismatches.map((found) => {
            const { config: _, ...one } = found
            return {
              ...one,
              oltName: nameOf(one.oltId),
              address: unpackOnuAddress(one.address),
            }
          }),
          scans: [...known, ...running]
            .filter((scan) => reachesOlt(reach, scan.oltId))
            .map((scan) => ({
              ...scan,
              oltName: nameOf(scan.oltId),
              running: scanner.isScanning(scan.oltId),
            })),
        }
      },

      'provisioning.adoption': ({ oltId }) => {
        const groups = groupsOf(oltId)
        let unrecorded = 0
        for (const { onus } of groups) unrecorded += onus.length
        return {
          at: scans.scans().find((scan) => scan.oltId === oltId)?.at ?? null,
          unrecorded,
          groups: groups.map(({ id, settings, onus }) => ({
            id,
            settings,
            count: onus.length,
            share: onus.length / unrecorded,
            models: modelsOf(oltId, onus),
            samples: onus.slice(0, samplesShown).map(({ address, config }) => ({
              address: unpackOnuAddress(address),
              serial: config.serial,
            })),
            suggestedName: suggestedName(settings),
          })),
        }
      },
    },

    commands: {
      'provisioning.scan': async ({ oltIds, taskId }, context) => {
        const found = await scanner.scan(oltIds, context.signal, (step, done, total) =>
          context.progress(taskId, step, done, total),
        )
        return { apply: () => ({ ...found }) }
      },

      'provisioning.acceptActual': ({ mismatchIds }) => ({
        apply: (tx) => {
          const found = scans.byIds(mismatchIds)
          for (const { oltId, address, config } of found) {
            putRecord(tx, { oltId, address }, config, clock.now(), null)
          }
          tx.change({
            entity: 'provisioning-records',
            entityId: 'accepted',
            kind: 'updated',
            version: 1,
            data: { accepted: found.length },
          })
          return { accepted: found.length }
        },
        after: () => deps.events.changed('mismatches'),
      }),

      'provisioning.adopt': ({ oltId, groups: wanted }) => ({
        apply: (tx) => {
          const groups = groupsOf(oltId)
          let adopted = 0
          let presets = 0
          const at = clock.now()
          const last = Math.max(-1, ...deps.presets.presets().map(({ position }) => position))
          for (const { groupId, presetName } of wanted) {
            const group = groups.find(({ id }) => id === groupId)
            if (group === undefined) throw new NocturneError('not-found', { what: 'group' })
            for (const { address, config } of group.onus) {
              putRecord(tx, { oltId, address }, config, at, null)
              adopted++
            }
            if (presetName === null) continue
            const input = presetInput.parse({
              name: presetName,
              when: { oltIds: [oltId] },
              settings: group.settings,
            })
            const position = last + ++presets
            putPreset(tx, { ...input, id: deps.newId(), version: 1, position }, at)
          }
          tx.change({
            entity: 'provisioning-records',
            entityId: oltId,
            kind: 'updated',
            version: 1,
            data: { adopted, presets },
          })
          return { adopted, presets }
        },
        after: () => {
          deps.events.changed('mismatches')
          deps.events.changed('presets')
        },
      }),
    },
  }
}

type Shown = Awaited<ReturnType<QueryHandlers<'provisioning.onu'>['provisioning.onu']>>['record']

const shown = (config: OnuConfig | null): Shown =>
  config === null
    ? null
    : {
        ...config,
        services: config.services === null ? null : [...config.services],
        ethPorts: config.ethPorts === null ? null : [...config.ethPorts],
        wifi: config.wifi === null ? null : [...config.wifi],
      }

import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { reachesOlt } from '../../engine/reach.ts'
import type { ProvisioningDependencies, UnconfiguredFound } from '../ports.ts'
import type { PlanEvents } from '../run/plan-events.ts'
import type { AutoAuthorise } from './auto-authorise.ts'
import { putCatalogue, putSpeed, removeSpeed, type CatalogueReads } from './catalogue-tables.ts'
import {
  orderPresets,
  putAuto,
  putPreset,
  putSaved,
  removePreset,
  removeSaved,
  type PresetReads,
} from './preset-tables.ts'
import type { WaitingList } from './waiting-list.ts'

export type PresetQuery =
  | 'provisioning.waiting'
  | 'provisioning.presets'
  | 'provisioning.saved'
  | 'provisioning.catalogue'
  | 'provisioning.speeds'
export type PresetCommand =
  | 'provisioning.lookForWaiting'
  | 'provisioning.savePreset'
  | 'provisioning.removePreset'
  | 'provisioning.orderPresets'
  | 'provisioning.setAuto'
  | 'provisioning.saveOnu'
  | 'provisioning.removeSaved'
  | 'provisioning.readCatalogue'
  | 'provisioning.saveSpeed'
  | 'provisioning.removeSpeed'

const gone = (what: string): never => {
  throw new NocturneError('not-found', { what })
}

export const createPresetHandlers = (
  deps: Pick<ProvisioningDependencies, 'clock' | 'newId' | 'configs' | 'speedIsSold'> & {
    readonly presets: PresetReads
    readonly catalogues: CatalogueReads
    readonly waiting: WaitingList
    readonly auto: AutoAuthorise
    readonly events: PlanEvents
  },
): {
  readonly queries: QueryHandlers<PresetQuery>
  readonly commands: CommandHandlers<PresetCommand>
} => {
  const { clock, newId, configs, presets, catalogues, waiting, auto, events } = deps

  return {
    queries: {
      'provisioning.waiting': (_input, { reach }) => ({
        onus: waiting
          .rows()
          .filter(({ oltId }) => reachesOlt(reach, oltId))
          .map((onu) => ({
            ...onu,
            elsewhere: onu.elsewhere.filter(({ oltId }) => reachesOlt(reach, oltId)),
          })),
        auto: { ...auto.status() },
      }),
      // For any OLT, or for one of those that are reached; others are not named.
      'provisioning.presets': (_input, { reach }) => ({
        presets: presets.presets().flatMap((preset) => {
          const oltIds = preset.when.oltIds.filter((oltId) => reachesOlt(reach, oltId))
          if (preset.when.oltIds.length > 0 && oltIds.length === 0) return []
          return [{ ...preset, when: { ...preset.when, oltIds } }]
        }),
      }),
      'provisioning.saved': (_input, { reach }) => ({
        onus: presets.saved().filter(({ oltId }) => reachesOlt(reach, oltId)),
      }),
      'provisioning.catalogue': ({ oltId }) => {
        const found = catalogues.catalogue(oltId)
        const lists = Object.fromEntries(
          Object.entries(found?.lists ?? {}).map(([kind, list]) => [kind, [...list]]),
        )
        return { readAt: found?.readAt ?? null, lists }
      },
      'provisioning.speeds': (_input, { reach }) => ({
        speeds: catalogues.speeds().map((speed) => ({
          ...speed,
          onOlts: speed.onOlts.filter(({ oltId }) => reachesOlt(reach, oltId)),
        })),
      }),
    },
    commands: {
      'provisioning.lookForWaiting': async ({ oltId, taskId }, context) => {
        context.progress(taskId, 'read', 0, null)
        const found = await configs.of(oltId).readFound(context.signal)
        const at = clock.now()
        const before = waiting.all().filter((onu) => onu.oltId === oltId)
        const onus: UnconfiguredFound[] = found.map((onu) => ({
          ...onu,
          oltId,
          firstSeenAt: before.find(({ serial }) => serial === onu.serial)?.firstSeenAt ?? at,
          seenAt: at,
        }))
        return {
          apply: () => ({ found: onus.length }),
          after: () => {
            waiting.found(oltId, onus)
            events.changed('waiting')
            auto.look()
          },
        }
      },

      'provisioning.savePreset': ({ presetId, baseVersion, preset }) => ({
        apply: (tx) => {
          const all = presets.presets()
          const before = presetId === null ? null : all.find(({ id }) => id === presetId)
          if (before === undefined) return gone('preset')
          if (before !== null && before.version !== baseVersion) {
            throw new NocturneError('conflict', { what: 'preset', version: before.version })
          }
          const id = before?.id ?? newId()
          const version = (before?.version ?? 0) + 1
          const last = Math.max(-1, ...all.map(({ position }) => position))
          putPreset(
            tx,
            { ...preset, id, version, position: before?.position ?? last + 1 },
            clock.now(),
          )
          tx.change({
            entity: 'provisioning-preset',
            entityId: id,
            kind: before === null ? 'created' : 'updated',
            version,
            data: preset,
          })
          return { presetId: id }
        },
        after: () => {
          events.changed('presets')
          events.changed('waiting')
        },
      }),

      'provisioning.removePreset': ({ presetId }) => ({
        apply: (tx) => {
          if (removePreset(tx, presetId) === 0) gone('preset')
          tx.change({
            entity: 'provisioning-preset',
            entityId: presetId,
            kind: 'deleted',
            version: 1,
          })
          return {}
        },
        after: () => {
          events.changed('presets')
          events.changed('waiting')
        },
      }),

      'provisioning.orderPresets': ({ presetIds }) => ({
        apply: (tx) => {
          const known = presets.presets().map(({ id }) => id)
          // All of them, or somebody made or removed one meanwhile.
          if (known.length !== presetIds.length || !known.every((id) => presetIds.includes(id))) {
            throw new NocturneError('conflict', { what: 'presets' })
          }
          orderPresets(tx, presetIds)
          return {}
        },
        after: () => events.changed('presets'),
      }),

      'provisioning.setAuto': ({ on }) => ({
        apply: (tx) => {
          putAuto(tx, on, clock.now())
          tx.change({
            entity: 'setting',
            entityId: 'provisioning.auto',
            kind: 'updated',
            version: 1,
            data: { on },
          })
          return {}
        },
        after: () => {
          events.changed('auto')
          auto.look()
        },
      }),

      'provisioning.saveOnu': ({ savedId, ...input }, context) => ({
        apply: (tx) => {
          const all = presets.saved()
          const same = all.find(({ serial }) => serial === input.serial)
          const before = savedId === null ? same : all.find(({ id }) => id === savedId)
          if (savedId !== null && before === undefined) return gone('saved-onu')
          if (same !== undefined && same.id !== before?.id) {
            throw new NocturneError('conflict', { what: 'saved-onu' })
          }
          const id = before?.id ?? newId()
          putSaved(tx, {
            ...input,
            id,
            createdAt: before?.createdAt ?? clock.now(),
            by: context.session?.name ?? null,
          })
          return { savedId: id }
        },
        after: () => {
          events.changed('saved')
          events.changed('waiting')
        },
      }),

      'provisioning.removeSaved': ({ savedId }) => ({
        apply: (tx) => {
          if (removeSaved(tx, savedId) === 0) gone('saved-onu')
          return {}
        },
        after: () => {
          events.changed('saved')
          events.changed('waiting')
        },
      }),

      'provisioning.readCatalogue': async ({ oltId, taskId }, context) => {
        const lists = await configs
          .of(oltId)
          .readCatalogue(context.signal, (done, total) =>
            context.progress(taskId, 'catalogue', done, total),
          )
        let entries = 0
        for (const list of Object.values(lists)) entries += list.length
        return {
          apply: (tx) => {
            putCatalogue(tx, oltId, lists, clock.now())
            return { entries }
          },
          after: () => events.changed('catalogue'),
        }
      },

      'provisioning.saveSpeed': ({ speedId, baseVersion, ...input }) => ({
        apply: (tx) => {
          const before = speedId === null ? null : catalogues.speed(speedId)
          if (speedId !== null && before === null) return gone('speed')
          if (before !== null && before.version !== baseVersion) {
            throw new NocturneError('conflict', { what: 'speed', version: before.version })
          }
          const id = before?.id ?? newId()
          const version = (before?.version ?? 0) + 1
          putSpeed(tx, { ...input, id, version }, clock.now())
          tx.change({
            entity: 'provisioning-speed',
            entityId: id,
            kind: before === null ? 'created' : 'updated',
            version,
            data: input,
          })
          return { speedId: id }
        },
        after: () => events.changed('speeds'),
      }),

      'provisioning.removeSpeed': ({ speedId }) => ({
        apply: (tx) => {
          const used =
            presets.presets().some((preset) => preset.speedId === speedId) ||
            deps.speedIsSold?.(speedId) === true
          if (used) throw new NocturneError('conflict', { what: 'speed-in-use' })
          if (removeSpeed(tx, speedId) === 0) gone('speed')
          return {}
        },
        after: () => events.changed('speeds'),
      }),
    },
  }
}

import type { Input, Output } from '../../../src-shared/contract/index.ts'
import type { Preset } from '../../../src-shared/contract/provisioning-model.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakePlant } from './fake-plant.ts'

type SavedOnuRow = Output<'provisioning.saved'>['onus'][number]

const uuidOf = (kind: string, number: number): string =>
  `01930000-0000-7000-${kind}-${number.toString(16).padStart(12, '0')}`

export const speedIdOf = (number: number): string => uuidOf('9e00', number)

const home = (speed: string, vlan: number): Preset['settings'] => ({
  onuType: 'ZTE-F660',
  lineProfile: speed,
  serviceProfile: 'ROUTER-4P-WIFI',
  name: '{olt} {pon}:{onu}',
  description: '{serial}',
  services: [
    { index: null, vlan, userVlan: 200, gemPort: 1, upProfile: speed, downProfile: speed },
  ],
})

/** Presets and ONUs that are announced. */
export const createFakeBook = (
  plant: FakePlant,
  now: () => number,
  changed: (what: 'presets' | 'saved' | 'auto' | 'waiting') => void,
) => {
  const presets: Preset[] = []
  const saved: SavedOnuRow[] = []
  let auto = false
  let ids = 0
  const make = (preset: Omit<Preset, 'id' | 'version' | 'position'>): void => {
    ids += 1
    presets.push({ ...preset, id: uuidOf('9e10', ids), version: 1, position: presets.length })
  }
  const anywhere = { oltIds: [], slots: [], pons: [], serialPattern: '', model: '' }
  if (plant.size > 0) {
    const first = plant.olts[0]!
    make({
      name: 'Home 50 Mbit/s',
      enabled: true,
      auto: true,
      when: { ...anywhere, oltIds: [first.id] },
      settings: home('HOME-50M', 110),
      speedId: speedIdOf(2),
    })
    make({
      name: 'Bridge, Huawei ONUs',
      enabled: true,
      auto: false,
      when: { ...anywhere, serialPattern: 'HWTC*', model: 'HG*' },
      settings: { ...home('HOME-100M', 120), serviceProfile: 'BRIDGE-4P', name: '{serial}' },
      speedId: speedIdOf(3),
    })
    make({
      name: 'Business, second slot',
      enabled: false,
      auto: false,
      when: { ...anywhere, slots: [2] },
      settings: { ...home('HOME-200M', 300), description: 'Business' },
      speedId: speedIdOf(4),
    })
    saved.push({
      id: uuidOf('9e20', 1),
      serial: 'HWTC0BADF011',
      settings: home('HOME-100M', 120),
      speedId: speedIdOf(3),
      oltId: null,
      pon: null,
      auto: true,
      note: 'Order 2026-1188, Budi Hartono',
      createdAt: now() - 86_400_000,
      by: 'Dewi Lestari',
    })
    saved.push({
      id: uuidOf('9e20', 2),
      serial: 'ZTEGC8F21A07',
      settings: home('HOME-20M', 110),
      speedId: speedIdOf(1),
      oltId: first.id,
      pon: { shelf: 1, slot: 2, port: 5 },
      auto: false,
      note: '',
      createdAt: now() - 2 * 86_400_000,
      by: 'Sari Wijaya',
    })
  }
  const indexOf = (id: string): number => {
    const at = presets.findIndex((preset) => preset.id === id)
    if (at < 0) throw new NocturneError('not-found')
    return at
  }
  return {
    presets: (): Preset[] => presets.map((preset, position) => ({ ...preset, position })),
    saved: (): SavedOnuRow[] => [...saved],
    auto: (): boolean => auto,
    handlers: {
      'provisioning.presets': () => ({
        presets: presets.map((preset, position) => ({ ...preset, position })),
      }),
      'provisioning.saved': () => ({ onus: [...saved] }),
      'provisioning.savePreset': ({ presetId, preset }: Input<'provisioning.savePreset'>) => {
        if (presetId === null) make(preset)
        else {
          const at = indexOf(presetId)
          presets[at] = { ...presets[at]!, ...preset, version: presets[at]!.version + 1 }
        }
        changed('presets')
        return { presetId: presetId ?? presets.at(-1)!.id }
      },
      'provisioning.removePreset': ({ presetId }: Input<'provisioning.removePreset'>) => {
        presets.splice(indexOf(presetId), 1)
        changed('presets')
        return {}
      },
      'provisioning.orderPresets': ({ presetIds }: Input<'provisioning.orderPresets'>) => {
        presets.sort((one, other) => presetIds.indexOf(one.id) - presetIds.indexOf(other.id))
        changed('presets')
        return {}
      },
      'provisioning.setAuto': ({ on }: Input<'provisioning.setAuto'>) => {
        auto = on
        changed('auto')
        return {}
      },
      'provisioning.saveOnu': ({ savedId, ...rest }: Input<'provisioning.saveOnu'>) => {
        ids += 1
        const id = savedId ?? uuidOf('9e20', 100 + ids)
        const at = saved.findIndex((one) => one.id === id)
        const row = { ...rest, id, createdAt: now(), by: 'Sari Wijaya' }
        if (at < 0) saved.push(row)
        else saved[at] = row
        changed('saved')
        return { savedId: id }
      },
      'provisioning.removeSaved': ({ savedId }: Input<'provisioning.removeSaved'>) => {
        saved.splice(
          saved.findIndex((one) => one.id === savedId),
          1,
        )
        changed('saved')
        return {}
      },
    },
  }
}

import { describe, expect, it } from 'vitest'
import type { Preset } from '../../src-shared/contract/provisioning-model.ts'
import {
  fitsWaiting,
  groupWaiting,
  ponText,
  readyChange,
  type SavedOnu,
} from '../../src-renderer/screens/provisioning-waiting/waiting-rules.ts'
import { sampleWaiting, uuid } from './sample-plan.ts'

const preset: Preset = {
  id: uuid(7),
  version: 1,
  name: 'Home',
  position: 0,
  enabled: true,
  auto: false,
  when: { oltIds: [], slots: [], pons: [], serialPattern: '', model: '' },
  settings: { lineProfile: 'HOME' },
  speedId: uuid(8),
}
const fits = { id: preset.id, name: preset.name, auto: false }
const saved: SavedOnu = {
  id: uuid(9),
  serial: 'HWTC0BADF00D',
  settings: { lineProfile: 'OFFICE' },
  speedId: null,
  oltId: null,
  pon: null,
  auto: false,
  note: '',
  createdAt: 0,
  by: null,
}

describe('one key press authorises', () => {
  it('nothing that has no serial, no place, an obstacle, or stands configured elsewhere', () => {
    const bad = [
      { serial: null },
      { pon: null },
      { obstacle: { code: 'cli-no-access' as const, params: {} } },
      {
        elsewhere: [
          {
            oltId: uuid(1),
            oltName: 'Selatan',
            address: { shelf: 0, slot: 1, port: 1, onuId: 1 },
            online: true,
          },
        ],
      },
    ]
    for (const part of bad) {
      expect(readyChange(sampleWaiting({ preset: fits, ...part }), [preset], [])).toBeNull()
    }
    expect(readyChange(sampleWaiting(), [preset], [saved])).toBeNull()
  })

  it('with the preset that fits', () => {
    expect(readyChange(sampleWaiting({ preset: fits }), [preset], [])).toEqual({
      kind: 'authorise',
      settings: preset.settings,
      speedId: preset.speedId,
      onuId: null,
    })
  })

  it('with what was announced for it, before any preset', () => {
    const onu = sampleWaiting({ preset: fits, savedId: saved.id })
    expect(readyChange(onu, [preset], [saved])?.settings).toEqual(saved.settings)
  })
})

describe('the list', () => {
  it('stands by OLT, each by PON and by who waits longest', () => {
    const at = (oltName: string, oltId: string, port: number, firstSeenAt: number) =>
      sampleWaiting({ oltName, oltId, pon: { shelf: 0, slot: 1, port }, firstSeenAt })
    const groups = groupWaiting([
      at('Utara', uuid(1), 4, 5),
      at('Barat', uuid(2), 1, 9),
      at('Utara', uuid(1), 3, 8),
      at('Utara', uuid(1), 3, 2),
      sampleWaiting({ oltName: 'Utara', oltId: uuid(1), pon: null, firstSeenAt: 1 }),
    ])
    expect(groups.map(({ oltName }) => oltName)).toEqual(['Barat', 'Utara'])
    expect(groups[1]?.onus.map(({ firstSeenAt }) => firstSeenAt)).toEqual([2, 8, 5, 1])
  })

  it('is filtered by every word, by serial, model, OLT, PON and preset', () => {
    const onu = sampleWaiting({ preset: fits })
    expect(fitsWaiting(onu, 'utara 0bad home')).toBe(true)
    expect(fitsWaiting(onu, 'utara selatan')).toBe(false)
    expect(fitsWaiting(onu, '0/1/3')).toBe(true)
    expect(fitsWaiting(onu, '  ')).toBe(true)
    expect(ponText(sampleWaiting({ pon: null }))).toBeNull()
  })
})

import { checkScenario } from '../../src-main/simulator/scenario-load.ts'
import { createPlant, type Plant } from '../../src-main/simulator/plant.ts'

export const otherFamilies = {
  'zte-c600': { model: 'C620', pons: ['1/1/1', '1/2/9'], driver: 'zte-c600-gpon' },
  'vsol-v1600g': { model: 'V1600G1', pons: ['0/0/1', '0/0/8'], driver: 'vsol-v1600g-gpon' },
  'cdata-gpon': { model: 'FD1608S', pons: ['0/0/1', '0/0/8'], driver: 'cdata-nscrtv-gpon' },
  'bdcom-epon': { model: 'P3310C', pons: ['0/0/1', '0/0/4'], driver: 'bdcom-p33xx-epon' },
} as const

export type OtherFamily = keyof typeof otherFamilies
export const otherFamilyNames = Object.keys(otherFamilies) as readonly OtherFamily[]

export const otherPlantUtcOffsetMinutes = 420

/** One OLT of each of the smaller families, named as its family, with troubles and new ONUs. */
export const createOtherPlant = (
  clock: { readonly now: () => number },
  quirks: Readonly<Record<string, unknown>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Plant =>
  createPlant({
    clock,
    scenario: checkScenario({
      name: 'other families',
      seed: 11,
      community: 'public',
      timeZoneMinutes: otherPlantUtcOffsetMinutes,
      olts: otherFamilyNames.map((family) => {
        const { model, pons } = otherFamilies[family]
        return {
          name: family,
          family,
          model,
          quirks,
          population: { offlineShare: 0.1, disabledShare: 0.05, flappingShare: 0, weakShare: 0.1 },
          pons: [
            { at: pons[0], onus: 52 },
            { at: pons[1], onus: 12 },
          ],
          faults: [{ kind: 'fibre-cut', pon: pons[1] }],
          unconfigured: [{ pon: pons[0], count: 2 }],
          ...more,
        }
      }),
    }),
  })

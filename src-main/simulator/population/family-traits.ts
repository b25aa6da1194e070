import type { OltScenario } from '../scenario-schema.ts'
import {
  bdcomModels,
  cdataModels,
  huaweiModels,
  type OnuModel,
  vsolModels,
  zteModels,
} from './onu-models.ts'

type Family = OltScenario['family']
type Model = OltScenario['model']

/** How a family numbers what it has, and what stands at its ends. */
export interface FamilyTraits {
  readonly technology: 'gpon' | 'epon'
  readonly shelf: number
  readonly firstPort: number
  readonly lastPort: number
  readonly firstOnuId: number
  readonly onusPerPon: number
  readonly onuModels: readonly OnuModel[]
  /** Profiles have numbers, and service ports one numbering for the whole OLT. */
  readonly numbered: boolean
  /** Texts of ONUs hold letters and digits, and no blanks. */
  readonly plainTexts: boolean
  /** An ONU has a name beside its description; elsewhere there is one text. */
  readonly hasNames: boolean
  /** Chassis with the slots that take line cards; a box without cards is slot 0. */
  readonly chassis: Readonly<
    Partial<Record<Model, { readonly first: number; readonly last: number }>>
  >
}

const box = { first: 0, last: 0 } as const

/** facts/olt.md 1 to 5 and 11; slots of the C600 kind as in its `show card`, section 7 of the samples. */
export const familyTraits: Readonly<Record<Family, FamilyTraits>> = {
  'huawei-smartax': {
    technology: 'gpon',
    shelf: 0,
    firstPort: 0,
    lastPort: 15,
    firstOnuId: 0,
    onusPerPon: 128,
    onuModels: huaweiModels,
    plainTexts: false,
    numbered: true,
    hasNames: false,
    chassis: {
      MA5608T: { first: 0, last: 1 },
      MA5683T: { first: 0, last: 5 },
      'MA5800-X7': { first: 1, last: 7 },
    },
  },
  'zte-c300': {
    technology: 'gpon',
    shelf: 1,
    firstPort: 1,
    lastPort: 16,
    firstOnuId: 1,
    onusPerPon: 128,
    onuModels: zteModels,
    plainTexts: false,
    numbered: false,
    hasNames: true,
    chassis: { C300: { first: 2, last: 9 }, C320: { first: 1, last: 2 } },
  },
  'zte-c600': {
    technology: 'gpon',
    shelf: 1,
    firstPort: 1,
    lastPort: 16,
    firstOnuId: 1,
    onusPerPon: 128,
    onuModels: zteModels,
    plainTexts: false,
    numbered: false,
    hasNames: true,
    chassis: { C600: { first: 2, last: 9 }, C620: { first: 1, last: 2 } },
  },
  'vsol-v1600g': {
    technology: 'gpon',
    shelf: 0,
    firstPort: 1,
    lastPort: 8,
    firstOnuId: 1,
    onusPerPon: 128,
    onuModels: vsolModels,
    plainTexts: true,
    numbered: false,
    hasNames: false,
    chassis: { V1600G1: box },
  },
  'cdata-gpon': {
    technology: 'gpon',
    shelf: 0,
    firstPort: 1,
    lastPort: 8,
    firstOnuId: 1,
    onusPerPon: 128,
    onuModels: cdataModels,
    plainTexts: false,
    numbered: true,
    hasNames: false,
    chassis: { FD1608S: box },
  },
  'bdcom-epon': {
    technology: 'epon',
    shelf: 0,
    firstPort: 1,
    lastPort: 4,
    firstOnuId: 1,
    onusPerPon: 64,
    onuModels: bdcomModels,
    plainTexts: true,
    numbered: false,
    hasNames: false,
    chassis: { P3310C: box },
  },
}

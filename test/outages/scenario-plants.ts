import type { LabOptions } from './lab.ts'

/** OLTs of both simulated families, of the sizes that scenarios need. */
type Olt = LabOptions['olts'][number]

export interface OltSize {
  /** Ports per card, one number per card. */
  readonly cards: readonly number[]
  readonly onus: number
  readonly split?: 8 | 16 | 32 | 64 | 128
  readonly name?: string
  readonly quirks?: Readonly<Record<string, unknown>>
  readonly population?: Readonly<Record<string, number>>
}

const splitFor = (onus: number): number =>
  [8, 16, 32, 64, 128].find((split) => split >= onus) ?? 128

export const huawei = ({ cards, onus, split, name = 'HW', quirks, population }: OltSize): Olt => ({
  name,
  family: 'huawei-smartax',
  model: 'MA5800-X7',
  location: `Exchange ${name}`,
  pons: cards.flatMap((ports, card) =>
    Array.from({ length: ports }, (_, port) => ({
      at: `0/${card + 1}/${port}`,
      onus,
      split: split ?? splitFor(onus),
      feederM: 900 + 700 * port + 300 * card,
    })),
  ),
  ...(quirks === undefined ? {} : { quirks }),
  ...(population === undefined ? {} : { population }),
})

export const zte = ({ cards, onus, split, name = 'ZT', quirks, population }: OltSize): Olt => ({
  name,
  family: 'zte-c300',
  model: 'C300',
  location: `Exchange ${name}`,
  pons: cards.flatMap((ports, card) =>
    Array.from({ length: ports }, (_, port) => ({
      at: `1/${card + 2}/${port + 1}`,
      onus,
      split: split ?? splitFor(onus),
      feederM: 1200 + 600 * port + 400 * card,
    })),
  ),
  ...(quirks === undefined ? {} : { quirks }),
  ...(population === undefined ? {} : { population }),
})

/** Equipment names in simulator/population/invented-names.ts. */
export const allModels = [
  'HG8245H',
  'EG8145V5',
  'HG8546M',
  'EG8010H',
  'F609V5.3',
  'F670LV9.0',
  'F660V6.0',
  'F601V7.2',
]

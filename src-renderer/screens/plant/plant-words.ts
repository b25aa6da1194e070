import { IconBox, IconBoxMultiple, IconMapPin, IconSitemap, type Icon } from '@tabler/icons-react'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'

export type PlantNodeKind = PlantNode['kind']

export const nodeKinds = [
  'zone',
  'cabinet',
  'splitter',
  'odb',
] as const satisfies readonly PlantNodeKind[]

const icons: Readonly<Record<PlantNodeKind, Icon>> = {
  zone: IconMapPin,
  cabinet: IconBoxMultiple,
  splitter: IconSitemap,
  odb: IconBox,
}

export const nodeIcon = (kind: PlantNodeKind): Icon => icons[kind]

/** Parts of a node's bar, worst first, as in the bars of OLTs. */
export const barParts = (
  node: Pick<PlantNode, 'onus' | 'online' | 'down' | 'unknown'>,
): readonly { readonly name: 'down' | 'unknown' | 'other' | 'online'; readonly count: number }[] =>
  (
    [
      { name: 'down', count: node.down },
      { name: 'unknown', count: node.unknown },
      { name: 'other', count: node.onus - node.online - node.down - node.unknown },
      { name: 'online', count: node.online },
    ] as const
  ).filter(({ count }) => count > 0)

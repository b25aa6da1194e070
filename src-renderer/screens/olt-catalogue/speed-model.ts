import type { Output } from '../../../src-shared/contract/index.ts'
import type { CatalogueEntry, CatalogueLists } from './catalogue-model.ts'

/** The console's speeds, and what stands for each on every OLT. */

export type Speed = Output<'provisioning.speeds'>['speeds'][number]
export type SpeedOnOlt = Speed['onOlts'][number]

export const mappedParts = [
  ['lineProfile', 'line-profiles'],
  ['serviceProfile', 'service-profiles'],
  ['upProfile', 'traffic-tables'],
  ['downProfile', 'traffic-tables'],
] as const satisfies readonly (readonly [keyof SpeedOnOlt, keyof CatalogueLists])[]
export type MappedPart = (typeof mappedParts)[number][0]

export const unmapped = (oltId: string): SpeedOnOlt => ({
  oltId,
  lineProfile: null,
  serviceProfile: null,
  upProfile: null,
  downProfile: null,
})

/** Something must set the speed: a line profile or the profiles of a service. */
export const isMapped = (on: SpeedOnOlt | undefined): boolean =>
  on !== undefined && (on.lineProfile !== null || on.upProfile !== null || on.downProfile !== null)

/** OLTs on which the speed cannot be given. */
export const gapsOf = <Olt extends { readonly id: string }>(
  speed: Pick<Speed, 'onOlts'>,
  olts: readonly Olt[],
): readonly Olt[] =>
  olts.filter(({ id }) => !isMapped(speed.onOlts.find(({ oltId }) => oltId === id)))

/** What can be chosen for a part: a table that limits the other direction alone is none for it. */
export const choicesFor = (
  part: MappedPart,
  entries: readonly CatalogueEntry[],
): readonly CatalogueEntry[] =>
  part === 'upProfile'
    ? entries.filter(({ downKbps, upKbps }) => upKbps !== null || downKbps === null)
    : part === 'downProfile'
      ? entries.filter(({ downKbps, upKbps }) => downKbps !== null || upKbps === null)
      : entries

/** Profiles count in thousands or in 1,024s; both mean the same speed. */
const near = (has: number | null, wanted: number): boolean =>
  has !== null && Math.abs(has - wanted) <= wanted * 0.05

const bestOf = (
  entries: readonly CatalogueEntry[],
  fits: (entry: CatalogueEntry) => boolean,
  name: string,
): string | null => {
  const fitting = entries.filter(fits)
  const named = fitting.find((entry) => entry.name.toLowerCase() === name.trim().toLowerCase())
  // Two that fit alike are a choice of the person's, not ours.
  return (named ?? (fitting.length === 1 ? fitting[0] : undefined))?.id ?? null
}

/** What fits by its speed, only where nothing was chosen; null stays where it would be a guess. */
export const suggested = (
  speed: Pick<Speed, 'name' | 'downKbps' | 'upKbps'>,
  on: SpeedOnOlt,
  lists: CatalogueLists,
): SpeedOnOlt => {
  const line = bestOf(
    lists['line-profiles'] ?? [],
    (entry) => near(entry.downKbps, speed.downKbps) && near(entry.upKbps, speed.upKbps),
    speed.name,
  )
  const tables = lists['traffic-tables'] ?? []
  const down = bestOf(tables, (entry) => near(entry.downKbps, speed.downKbps), speed.name)
  const up = bestOf(tables, (entry) => near(entry.upKbps, speed.upKbps), speed.name)
  return {
    ...on,
    lineProfile: on.lineProfile ?? line,
    upProfile: on.upProfile ?? up,
    downProfile: on.downProfile ?? down,
  }
}

/** A chosen entry that the OLT has no more. */
export const isMissing = (
  lists: CatalogueLists | undefined,
  kind: keyof CatalogueLists,
  id: string | null,
): boolean => {
  const entries = lists?.[kind]
  return id !== null && entries !== undefined && !entries.some((entry) => entry.id === id)
}

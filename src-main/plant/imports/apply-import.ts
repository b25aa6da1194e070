import { NocturneError } from '../../../src-shared/errors.ts'
import type { PlantDraft } from '../plant-draft.ts'
import type { PlantIndex } from '../plant-index.ts'
import type { NodeRow } from '../tables.ts'
import type { ImportPlan } from './plan.ts'

/**
 * Writes what a plan says. Errors: `conflict` (`what: plant-import`) when the plant has changed since
 * it was looked at: what was shown would not be what happens.
 */
export const applyImport = (
  plan: ImportPlan,
  draft: PlantDraft,
  index: PlantIndex,
  newId: () => string,
): void => {
  if (plan.revision !== index.revision()) {
    throw new NocturneError('conflict', { what: 'plant-import' })
  }
  const numbers: number[] = []
  const numberOf = (parent: number | null): number | null =>
    parent === null || parent > 0 ? parent : (numbers[-1 - parent] ?? null)
  for (const { number, parent, fields } of plan.nodes) {
    if (number === null) {
      numbers.push(draft.addNode({ ...fields, id: newId(), parent: numberOf(parent) }).number)
      continue
    }
    numbers.push(number)
    const before = index.nodeAt(number) as NodeRow
    draft.changeNode({ ...before, ...fields, version: before.version + 1 })
  }
  draft.putPlaces(
    plan.places.map(({ oltId, ...place }) => ({ ...place, olt: draft.oltOf(oltId).number })),
  )
  for (const { oltId, latitude, longitude } of plan.olts) {
    const before = draft.oltOf(oltId)
    draft.changeOlt({ ...before, latitude, longitude, version: before.version + 1 })
  }
}

import type { PlantIndex } from '../plant-index.ts'
import type { ImportRow, Problems } from './import-rows.ts'
import type { OltNames } from './olt-names.ts'
import { mostSamples, type ImportPlan, type PlannedOlt } from './plan.ts'
import { pointIn } from './plan-nodes.ts'

/** Where OLTs stand. */
export const planOlts = (
  rows: readonly ImportRow[],
  deps: {
    readonly index: PlantIndex
    readonly olts: OltNames
    readonly problems: Problems
  },
): ImportPlan => {
  const { index, olts, problems } = deps
  const planned: PlannedOlt[] = []
  const sample: ImportPlan['sample'] = []
  const seen = new Set<string>()
  let adds = 0
  let same = 0
  for (const row of rows) {
    const text = row.text('olt') === '' ? row.text('host') : row.text('olt')
    const olt = olts.find(text)
    if (olt === null) {
      problems.at(row, row.text('olt') === '' ? 'host' : 'olt', 'olt-unknown', text)
      continue
    }
    const point = pointIn(row, problems)
    if (point === 'refused') continue
    if (seen.has(olt.id)) {
      problems.at(row, null, 'duplicate-row', olt.name)
      continue
    }
    seen.add(olt.id)
    const before = index.oltById(olt.id)
    const isSame =
      point === null ||
      (before?.latitude === point.latitude && before.longitude === point.longitude)
    const what = isSame ? 'same' : before?.latitude == null ? 'add' : 'change'
    if (what === 'same') same++
    if (what === 'add') adds++
    if (point !== null && what !== 'same') planned.push({ oltId: olt.id, ...point })
    if (sample.length < mostSamples) {
      const where = point === null ? '' : ` → ${point.latitude}, ${point.longitude}`
      sample.push({ line: row.line, text: `${olt.name}${where}`, what })
    }
  }
  return {
    kind: 'olts',
    revision: index.revision(),
    adds,
    changes: planned.length - adds,
    same,
    sample,
    nodes: [],
    places: [],
    olts: planned,
  }
}

import type { NetworkFacts } from '../../engine/network-facts.ts'
import type { PlantIndex } from '../plant-index.ts'
import { deepest } from '../rules.ts'
import type { PlantNodeKind } from '../tables.ts'
import { breathe, rowsPerSlice, type ImportRow, type Pace, type Problems } from './import-rows.ts'
import { createNodeTree, type TreeNode } from './node-tree.ts'
import type { OltNames } from './olt-names.ts'
import { mostSamples, type ImportPlan, type PlannedNode } from './plan.ts'
import { pointOf, readCapacity, readKind, readPath, readPoint, readPon } from './read-values.ts'

/** One step of a row's path; the kind where a column said it. */
interface Step {
  readonly name: string
  readonly kind: PlantNodeKind | null
}

type Fields = Partial<{
  -readonly [Key in keyof PlannedNode['fields']]: PlannedNode['fields'][Key]
}>

/**
 * What rows of nodes add and change. A node is known by its path; what a path names and the plant
 * has not yet is made. An empty cell leaves what is there.
 */
export const planNodes = async (
  rows: readonly ImportRow[],
  deps: {
    readonly index: PlantIndex
    readonly network: NetworkFacts
    readonly olts: OltNames
    readonly problems: Problems
    readonly pace: Pace
  },
): Promise<ImportPlan> => {
  const { index, problems, pace } = deps
  const tree = createNodeTree(index)
  const sample: ImportPlan['sample'] = []
  const seen = new Set<TreeNode>()
  let adds = 0
  let changes = 0
  let same = 0

  const takeRow = (row: ImportRow, steps: readonly Step[], under: TreeNode | null): void => {
    const fields = fieldsOf(row, deps)
    if (fields === null) return
    const last = steps.at(-1)
    if (last === undefined) return problems.at(row, null, 'name-missing', '')
    const long = steps.find(({ name }) => name.length > 80 || /\p{Cc}/u.test(name))
    if (long !== undefined) return problems.at(row, null, 'name', long.name)
    if ((under?.depth ?? 0) + steps.length > deepest) return problems.at(row, null, 'too-deep', '')
    let node = under
    for (const [at, step] of steps.slice(0, -1).entries()) {
      node = tree.child(node, step.name) ?? tree.add(node, step.name, stepKind(step, at, node))
    }
    const known = tree.child(node, last.name)
    if (known !== null && seen.has(known)) {
      return problems.at(row, null, 'duplicate-row', tree.pathOf(known))
    }
    const kind = last.kind ?? fields.kind
    const told = kind === undefined ? fields : { ...fields, kind }
    const target = known ?? tree.add(node, last.name, kind ?? guessedKind(node))
    seen.add(target)
    const isChanged = tree.merge(target, told)
    const what = target.number === null ? 'add' : isChanged ? 'change' : 'same'
    if (what === 'change') changes++
    if (what === 'same') same++
    if (sample.length < mostSamples)
      sample.push({ line: row.line, text: tree.pathOf(target), what })
  }

  let waiting: { readonly row: ImportRow; readonly parent: string; readonly name: string }[] = []
  for (const [at, row] of rows.entries()) {
    if (at % rowsPerSlice === 0) {
      pace.progress(at, rows.length)
      await breathe(pace)
    }
    const parent = row.text('parent')
    const name = row.text('name')
    if (parent === '' || row.text('path') !== '') takeRow(row, stepsOf(row), null)
    else waiting.push({ row, parent, name })
  }

  // A row may hang below one that comes later: until nothing more finds its parent.
  for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
    before = waiting.length
    const left: typeof waiting = []
    for (const [at, one] of waiting.entries()) {
      if (at % rowsPerSlice === 0) await breathe(pace)
      const parent = tree.find(readPath(one.parent), one.parent)
      if (parent === null || parent === 'ambiguous') left.push(one)
      else takeRow(one.row, one.name === '' ? [] : [{ name: one.name, kind: null }], parent)
    }
    waiting = left
  }
  for (const { row, parent } of waiting) {
    const found = tree.find(readPath(parent), parent)
    problems.at(row, 'parent', found === 'ambiguous' ? 'node-ambiguous' : 'node-unknown', parent)
  }

  const nodes = tree.planned()
  adds = nodes.filter(({ number }) => number === null).length
  return {
    kind: 'nodes',
    revision: index.revision(),
    adds,
    changes,
    same,
    sample,
    nodes,
    places: [],
    olts: [],
  }
}

const levelKinds = ['zone', 'cabinet', 'splitter', 'odb'] as const

const stepsOf = (row: ImportRow): readonly Step[] => {
  const path = row.text('path')
  const name = row.text('name')
  if (path !== '') return readPath(path).map((one) => ({ name: one, kind: null }))
  const levels = levelKinds
    .map((kind) => ({ name: row.text(kind), kind }))
    .filter((step) => step.name !== '')
  if (name === '') return levels
  return [...levels, { name, kind: null }]
}

const stepKind = (step: Step, at: number, under: TreeNode | null): PlantNodeKind =>
  step.kind ?? (at === 0 && under === null ? 'zone' : 'cabinet')

const guessedKind = (under: TreeNode | null): PlantNodeKind => (under === null ? 'zone' : 'odb')

/** Null: a cell cannot be read, which has been told. */
const fieldsOf = (
  row: ImportRow,
  { olts, problems }: { readonly olts: OltNames; readonly problems: Problems },
): Fields | null => {
  const fields: Fields = {}
  const kind = row.text('kind')
  if (kind !== '') {
    const read = readKind(kind)
    if (read === null) return refused(problems.at(row, 'kind', 'kind', kind))
    fields.kind = read
  }
  const capacity = row.text('capacity')
  if (capacity !== '') {
    const read = readCapacity(capacity)
    if (read === null) return refused(problems.at(row, 'capacity', 'capacity', capacity))
    fields.capacity = read
  }
  const pon = row.text('pon')
  if (pon !== '') {
    const olt = olts.find(row.text('olt'))
    const read = readPon(pon)
    if (olt === null) return refused(problems.at(row, 'olt', 'olt-unknown', row.text('olt')))
    if (read === null) return refused(problems.at(row, 'pon', 'pon', pon))
    fields.ponOlt = olt.id
    fields.pon = read
  }
  const point = pointIn(row, problems)
  if (point === 'refused') return null
  if (point !== null) Object.assign(fields, point)
  const street = row.text('street')
  const note = row.text('note')
  if (street.length > 200) return refused(problems.at(row, 'street', 'too-long', street))
  if (note.length > 2000) return refused(problems.at(row, 'note', 'too-long', note))
  if (street !== '') fields.street = street
  if (note !== '') fields.note = note
  return fields
}

const refused = (_told: void): null => null

/** Coordinates of a row, in one cell or in two; null: none. */
export const pointIn = (
  row: ImportRow,
  problems: Problems,
): { readonly latitude: number; readonly longitude: number } | null | 'refused' => {
  const both = row.text('coordinates')
  const latitude = row.text('latitude')
  const longitude = row.text('longitude')
  if (both === '' && latitude === '' && longitude === '') return null
  const point = both === '' ? pointOf(latitude, longitude) : readPoint(both)
  if (point !== null) return point
  problems.at(
    row,
    both === '' ? 'latitude' : 'coordinates',
    'coordinates',
    both === '' ? `${latitude} ${longitude}` : both,
  )
  return 'refused'
}

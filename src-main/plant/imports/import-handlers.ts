import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { NetworkFacts } from '../../engine/network-facts.ts'
import { createPlantDraft } from '../plant-draft.ts'
import type { PlantChange, PlantIndex } from '../plant-index.ts'
import { applyImport } from './apply-import.ts'
import { exportPlant } from './export-plant.ts'
import type { Column } from './headers.ts'
import { createProblems, readRows, type Pace } from './import-rows.ts'
import { oltNamesOf } from './olt-names.ts'
import { planNodes } from './plan-nodes.ts'
import { planOlts } from './plan-olts.ts'
import { planOnus } from './plan-onus.ts'
import { createStagedImports } from './staged-imports.ts'

export type PlantImportQuery = 'plant.previewImport' | 'plant.export'

/** Files in and out. */
export const createImportHandlers = (deps: {
  readonly index: PlantIndex
  readonly network: NetworkFacts
  readonly now: () => number
  readonly newId: () => string
  readonly take: (change: PlantChange) => void
}): {
  readonly queries: QueryHandlers<PlantImportQuery>
  readonly commands: CommandHandlers<'plant.applyImport'>
} => {
  const { index, network, now, newId } = deps
  const staged = createStagedImports({ now, newId })

  return {
    queries: {
      'plant.previewImport': async ({ kind, bytes, taskId }, { signal, session, progress }) => {
        let columns: readonly Column[] = []
        const problems = createProblems(() => columns)
        const pace: Pace = {
          signal,
          progress: (done, total) => progress(taskId, 'import', done, total),
        }
        const read = await readRows(kind, bytes, problems.add, pace)
        columns = read.columns
        const planDeps = { index, network, olts: oltNamesOf(network), problems, pace }
        const plan =
          kind === 'nodes'
            ? await planNodes(read.rows, planDeps)
            : kind === 'onus'
              ? await planOnus(read.rows, planDeps)
              : planOlts(read.rows, planDeps)
        const { adds, changes, same, sample } = plan
        return {
          importId: staged.stage(session?.accountId ?? null, plan),
          encoding: read.encoding,
          separator: read.separator,
          columns: read.columns.map(({ header, field }) => ({ header, field })),
          rows: read.rows.length,
          adds,
          changes,
          same,
          // Rows wait for one another, so that what is wrong is found out of turn.
          problems: problems.list.toSorted((one, other) => one.line - other.line),
          problemsTotal: problems.total(),
          sample,
        }
      },
      'plant.export': ({ kind }) => exportPlant(kind, deps),
    },
    commands: {
      'plant.applyImport': ({ importId }, { session }) => {
        const plan = staged.take(session?.accountId ?? null, importId)
        let change: PlantChange = {}
        return {
          apply: (tx) => {
            const draft = createPlantDraft(tx, { index, network, at: now() })
            applyImport(plan, draft, index, newId)
            change = draft.change
            const { kind, adds, changes } = plan
            tx.change({
              entity: 'plant-import',
              entityId: importId,
              kind: 'created',
              version: 1,
              data: { kind, adds, changes },
            })
            return { added: adds, changed: changes }
          },
          after: () => deps.take(change),
        }
      },
    },
  }
}

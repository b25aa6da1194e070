import type { OltModel } from '../population/olt-model.ts'
import type { FamilyView } from './family.ts'
import { zteC600Chassis } from './zte-c600-chassis.ts'
import { zteNewTree } from './zte-new-tree.ts'
import { zteOnuCells } from './zte-onu-cells.ts'

/**
 * C600 and C620 (facts/olt.md 2): the 1082 tree alone, with ports numbered in IF-MIB as in the
 * tables. Sources put serial numbers in two places: both are here, and `lackingColumns` takes one away.
 */
export const zteC600 = (olt: OltModel): FamilyView => {
  const chassis = zteC600Chassis(olt)
  const cells = zteOnuCells(olt)
  const tree = zteNewTree(olt, { 6: cells.serial, 18: cells.serialText })
  return {
    rowSets: [...chassis.rowSets, ...tree.rowSets],
    columns: [...chassis.columns, ...tree.columns],
  }
}

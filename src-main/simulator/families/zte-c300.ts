import type { OltModel, PonPort } from '../population/olt-model.ts'
import { onuOctets } from '../population/onu-readings.ts'
import { constant, counter, text } from './cell-writers.ts'
import { type FamilyView, table } from './family.ts'
import { hasOptics } from './optics.ts'
import { heardRows, onuSetters } from './onu-setters.ts'
import { zteChassis } from './zte-chassis.ts'
import { ponTreeIndex } from './zte-index.ts'
import { zteFoundCells, zteFoundRows, zteNewTree, zteOnuRows } from './zte-new-tree.ts'
import { zteOnuCells } from './zte-onu-cells.ts'

/** Source: facts/olt.md 2.2 and 2.3. The old trees, 1012 and 1015, in index space (a). */
export const zteC300 = (olt: OltModel): FamilyView => {
  const enterprise = '1.3.6.1.4.1.3902'
  const bits = olt.quirks.counterBits
  const space = (p: number): number => ponTreeIndex(olt.pons[p] as PonPort)
  const onus = zteOnuRows(olt, space)
  const interfaces = zteOnuRows(olt, space, 1)
  const found = zteFoundRows(olt, space)
  const cells = zteOnuCells(olt)
  const foundCells = zteFoundCells(olt)
  const sets = onuSetters(olt)
  const newTree = zteNewTree(olt, { 18: cells.serialText })
  return {
    rowSets: [onus, interfaces, found, ...newTree.rowSets],
    columns: [
      ...zteChassis(olt).columns,
      ...newTree.columns,
      ...table(`${enterprise}.1012.3.11.4.1`, onus, { 1: cells.equalisation, 2: cells.distance }),
      ...table(
        `${enterprise}.1012.3.13.3.1`,
        found,
        {
          2: foundCells.serial,
          5: text(() => ''),
          10: foundCells.type,
          11: foundCells.software,
        },
        heardRows(olt),
      ),
      ...table(
        `${enterprise}.1012.3.28.1.1`,
        onus,
        {
          1: cells.type,
          2: cells.name,
          3: cells.description,
          5: cells.serial,
          9: constant(1),
        },
        undefined,
        { 2: sets.name, 3: sets.description, 9: sets.rowStatus },
      ),
      ...table(
        `${enterprise}.1012.3.28.2.1`,
        onus,
        {
          1: cells.admin,
          4: cells.phase,
          5: cells.lastOnline,
          6: cells.lastOffline,
          7: cells.reason,
        },
        undefined,
        { 1: sets.admin(1, 2) },
      ),
      ...table(`${enterprise}.1012.3.50.11.2.1`, onus, { 1: cells.vendor, 17: cells.type }),
      ...table(
        `${enterprise}.1012.3.50.12.1.1`,
        interfaces,
        { 10: cells.onuRx, 14: cells.onuTx, 17: cells.voltage, 19: cells.temperature },
        hasOptics(olt),
      ),
      ...table(`${enterprise}.1015.1010.5.56.1.1`, onus, {
        2: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, true)),
        3: counter(bits, (onu, nowMs) => onuOctets(olt, onu, nowMs, false)),
      }),
      ...table(`${enterprise}.1015.1010.11.2.1`, onus, { 2: cells.oltRx }, hasOptics(olt)),
    ],
  }
}

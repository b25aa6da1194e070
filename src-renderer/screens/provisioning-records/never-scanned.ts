import type { Output } from '../../../src-shared/contract/index.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'

export type Scan = Output<'provisioning.mismatches'>['scans'][number]

/** The scans there were, and a line for every OLT that was never scanned; by name. */
export const withNeverScanned = (
  scans: readonly Scan[],
  olts: readonly Pick<OltRow, 'id' | 'name'>[],
): readonly Scan[] => {
  const known = new Set(scans.map(({ oltId }) => oltId))
  const never = olts
    .filter(({ id }) => !known.has(id))
    .map(({ id, name }): Scan => ({
      oltId: id,
      oltName: name,
      at: null,
      compared: 0,
      mismatches: 0,
      unrecorded: 0,
      problem: null,
      running: false,
    }))
  return [...scans, ...never].sort((one, other) => one.oltName.localeCompare(other.oltName))
}

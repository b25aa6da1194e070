import type { Problem } from '../../../src-shared/contract/common.ts'
import type { CatalogueEntry } from '../../olt/cli/config-port.ts'
import type { CatalogueReads } from '../presets/catalogue-tables.ts'
import type { TargetRecord } from './tables.ts'

/**
 * What a target names and the OLT's own lists, as they were read last, do not hold. A warning: the
 * lists may be older than the OLT, which refuses by itself.
 */
export const missingInCatalogue = (
  catalogues: CatalogueReads,
): ((target: Pick<TargetRecord, 'oltAfterId' | 'before' | 'after'>) => readonly Problem[]) => {
  const known = new Map<string, ReturnType<CatalogueReads['catalogue']>>()
  return ({ oltAfterId, before, after }) => {
    if (after === null) return []
    if (!known.has(oltAfterId)) known.set(oltAfterId, catalogues.catalogue(oltAfterId))
    const lists = known.get(oltAfterId)?.lists
    if (lists === undefined) return []
    const problems: Problem[] = []
    const profile = (list: readonly CatalogueEntry[] | undefined, name: string | null): void => {
      if (list === undefined || name === null || has(list, name)) return
      problems.push({ code: 'onu-profile-missing', params: { profile: name } })
    }
    if (after.lineProfile !== before?.lineProfile)
      profile(lists['line-profiles'], after.lineProfile)
    if (after.serviceProfile !== before?.serviceProfile) {
      profile(lists['service-profiles'], after.serviceProfile)
    }
    if (after.onuType !== before?.onuType) profile(lists['onu-types'], after.onuType)
    for (const { vlan } of after.services ?? []) {
      const isNew = before?.services?.some((one) => one.vlan === vlan) !== true
      if (isNew && lists.vlans !== undefined && !has(lists.vlans, String(vlan))) {
        problems.push({ code: 'onu-vlan-missing', params: { vlan } })
      }
    }
    return problems
  }
}

const has = (list: readonly CatalogueEntry[], name: string): boolean =>
  list.some((entry) => entry.id === name || entry.name === name)

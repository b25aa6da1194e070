import { useQuery, type QueryState } from '../../client/hooks.ts'
import { useEntrance } from '../../state/workspace.ts'
import { useRefreshOnOltChange } from '../network-olts/use-olts.ts'
import type { FamilyList } from './family-list.ts'

/** All families, asked again when the folder or trust has changed. */
export const useFamilies = (): QueryState<FamilyList> => {
  const state = useQuery('families.list', {}, { on: ['families.changed'], everyMs: 200 })
  // How many OLTs each of them reads moves when OLTs are recognised.
  useRefreshOnOltChange(state.refresh)
  return state
}

export const useMayManageFamilies = (): boolean =>
  useEntrance((state) => state.session?.permissions.includes('network.family.manage') === true)

import { useQuery, type QueryState } from '../../client/hooks.ts'
import { useEntrance } from '../../state/workspace.ts'
import type { FamilyList } from './family-list.ts'

/** All families, asked again when the folder or trust has changed. */
export const useFamilies = (): QueryState<FamilyList> =>
  useQuery('families.list', {}, { on: ['families.changed'], everyMs: 200 })

export const useMayManageFamilies = (): boolean =>
  useEntrance((state) => state.session?.permissions.includes('network.family.manage') === true)

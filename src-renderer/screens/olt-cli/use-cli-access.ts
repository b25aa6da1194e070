import type { Output } from '../../../src-shared/contract/index.ts'
import { useQuery, type QueryState } from '../../client/hooks.ts'
import { useMay } from './use-may.ts'

const live = { on: ['olt-cli.changed'], everyMs: 500 } as const

export type CliAccessQuery = QueryState<Output<'olt-cli.access'>>

/** How one OLT lets the console in; undefined for a role that may not see it. */
export const useCliAccess = (oltId: string): CliAccessQuery | undefined => {
  const may = useMay('olt-cli.access.read')
  const state = useQuery('olt-cli.access', { oltId }, { ...live, skip: !may })
  return may ? state : undefined
}

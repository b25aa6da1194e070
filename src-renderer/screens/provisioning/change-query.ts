import type { PlanRow } from '../../../src-shared/contract/provisioning-plans.ts'

/** Which changes the list shows, as the query of its route. */

export const changeGroups = ['all', 'open', 'drafts', 'done', 'failed', 'dropped'] as const
export type ChangeGroup = (typeof changeGroups)[number]

export interface ChangeQuery {
  readonly group: ChangeGroup
  readonly oltId: string | null
}

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const parseChangeQuery = (search: string): ChangeQuery => {
  const params = new URLSearchParams(search)
  const oltId = params.get('olt') ?? ''
  return {
    group: changeGroups.find((each) => each === params.get('show')) ?? 'all',
    oltId: uuidShape.test(oltId) ? oltId : null,
  }
}

/** Without the question mark; empty: everything. */
export const serialiseChangeQuery = ({ group, oltId }: ChangeQuery): string =>
  [...(group === 'all' ? [] : [`show=${group}`]), ...(oltId === null ? [] : [`olt=${oltId}`])].join(
    '&',
  )

export const statesOfGroup = (group: ChangeGroup): PlanRow['state'][] => {
  switch (group) {
    case 'all':
      return []
    case 'open':
      return ['running', 'canary-wait', 'paused', 'stopped', 'interrupted']
    case 'drafts':
      return ['draft']
    case 'done':
      return ['done']
    case 'failed':
      return ['failed', 'stopped', 'interrupted']
    case 'dropped':
      return ['expired', 'discarded']
  }
}

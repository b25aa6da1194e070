import { describe, expect, it } from 'vitest'
import { mismatchKinds } from '../../src-shared/contract/provisioning-model.ts'
import { planStates } from '../../src-shared/contract/provisioning-plans.ts'
import {
  changeGroups,
  parseChangeQuery,
  serialiseChangeQuery,
  statesOfGroup,
} from '../../src-renderer/screens/provisioning/change-query.ts'
import {
  kindNames,
  parseMismatchQuery,
  serialiseMismatchQuery,
} from '../../src-renderer/screens/provisioning-records/mismatch-query.ts'
import { uuid } from './sample-plan.ts'

describe('the address of the changes', () => {
  it('leaves out what it does not know', () => {
    expect(parseChangeQuery('show=ghosts&olt=1')).toEqual({ group: 'all', oltId: null })
  })

  it('says what it reads', () => {
    for (const group of changeGroups) {
      const query = { group, oltId: uuid(3) }
      expect(parseChangeQuery(serialiseChangeQuery(query))).toEqual(query)
    }
    expect(serialiseChangeQuery({ group: 'all', oltId: null })).toBe('')
  })

  it('shows every state in some group', () => {
    const shown = new Set(changeGroups.flatMap(statesOfGroup))
    expect(planStates.filter((state) => !shown.has(state))).toEqual([])
  })
})

describe('the address of the mismatches', () => {
  it('leaves out what it does not know', () => {
    expect(parseMismatchQuery('olt=x&kind=profile,ghosts')).toEqual({
      oltId: null,
      kinds: ['profile'],
    })
  })

  it('says what it reads, with the kinds of the contract', () => {
    expect([...kindNames].toSorted()).toEqual([...mismatchKinds].toSorted())
    const query = { oltId: uuid(4), kinds: kindNames }
    expect(parseMismatchQuery(serialiseMismatchQuery(query))).toEqual(query)
    expect(serialiseMismatchQuery({ oltId: null, kinds: [] })).toBe('')
  })
})

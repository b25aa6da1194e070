import { describe, expect, it } from 'vitest'
import { commands, events, queries } from '../../src-shared/contract/index.ts'
import type { Named } from '../../src-shared/domain/scope.ts'
import {
  everything,
  isReached,
  oltIdsWithin,
  reaches,
  reachesOlt,
  refuseBeyondReach,
  scopeRuleOf,
  type BelongingOf,
  type Reach,
} from '../../src-main/engine/reach.ts'
import { isNocturneError } from '../../src-shared/errors.ts'

const region: Reach = { kind: 'regions', accountId: 'me', olts: new Set(['a', 'b']) }
const own: Reach = { kind: 'own', accountId: 'me', olts: new Set() }
const none: Reach = { kind: 'regions', accountId: 'me', olts: new Set() }

const things: Record<string, ReturnType<BelongingOf>> = {
  'olt a': { oltIds: ['a'] },
  'olt z': { oltIds: ['z'] },
  'outage both': { oltIds: ['a', 'z'] },
  'alarm mine': { oltIds: ['z'], accountIds: ['me'] },
  'alarm console': { oltIds: [] },
}
const belongingOf: BelongingOf = (kind, id) => things[`${kind} ${id}`] ?? null

const refusal = (reach: Reach, scope: Parameters<typeof rule>[0]): string | null => {
  try {
    refuseBeyondReach(reach, rule(scope), {}, belongingOf)
    return null
  } catch (error) {
    if (isNocturneError(error)) return error.code
    throw error
  }
}
const rule = (scope: 'everything' | 'nothing' | 'narrowed' | readonly Named[] | undefined) => ({
  access: 'network.olt.read' as const,
  ...(scope === undefined ? {} : { scope: typeof scope === 'string' ? scope : () => scope }),
})

describe('what is beyond a reach is refused', () => {
  it('where a procedure says nothing of it: deny by default', () => {
    expect(refusal(region, undefined)).toBe('beyond-scope')
    expect(refusal(region, 'everything')).toBe('beyond-scope')
    expect(refusal(own, 'everything')).toBe('beyond-scope')
  })

  it('where one of the things that are named is not reached', () => {
    expect(refusal(region, [{ kind: 'olt', id: 'z' }])).toBe('beyond-scope')
    expect(
      refusal(region, [
        { kind: 'olt', id: 'a' },
        { kind: 'olt', id: 'z' },
      ]),
    ).toBe('beyond-scope')
    expect(refusal(region, [{ kind: 'outage', id: 'both' }])).toBe('beyond-scope')
  })

  it('where it lies on no OLT at all, or is for the whole workspace', () => {
    expect(refusal(region, [{ kind: 'alarm', id: 'console' }])).toBe('beyond-scope')
    expect(refusal(region, [{ kind: 'workspace', id: '' }])).toBe('beyond-scope')
  })

  it('of "own" where it is somebody else’s or nobody’s', () => {
    expect(refusal(own, [{ kind: 'olt', id: 'a' }])).toBe('beyond-scope')
    expect(refusal(own, [{ kind: 'node', id: 'unknown' }])).toBe('beyond-scope')
  })

  it('and what is sent is not sent', () => {
    expect(isReached(region, rule([{ kind: 'olt', id: 'z' }]), {}, belongingOf)).toBe(false)
    expect(isReached(region, rule([{ kind: 'olt', id: 'a' }]), {}, belongingOf)).toBe(true)
  })
})

describe('what is within a reach goes on', () => {
  it('to the handler, which knows what there is', () => {
    expect(refusal(region, [{ kind: 'olt', id: 'a' }])).toBeNull()
    expect(refusal(region, [{ kind: 'plan', id: 'unknown' }])).toBeNull()
    expect(refusal(region, [{ kind: 'outage', id: 'both', inPart: true }])).toBeNull()
    expect(refusal(own, [{ kind: 'alarm', id: 'mine' }])).toBeNull()
    expect(refusal(region, 'nothing')).toBeNull()
    expect(refusal(region, 'narrowed')).toBeNull()
  })

  it('and everything is within everything', () => {
    expect(refusal(everything, undefined)).toBeNull()
    expect(refusal(everything, [{ kind: 'olt', id: 'z' }])).toBeNull()
    expect(reaches(everything, { oltIds: [] })).toBe(true)
    expect(reachesOlt(everything, null)).toBe(true)
  })
})

describe('a filter whose empty list means every OLT', () => {
  it('means every OLT that is reached', () => {
    expect(oltIdsWithin(region, [])).toEqual(['a', 'b'])
    expect(oltIdsWithin(region, ['b', 'z'])).toEqual(['b'])
    expect(oltIdsWithin(everything, [])).toEqual([])
  })

  it('is never empty where nothing is reached', () => {
    expect(oltIdsWithin(region, ['z'])).toHaveLength(1)
    expect(oltIdsWithin(none, [])).toHaveLength(1)
    expect(oltIdsWithin(own, [])).not.toContain('')
  })
})

it('holds for the whole contract: what each procedure and event is to who reaches a part', () => {
  const shown = Object.fromEntries(
    [queries, commands, events].flatMap((group) =>
      Object.entries(group).map(([name, definition]) => {
        const scope = scopeRuleOf(definition)
        return [name, typeof scope === 'string' ? scope : 'what it names']
      }),
    ),
  )
  expect(shown).toMatchSnapshot()
})

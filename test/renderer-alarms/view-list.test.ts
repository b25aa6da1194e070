import { describe, expect, it } from 'vitest'
import { preferences } from '../../src-shared/contract/preferences.ts'
import {
  defaultViewOf,
  isDefaultView,
  removeView,
  renameView,
  saveView,
  toggleDefault,
  viewLimits,
} from '../../src-renderer/components/saved-views/view-list.ts'
import { makeUuidV7 } from '../../src-renderer/client/uuid.ts'

const night = { id: 'a', name: 'Night', query: 'severity=critical' }
const mine = { id: 'b', name: 'Mine', query: 'mine=1' }

describe('saved views', () => {
  it('are not saved without a name, with too long a query, or beyond the limit', () => {
    expect(saveView([], { ...night, name: '  ' })).toBeNull()
    expect(saveView([], { ...night, query: 'x'.repeat(viewLimits.query + 1) })).toBeNull()
    const full = Array.from({ length: viewLimits.views }, (_, index) => ({
      ...night,
      id: String(index),
      name: `V ${index}`,
    }))
    expect(saveView(full, mine)).toBeNull()
    expect(saveView(full, { ...mine, name: 'V 3' })).not.toBeNull()
  })

  it('replaces what has the same name and keeps its place and mark', () => {
    const again = saveView([night, mine], { id: 'c', name: 'night', query: 'severity=major' })
    expect(again).toEqual([{ ...night, query: 'severity=major' }, mine])
  })

  it('cannot be called as another one', () => {
    expect(renameView([night, mine], 'a', 'MINE')).toBeNull()
    expect(renameView([night, mine], 'a', '')).toBeNull()
    expect(renameView([night, mine], 'a', 'NIGHT')?.[0]?.name).toBe('NIGHT')
  })

  it('have one default at most, which can be taken away', () => {
    const one = toggleDefault([night, mine], 'a')
    expect(defaultViewOf(one)?.name).toBe('Night')
    const other = toggleDefault(one, 'b')
    expect(other.filter(isDefaultView).map((view) => view.name)).toEqual(['Mine'])
    const none = toggleDefault(other, defaultViewOf(other)!.id)
    expect(none).toEqual([night, mine])
  })

  it('stay within what the preferences take, mark included', () => {
    const views = toggleDefault([{ ...night, id: makeUuidV7() }], '')
    const marked = toggleDefault(views, views[0]!.id)
    // A mark before a whole UUID would be too long for the preferences.
    expect(preferences.safeParse({ views: { alarms: marked } }).success).toBe(true)
    expect(removeView(marked, marked[0]!.id)).toEqual([])
  })
})

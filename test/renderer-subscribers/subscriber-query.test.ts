import { describe, expect, it } from 'vitest'
import {
  filterOf,
  isNarrowed,
  plainView,
  readView,
  sortedBy,
  writeView,
  type ListView,
} from '../../src-renderer/screens/subscribers/subscriber-query.ts'

describe('the address of the list of subscribers', () => {
  it('takes nothing that it does not know', () => {
    expect(readView('status=gone&sort=drop+table&service=x&agent=me&mark=vip&down=yes')).toEqual(
      plainView,
    )
  })

  it('comes back as it went, so that a saved view shows the same', () => {
    const view: ListView = {
      search: '+62 812 & co',
      status: 'suspended',
      agent: 'none',
      service: 'live',
      mark: 'neverSuspend',
      sort: 'createdAt',
      descending: true,
    }
    expect(readView(writeView(view))).toEqual(view)
    expect(writeView(plainView)).toBe('')
    expect([isNarrowed(view), isNarrowed({ ...plainView, sort: 'code' })]).toEqual([true, false])
    expect(filterOf(view)).toEqual({
      search: '+62 812 & co',
      statuses: ['suspended'],
      agent: 'none',
      service: 'live',
      neverSuspend: true,
      restricted: false,
    })
  })

  it('turns a column round that is sorted already, and begins another one upwards', () => {
    const down = sortedBy(plainView, 'name')
    expect([down.sort, down.descending]).toEqual(['name', true])
    const other = sortedBy(down, 'code')
    expect([other.sort, other.descending]).toEqual(['code', false])
  })
})

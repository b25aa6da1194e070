import { describe, expect, it } from 'vitest'
import { awaitedIndex, enteredOn, type Line } from '../../src-renderer/app/palette-items.ts'

const page: Line = { key: 'go /onus', kind: 'page' }
const onu: Line = { key: 'onu a 0/1/2:3', kind: 'found' }
const other: Line = { key: 'onu a 0/1/2:4', kind: 'found' }
const action: Line = { key: 'action lock', kind: 'action' }

describe('Enter in the palette', () => {
  it('never opens what was found for an older text', () => {
    expect(enteredOn([onu, other, action], 0, true)).toEqual({
      kind: 'wait',
      awaited: { key: null },
    })
    expect(enteredOn([onu, other, action], 1, true)).toEqual({
      kind: 'wait',
      awaited: { key: other.key },
    })
  })

  it('does not take an action for the best line before the answer has come', () => {
    expect(enteredOn([action], 0, true).kind).toBe('wait')
    expect(enteredOn([], -1, true).kind).toBe('wait')
  })

  it('goes to a page that stands first, and to an own line below the first, at once', () => {
    expect(enteredOn([page, onu], 0, true)).toEqual({ kind: 'run', index: 0 })
    expect(enteredOn([onu, action], 1, true)).toEqual({ kind: 'run', index: 1 })
  })

  it('acts at once when the answer is there', () => {
    expect(enteredOn([onu, other], 1, false)).toEqual({ kind: 'run', index: 1 })
  })

  it('acts on the line that was meant, or on nothing when it is no longer there', () => {
    expect(awaitedIndex([other, action], { key: null })).toBe(0)
    expect(awaitedIndex([onu, other], { key: other.key })).toBe(1)
    expect(awaitedIndex([onu], { key: other.key })).toBe(-1)
    expect(awaitedIndex([], { key: null })).toBe(-1)
  })
})

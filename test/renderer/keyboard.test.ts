import { describe, expect, it, vi } from 'vitest'
import {
  assertNoConflicts,
  chordOf,
  createKeyboard,
  type KeyPress,
} from '../../src-renderer/app/keyboard.ts'
import { shortcuts, type Shortcut } from '../../src-renderer/app/shortcuts.ts'

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})

const table = {
  jump: { keys: 'g d', group: 'goTo' },
  other: { keys: 'g o', group: 'goTo' },
  palette: { keys: 'mod+k', group: 'everywhere', inFields: true },
  filter: { keys: '/', group: 'list' },
  help: { keys: '?', group: 'everywhere' },
} as const satisfies Record<string, Shortcut>

const make = () => createKeyboard<keyof typeof table>(table, { mac: false, sequenceMs: 1000 })

describe('keyboard registry', () => {
  it('refuses two shortcuts with the same keys', () => {
    expect(() =>
      assertNoConflicts({
        one: { keys: 'x', group: 'list' },
        two: { keys: 'X', group: 'everywhere' },
      }),
    ).toThrow(/conflict/)
  })

  it('refuses a shortcut that begins another one', () => {
    expect(() =>
      assertNoConflicts({
        one: { keys: 'g', group: 'list' },
        two: { keys: 'g d', group: 'everywhere' },
      }),
    ).toThrow(/conflict/)
  })

  it('finds no conflict in the table of the console', () => {
    expect(() => assertNoConflicts(shortcuts)).not.toThrow()
  })

  it('is off in a text field', () => {
    const keyboard = make()
    const run = vi.fn()
    keyboard.handle('filter', run)
    expect(keyboard.press(press('/'), true, 0)).toBe(false)
    expect(run).not.toHaveBeenCalled()
  })

  it('lets a shortcut through in a text field where the table says so', () => {
    const keyboard = make()
    const run = vi.fn()
    keyboard.handle('palette', run)
    expect(keyboard.press(press('k', { ctrlKey: true }), true, 0)).toBe(true)
    expect(run).toHaveBeenCalledOnce()
  })

  it('does nothing for a shortcut that nobody handles', () => {
    expect(make().press(press('/'), false, 0)).toBe(false)
  })

  it('understands one key after the other', () => {
    const keyboard = make()
    const run = vi.fn()
    keyboard.handle('jump', run)
    expect(keyboard.press(press('g'), false, 0)).toBe(true)
    expect(keyboard.press(press('d'), false, 500)).toBe(true)
    expect(run).toHaveBeenCalledOnce()
  })

  it('forgets a sequence that was begun too long ago', () => {
    const keyboard = make()
    const run = vi.fn()
    keyboard.handle('jump', run)
    keyboard.press(press('g'), false, 0)
    expect(keyboard.press(press('d'), false, 1001)).toBe(false)
    expect(run).not.toHaveBeenCalled()
  })

  it('forgets a sequence after a key that does not belong to it', () => {
    const keyboard = make()
    const run = vi.fn()
    keyboard.handle('jump', run)
    keyboard.press(press('g'), false, 0)
    keyboard.press(press('z'), false, 10)
    expect(keyboard.press(press('d'), false, 20)).toBe(false)
    expect(run).not.toHaveBeenCalled()
  })

  it('gives the key to the newest handler and back when that one leaves', () => {
    const keyboard = make()
    const page = vi.fn()
    const drawer = vi.fn()
    keyboard.handle('help', page)
    const leave = keyboard.handle('help', drawer)
    keyboard.press(press('?', { shiftKey: true }), false, 0)
    leave()
    keyboard.press(press('?', { shiftKey: true }), false, 1)
    expect(drawer).toHaveBeenCalledOnce()
    expect(page).toHaveBeenCalledOnce()
  })

  it('tells which shortcuts have something to do', () => {
    const keyboard = make()
    const changed = vi.fn()
    keyboard.subscribe(changed)
    const leave = keyboard.handle('help', () => undefined)
    expect([...keyboard.active()]).toEqual(['help'])
    leave()
    expect([...keyboard.active()]).toEqual([])
    expect(changed).toHaveBeenCalledTimes(2)
  })

  it('takes Cmd for mod on a Mac and Ctrl elsewhere', () => {
    expect(chordOf(press('k', { metaKey: true }), true)).toBe('mod+k')
    expect(chordOf(press('k', { ctrlKey: true }), true)).toBe('other+k')
    expect(chordOf(press('k', { ctrlKey: true }), false)).toBe('mod+k')
  })

  it('does not take a modifier alone for a key', () => {
    expect(chordOf(press('Shift', { shiftKey: true }), false)).toBeUndefined()
  })
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { createKeyboard, type KeyPress } from '../../src-renderer/app/keyboard.ts'
import { listKeys } from '../../src-renderer/app/keyboard-list.ts'
import {
  changedKeys,
  clashWith,
  keysClash,
  layOver,
  refusalOf,
} from '../../src-renderer/app/keyboard-own.ts'
import { shortcutNames, shortcuts, type Shortcut } from '../../src-renderer/app/shortcuts.ts'
import {
  judgeKeys,
  pressWhileRecording,
} from '../../src-renderer/screens/settings/keys-recording.ts'
import { commands } from '../../src-shared/contract/index.ts'
import { preferences } from '../../src-shared/contract/preferences.ts'

const table = {
  jump: { keys: 'g d', group: 'goTo' },
  other: { keys: 'g o', group: 'goTo' },
  palette: { keys: 'mod+k', group: 'everywhere', inFields: true },
  filter: { keys: '/', group: 'list' },
} as const satisfies Record<string, Shortcut>

const press = (key: string): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
})

describe('a person’s own keys', () => {
  it('never leave two shortcuts with the same keys, whatever was kept', () => {
    const chord = fc.constantFrom('a', 'g', 'g d', 'g a', 'mod+k', '/', 'x y', '', 'Escape', 'tab')
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...shortcutNames, 'gone'), chord, { maxKeys: 12 }),
        (own) => {
          const { keys, taken } = layOver(shortcuts, own)
          for (const name of shortcutNames) {
            expect(clashWith(keys, name, keys[name]), name).toBeNull()
            if (taken.has(name)) expect(keys[name]).toBe('')
          }
        },
      ),
      { seed: 20_261_123 },
    )
  })

  it('stand before keys of the table, which then have none, and it is told whose they are', () => {
    const { keys, taken } = layOver(table, { filter: 'g o' })
    expect(keys).toEqual({ jump: 'g d', other: '', palette: 'mod+k', filter: 'g o' })
    expect([...taken]).toEqual([['other', 'filter']])
  })

  it('are those of the table for a name that is not known and for keys that cannot be', () => {
    expect(
      layOver(table, { gone: 'z', palette: 'p', filter: 'mod+c', jump: 'a b c' }).keys,
    ).toEqual({ jump: 'g d', other: 'g o', palette: 'mod+k', filter: '/' })
  })

  it('may be none at all', () => {
    expect(layOver(table, { jump: '' }).keys.jump).toBe('')
  })

  it('clash when they are equal and when one begins the other', () => {
    expect(keysClash('g', 'g d')).toBe(true)
    expect(keysClash('G D', 'g d')).toBe(true)
    expect(keysClash('g d', 'g o')).toBe(false)
    expect(keysClash('', '')).toBe(false)
  })

  it('are refused where the system needs them, and without a modifier where they work in fields', () => {
    expect(refusalOf('mod+c', false)).toBe('reserved')
    expect(refusalOf('g tab', false)).toBe('reserved')
    expect(refusalOf('a', true)).toBe('needsModifier')
    expect(refusalOf('mod+j', true)).toBeNull()
    expect(refusalOf('f2', true)).toBeNull()
    expect(refusalOf('a b c', false)).toBe('unreadable')
  })

  it('are kept only where they differ from the table', () => {
    expect(changedKeys(table, {}, 'jump', 'z')).toEqual({ jump: 'z' })
    expect(changedKeys(table, { jump: 'z' }, 'jump', 'g d')).toEqual({})
    expect(changedKeys(table, { jump: 'z' }, 'jump', null)).toEqual({})
    expect(changedKeys(table, {}, 'jump', '')).toEqual({ jump: '' })
  })

  it('are what the keyboard listens to from then on', () => {
    const keyboard = createKeyboard<keyof typeof table>(table, { mac: false })
    const run = vi.fn()
    keyboard.handle('filter', run)
    keyboard.setKeys(layOver(table, { filter: 'z' }).keys)
    expect(keyboard.press(press('/'), false, 0)).toBe(false)
    expect(keyboard.press(press('z'), false, 0)).toBe(true)
    keyboard.setKeys(layOver(table, { filter: '' }).keys)
    expect(keyboard.press(press('z'), false, 0)).toBe(false)
    expect(run).toHaveBeenCalledOnce()
  })

  it('are of a length that the preferences keep', () => {
    const own = Object.fromEntries(shortcutNames.map((name) => [name, 'mod+shift+alt+f12 x']))
    expect(preferences.shape.keys.safeParse(own).success).toBe(true)
  })
})

describe('recording keys', () => {
  it('takes two one after the other, gives up on Escape and takes the key away on Backspace', () => {
    expect(pressWhileRecording([], 'g')).toEqual({ kind: 'more', chords: ['g'] })
    expect(pressWhileRecording(['g'], 'a')).toEqual({ kind: 'enough', keys: 'g a' })
    expect(pressWhileRecording([], 'escape')).toEqual({ kind: 'cancelled' })
    expect(pressWhileRecording([], 'backspace')).toEqual({ kind: 'none' })
  })

  it('names the other shortcut that has the keys', () => {
    const own = layOver(shortcuts, {})
    expect(judgeKeys(own, 'goAlarms', 'g o', false)).toEqual({ kind: 'clash', with: 'goOlts' })
    expect(judgeKeys(own, 'goAlarms', 'g', false)).toMatchObject({ kind: 'clash' })
    expect(judgeKeys(own, 'goOlts', 'g o', false)).toEqual({ kind: 'free' })
    expect(judgeKeys(own, 'palette', 'p', true)).toEqual({
      kind: 'refused',
      why: 'needsModifier',
    })
  })
})

describe('the list of keys', () => {
  it('is searched by what a key does and by the key itself', () => {
    const own = layOver(shortcuts, { goOlts: 'z' })
    const found = (typed: string) =>
      listKeys(own, (name) => name, typed).flatMap(({ keys }) => keys.map(({ name }) => name))
    expect(found('')).toEqual(expect.arrayContaining([...shortcutNames]))
    expect(found('goolt')).toEqual(['goOlts'])
    expect(found('z')).toEqual(['goOlts'])
    expect(found('no such thing')).toEqual([])
  })
})

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))

describe('no destructive act has a single key', () => {
  const destructive = Object.keys(commands).filter((name) =>
    /\.(?:remove|delete|clear|reset|reboot|wipe|restart|end|apply|cut|forget)/i.test(name),
  )

  it('in the registry: every key goes somewhere, shows something, or opens a window that asks', () => {
    expect(destructive).toContain('network.removeOlt')
    const harmless = new Set(
      `palette help lock toggleRail back copyAddress muteSound asOf goDashboard goOlts
       goOnus goUnconfigured goTraps goFamilies goSettings goAlarms goOutages goPlant goMap
       goHandover goCounter counterFind counterMove counterCount counterClose counterPrint counterVoucher goBilling goTickets goFieldwork newTicket newOrder goWallboard addOlt focusFilter rowDown rowUp openRow peekRow selectRow
       columns exportList refresh leaveAlone watchLive largeDigits previousRecord
       nextRecord nextChange previousChange goChanges goApprovals goPresets goMismatches goServices goPeople goMe goAudit
       goConfigurations goSpeeds goSubscribers behindOnu focusStrip focusChart acknowledge comment shelve maintain ticket assign`.split(
        /\s+/,
      ),
    )
    // A new name is added here only by who has thought about what its key does.
    expect(shortcutNames.filter((name) => !harmless.has(name))).toEqual([])
  })

  it('in the screens: no key runs a destructive command by itself', () => {
    const handlers = sources(join(import.meta.dirname, '../../src-renderer')).flatMap((text) =>
      [...text.matchAll(/useShortcut\([^;]*?\n?[^;]*?\)\n/g)].map(([call]) => call),
    )
    expect(handlers.length).toBeGreaterThan(20)
    for (const handler of handlers) {
      for (const name of destructive) expect(handler).not.toContain(`'${name}'`)
    }
  })
})

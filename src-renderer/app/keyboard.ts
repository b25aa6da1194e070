import { keysClash, normaliseKeys, type Keys } from './keyboard-own.ts'
import type { Shortcut } from './shortcuts.ts'

/** The one listener of the keyboard, without the page: what a key press means. */

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Throws when two shortcuts have the same keys, or one begins another and would hide it. */
export const assertNoConflicts = (table: Readonly<Record<string, Shortcut>>): void => {
  const entries = Object.entries(table)
  for (const [index, [one, { keys }]] of entries.entries()) {
    const other = entries.slice(index + 1).find(([, later]) => keysClash(keys, later.keys))
    if (other !== undefined) {
      throw new Error(`keyboard conflict: ${one} and ${other[0]} (${keys})`)
    }
  }
}

/** Keys whose own sign means something else in the table. */
const names: Readonly<Record<string, string>> = { ' ': 'space', '+': 'plus' }

/** A press as the table writes it; undefined: only a modifier. */
export const chordOf = (press: KeyPress, mac: boolean): string | undefined => {
  if (['Control', 'Meta', 'Alt', 'Shift', 'Dead', 'Unidentified'].includes(press.key)) {
    return undefined
  }
  const parts: string[] = []
  if (mac ? press.metaKey : press.ctrlKey) parts.push('mod')
  if (mac ? press.ctrlKey : press.metaKey) parts.push('other')
  if (press.altKey) parts.push('alt')
  // Shift is part of a printed sign ("?"), and a modifier of everything else.
  if (press.shiftKey && (press.key.length > 1 || /[a-z]/i.test(press.key))) parts.push('shift')
  parts.push(names[press.key] ?? press.key.toLowerCase())
  return parts.join('+')
}

export interface Keyboard<Name extends string> {
  /** The newest handler of a name wins; the returned function takes it away again. */
  handle(name: Name, handler: () => void): () => void
  /** Names that have something to do now. */
  active(): ReadonlySet<Name>
  /** The person's own keys; what was begun is forgotten. */
  setKeys(keys: Keys<Name>): void
  /** true: the press was ours. `now`: ms, any clock. */
  press(press: KeyPress, inField: boolean, now: number): boolean
  subscribe(listener: () => void): () => void
}

export interface KeyboardOptions {
  readonly mac: boolean
  /** A sequence is forgotten after this many ms. */
  readonly sequenceMs?: number
}

export const createKeyboard = <Name extends string>(
  table: Readonly<Record<Name, Shortcut>>,
  { mac, sequenceMs = 1200 }: KeyboardOptions,
): Keyboard<Name> => {
  assertNoConflicts(table)
  const names = Object.keys(table) as Name[]
  const handlers = new Map<Name, (() => void)[]>()
  const listeners = new Set<() => void>()
  let keys = normalised(Object.fromEntries(names.map((name) => [name, table[name].keys])))
  let begun = ''
  let begunAt = 0
  let active: ReadonlySet<Name> = new Set()

  const changed = (): void => {
    active = new Set(handlers.keys())
    for (const listener of listeners) listener()
  }

  return {
    handle: (name, handler) => {
      handlers.set(name, [...(handlers.get(name) ?? []), handler])
      changed()
      return () => {
        const rest = (handlers.get(name) ?? []).filter((other) => other !== handler)
        if (rest.length === 0) handlers.delete(name)
        else handlers.set(name, rest)
        changed()
      }
    },
    active: () => active,
    setKeys: (own) => {
      keys = normalised(own)
      begun = ''
    },
    press: (press, inField, now) => {
      const chord = chordOf(press, mac)
      if (chord === undefined) return false
      const usable = names.filter(
        (name) =>
          keys[name] !== '' && handlers.has(name) && (!inField || table[name].inFields === true),
      )
      const sequence = begun !== '' && now - begunAt <= sequenceMs ? `${begun} ${chord}` : chord
      begun = ''
      const hit = usable.find((name) => keys[name] === sequence)
      if (hit !== undefined) {
        handlers.get(hit)?.at(-1)?.()
        return true
      }
      if (usable.some((name) => keys[name]!.startsWith(`${sequence} `))) {
        begun = sequence
        begunAt = now
        return true
      }
      return false
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const normalised = (keys: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(keys).map(([name, own]) => [name, normaliseKeys(own)]))

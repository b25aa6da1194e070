import type { Shortcut } from './shortcuts.ts'

/** The keys of one person: the table's, with what was changed laid over it. Pure. */

export type Keys<Name extends string> = Readonly<Record<Name, string>>

export interface OwnKeys<Name extends string> {
  /** Empty: none. */
  readonly keys: Keys<Name>
  /** Shortcuts whose keys are taken by another one, so that they have none: by whom. */
  readonly taken: ReadonlyMap<Name, Name>
}

/** Two keys at most, one after the other. */
export const mostChords = 2

export const normaliseKeys = (keys: string): string => keys.trim().toLowerCase()

/** Equal, or one begins the other and would hide it. */
export const keysClash = (one: string, other: string): boolean => {
  const [a, b] = [normaliseKeys(one), normaliseKeys(other)]
  if (a === '' || b === '') return false
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `)
}

/** The other shortcut that these keys would take away; null: none. */
export const clashWith = <Name extends string>(
  all: Keys<Name>,
  name: Name,
  keys: string,
): Name | null =>
  (Object.keys(all) as Name[]).find((other) => other !== name && keysClash(all[other], keys)) ??
  null

/**
 * Lays a person's own keys over the table's. Checked at every start: a key that was chosen stands
 * before one of the table (a later version may bring new ones), the earlier of two chosen before
 * the later. A name that is not known, and keys that cannot be pressed, are left out.
 */
export const layOver = <Name extends string>(
  table: Readonly<Record<Name, Shortcut>>,
  own: Readonly<Record<string, string>>,
): OwnKeys<Name> => {
  const names = Object.keys(table) as Name[]
  const keys = Object.fromEntries(names.map((name) => [name, ''])) as Record<Name, string>
  const taken = new Map<Name, Name>()
  const isOwn = (name: Name): boolean =>
    Object.hasOwn(own, name) &&
    (own[name] === '' || refusalOf(own[name]!, table[name].inFields === true) === null)
  const give = (name: Name, wanted: string): void => {
    const other = clashWith(keys, name, wanted)
    if (other === null) keys[name] = wanted
    else taken.set(name, other)
  }
  for (const name of names) if (isOwn(name)) give(name, own[name]!)
  for (const name of names) if (!isOwn(name)) give(name, table[name].keys)
  return { keys, taken }
}

/** Why keys cannot be chosen. `reserved`: the system, the browser or every dialog needs them. */
export type KeyRefusal = 'reserved' | 'needsModifier' | 'unreadable'

const reserved = new Set([
  'tab',
  'shift+tab',
  'space',
  'f5',
  'f11',
  'f12',
  'mod+a',
  'mod+c',
  'mod+v',
  'mod+x',
  'mod+z',
  'mod+shift+z',
  'mod+y',
  'mod+q',
  'mod+w',
  'mod+r',
  'mod+n',
  'mod+t',
  'mod+p',
  'mod+-',
  'mod+=',
  'mod+0',
  'alt+f4',
])

const chord = /^(?:(?:mod|other|alt|shift)\+)*(?:[^\s+]+|\+)$/

/** Null: they can. `inFields`: it works while the person types, so that a letter alone would not do. */
export const refusalOf = (keys: string, inFields: boolean): KeyRefusal | null => {
  const chords = normaliseKeys(keys).split(' ')
  if (chords.length > mostChords || chords.some((one) => !chord.test(one))) return 'unreadable'
  if (chords.some((one) => reserved.has(one) || one.startsWith('other+'))) return 'reserved'
  const [first] = chords
  const typesNothing = /^(?:mod|alt)\+|^(?:shift\+)?f\d{1,2}$/.test(first!)
  return inFields && !typesNothing ? 'needsModifier' : null
}

/** The person's keys as they are kept: only what differs from the table. */
export const changedKeys = <Name extends string>(
  table: Readonly<Record<Name, Shortcut>>,
  own: Readonly<Record<string, string>>,
  name: Name,
  keys: string | null,
): Record<string, string> => {
  const { [name]: _before, ...rest } = own
  return keys === null || normaliseKeys(keys) === normaliseKeys(table[name].keys)
    ? rest
    : { ...rest, [name]: keys }
}

/** What the killed console (kills-child.ts) and its parent (kills-bench.ts) say to each other. */

export type Entity =
  | 'olt'
  | 'node'
  | 'preset'
  | 'role'
  | 'employee'
  | 'handover'
  | 'remark'
  | 'backup'
  | 'keys'

export interface Thing {
  readonly id: string
  readonly version: number
  readonly name: string
}

/** What there is when a shift begins. */
export interface World {
  /** At clients 1, 2, …: who signs in there. */
  readonly people: readonly { readonly id: string; readonly name: string; readonly role: string }[]
  readonly alarms: readonly string[]
  readonly olts: readonly Thing[]
  readonly nodes: readonly Thing[]
  readonly presets: readonly Thing[]
  readonly roles: readonly Thing[]
  readonly employees: readonly Thing[]
}

/** The first one: makes the workspace, and ends well. */
export interface FirstDay {
  readonly olts: readonly {
    readonly name: string
    readonly port: number
    readonly community: string
  }[]
  readonly backupFolder: string
}

export interface Shift {
  readonly kill: number
  readonly seed: number
  readonly world: World
  /** Turns of a millisecond before a backup, and a change of keys; null: none. */
  readonly backUp: number | null
  readonly rotate: number | null
}

export interface Given {
  readonly commandId: string
  readonly name: string
  readonly entity: Entity
  /** Null: made by this command. */
  readonly key: string | null
  /** What its name (text, file) is afterwards; null: gone. */
  readonly is: string | null
}

export type FromConsole =
  | { readonly t: 'loaded' }
  | { readonly t: 'first-day'; readonly people: World['people'] }
  | { readonly t: 'started'; readonly state: string }
  | ({ readonly t: 'given' } & Given)
  | {
      readonly t: 'acknowledged'
      readonly commandId: string
      readonly entity: Entity
      readonly key: string | null
    }
  | { readonly t: 'refused'; readonly commandId: string; readonly code: string }
  | { readonly t: 'begins'; readonly name: string }
  | { readonly t: 'polled' }
  /** Not said, but seen: something happened to this file of the workspace or of the backups. */
  | { readonly t: 'file'; readonly name: string }
  | { readonly t: 'log'; readonly line: string }

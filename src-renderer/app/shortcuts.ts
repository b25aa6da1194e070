/**
 * Every key of the console in one closed table. A screen gives one of these names something to do
 * (`useShortcut`); nothing else listens to the keyboard. `mod` is Ctrl, or Cmd on a Mac.
 */
export interface Shortcut {
  /** Chords separated by spaces are pressed one after the other. */
  readonly keys: string
  readonly group:
    | 'everywhere'
    | 'goTo'
    | 'list'
    | 'record'
    | 'strip'
    | 'chart'
    | 'alarm'
    | 'counter'
  /** Works while the person types in a field. Default: no. */
  readonly inFields?: boolean
}

export const shortcuts = {
  palette: { keys: 'mod+k', group: 'everywhere', inFields: true },
  help: { keys: '?', group: 'everywhere' },
  lock: { keys: 'mod+l', group: 'everywhere', inFields: true },
  toggleRail: { keys: 'mod+b', group: 'everywhere' },
  back: { keys: 'Escape', group: 'everywhere' },
  copyAddress: { keys: 'y', group: 'everywhere' },

  goDashboard: { keys: 'g d', group: 'goTo' },
  goOlts: { keys: 'g o', group: 'goTo' },
  goOnus: { keys: 'g n', group: 'goTo' },
  goUnconfigured: { keys: 'g u', group: 'goTo' },
  goChanges: { keys: 'g c', group: 'goTo' },
  goApprovals: { keys: 'g q', group: 'goTo' },
  goPresets: { keys: 'g e', group: 'goTo' },
  goMismatches: { keys: 'g i', group: 'goTo' },
  goServices: { keys: 'g r', group: 'goTo' },
  goTraps: { keys: 'g t', group: 'goTo' },
  goConfigurations: { keys: 'g b', group: 'goTo' },
  goSubscribers: { keys: 'g k', group: 'goTo' },
  goTickets: { keys: 'g 1', group: 'goTo' },
  goFieldwork: { keys: 'g 2', group: 'goTo' },
  goSpeeds: { keys: 'g v', group: 'goTo' },
  goFamilies: { keys: 'g f', group: 'goTo' },
  goPeople: { keys: 'g l', group: 'goTo' },
  goMe: { keys: 'g z', group: 'goTo' },
  goAudit: { keys: 'g y', group: 'goTo' },
  goSettings: { keys: 'g s', group: 'goTo' },
  goAlarms: { keys: 'g a', group: 'goTo' },
  goOutages: { keys: 'g x', group: 'goTo' },
  goPlant: { keys: 'g p', group: 'goTo' },
  goMap: { keys: 'g m', group: 'goTo' },
  goHandover: { keys: 'g h', group: 'goTo' },
  goCounter: { keys: 'g g', group: 'goTo' },
  goBilling: { keys: 'g j', group: 'goTo' },
  goWallboard: { keys: 'g w', group: 'goTo' },
  addOlt: { keys: 'n o', group: 'goTo' },
  newTicket: { keys: 'n t', group: 'list' },
  newOrder: { keys: 'n w', group: 'list' },

  focusFilter: { keys: '/', group: 'list' },
  rowDown: { keys: 'j', group: 'list' },
  rowUp: { keys: 'k', group: 'list' },
  openRow: { keys: 'Enter', group: 'list' },
  peekRow: { keys: 'p', group: 'list' },
  selectRow: { keys: 'x', group: 'list' },
  columns: { keys: 'shift+c', group: 'list' },
  exportList: { keys: 'e', group: 'list' },

  refresh: { keys: 'r', group: 'record' },
  leaveAlone: { keys: 'q', group: 'record' },
  watchLive: { keys: 'w', group: 'record' },
  // From an ONU to who is behind it, and from him to his ONU.
  behindOnu: { keys: 'b', group: 'record' },
  largeDigits: { keys: 'd', group: 'record' },
  previousRecord: { keys: '[', group: 'record' },
  nextRecord: { keys: ']', group: 'record' },

  nextChange: { keys: 'shift+j', group: 'record' },
  previousChange: { keys: 'shift+k', group: 'record' },

  focusStrip: { keys: 'h', group: 'strip' },

  focusChart: { keys: 'shift+t', group: 'chart' },

  // On what is chosen or open; a window asks before anything happens (facts/noc.md E6).
  acknowledge: { keys: 'a', group: 'alarm' },
  comment: { keys: 'c', group: 'alarm' },
  shelve: { keys: 's', group: 'alarm' },
  maintain: { keys: 'm', group: 'alarm' },
  ticket: { keys: 't', group: 'alarm' },
  assign: { keys: 'i', group: 'alarm' },
  // Beside what is typed there; each opens a window that asks, or shows.
  counterFind: { keys: 'F2', group: 'counter', inFields: true },
  counterMove: { keys: 'F4', group: 'counter', inFields: true },
  counterCount: { keys: 'F6', group: 'counter', inFields: true },
  counterVoucher: { keys: 'F7', group: 'counter', inFields: true },
  counterClose: { keys: 'F8', group: 'counter', inFields: true },
  counterPrint: { keys: 'F9', group: 'counter', inFields: true },
  muteSound: { keys: 'shift+m', group: 'everywhere' },
  asOf: { keys: 'mod+shift+h', group: 'everywhere' },
} as const satisfies Record<string, Shortcut>

/** Keys that a heat strip takes for itself while it has the focus: for the help alone. */
export const stripKeys = {
  move: ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  pon: ['PageUp', 'PageDown'],
  ends: ['Home', 'End'],
  open: ['Enter'],
} as const satisfies Record<string, readonly string[]>

/** Keys that the charts over time take for themselves while they have the focus: for the help. */
export const chartKeys = {
  zoom: ['plus', '-'],
  pan: ['ArrowLeft', 'ArrowRight'],
  now: ['0', 'Home'],
  back: ['Backspace'],
  read: ['shift+ArrowLeft', 'shift+ArrowRight'],
  events: [',', '.'],
} as const satisfies Record<string, readonly string[]>

export type ShortcutName = keyof typeof shortcuts
export const shortcutNames = Object.keys(shortcuts) as readonly ShortcutName[]

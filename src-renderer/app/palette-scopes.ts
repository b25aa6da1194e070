import type { SearchScope } from '../../src-shared/contract/search.ts'

/** What the first sign of the typed text makes of the palette (facts/noc.md E6). */
export type PaletteMode = 'everything' | 'actions' | 'help' | 'records'

export interface Typed {
  readonly mode: PaletteMode
  /** Without the prefix. */
  readonly text: string
  readonly scopes: readonly SearchScope[]
  /** Serial numbers, tickets and numbers of documents alone. */
  readonly onlyIds: boolean
}

export const allScopes = [
  'onus',
  'olts',
  'pons',
  'alarms',
  'outages',
  'nodes',
  'subscribers',
  'tickets',
  'work-orders',
  'documents',
  'receipts',
] as const

export type PrefixName =
  | 'actions'
  | 'ids'
  | 'onus'
  | 'olts'
  | 'pons'
  | 'alarms'
  | 'outages'
  | 'nodes'
  | 'subscribers'
  | 'tickets'
  | 'work-orders'
  | 'documents'
  | 'help'

export interface Prefix {
  readonly name: PrefixName
  readonly sign: string
}

/** In the order in which the empty palette teaches them. */
export const prefixes: readonly Prefix[] = [
  { name: 'actions', sign: '>' },
  { name: 'ids', sign: '#' },
  { name: 'onus', sign: 'onu:' },
  { name: 'olts', sign: 'olt:' },
  { name: 'pons', sign: 'pon:' },
  { name: 'alarms', sign: 'alarm:' },
  { name: 'outages', sign: 'outage:' },
  { name: 'nodes', sign: 'plant:' },
  { name: 'subscribers', sign: 'sub:' },
  { name: 'tickets', sign: 'tic:' },
  { name: 'work-orders', sign: 'wo:' },
  { name: 'documents', sign: 'doc:' },
  { name: 'help', sign: '?' },
]

/** As much as the engine takes. */
const longest = 100

export const readTyped = (typed: string): Typed => {
  const trimmed = typed.trimStart()
  const lower = trimmed.toLowerCase()
  const prefix = prefixes.find(({ sign }) => lower.startsWith(sign))
  const text = trimmed
    .slice(prefix?.sign.length ?? 0)
    .trim()
    .slice(0, longest)
  if (prefix === undefined) return { mode: 'everything', text, scopes: allScopes, onlyIds: false }
  switch (prefix.name) {
    case 'actions':
    case 'help':
      return { mode: prefix.name, text, scopes: [], onlyIds: false }
    case 'ids':
      return {
        mode: 'records',
        text,
        scopes: ['onus', 'alarms', 'outages', 'tickets', 'work-orders', 'documents', 'receipts'],
        onlyIds: true,
      }
    case 'documents':
      return { mode: 'records', text, scopes: ['documents', 'receipts'], onlyIds: false }
    default:
      return { mode: 'records', text, scopes: [prefix.name], onlyIds: false }
  }
}

import { builtInRoles, type BuiltInRole } from '../../../src-shared/domain/roles.ts'
import { scopeKinds, type ScopeKind } from '../../../src-shared/domain/scope.ts'

export const starts = ['in', 'own', 'out', 'locked', 'new', 'sealed', 'failed', 'loading'] as const
export type Start = (typeof starts)[number]

export const companies = [
  'none',
  'off',
  'on',
  'linked',
  'waits',
  'unknown',
  'away',
  'offline',
] as const

export interface FakeOptions {
  readonly onus: number
  readonly start: Start
  readonly keychain: 'available' | 'unavailable'
  readonly still: boolean
  readonly theme: 'system' | 'light' | 'dark'
  readonly language: 'en' | 'id'
  readonly density: 'compact' | 'comfortable'
  readonly fail: readonly string[]
  readonly slowMs: number
  readonly role: BuiltInRole
  /** The person has a second factor. */
  readonly factor: boolean
  /** What asks for a step-up does so at once. */
  readonly stepUp: boolean
  /** How far the person's account reaches. */
  readonly reach: ScopeKind
  /** The company's sign-in: not set up, off, on, and what comes of it. */
  readonly company: (typeof companies)[number]
  /** A sign-in of his stood out. */
  readonly notice: boolean
  /** On this machine. */
  readonly workspaces: number
  /** Another copy of the workspace may be at work. */
  readonly standing: 'restored' | 'moved' | 'unsure' | null
  /** A file that is chosen is a transfer file. */
  readonly transfer: boolean
  /** Plans need a second person, and some wait for one. */
  readonly approvals: boolean
}

const oneOf = <Value extends string>(
  text: string | null,
  values: readonly Value[],
  fallback: Value,
): Value => values.find((value) => value === text) ?? fallback

const standingOf = (text: string | null): FakeOptions['standing'] =>
  text === 'restored' || text === 'moved' || text === 'unsure' ? text : null

export const readOptions = (search: string): FakeOptions => {
  const query = new URLSearchParams(search)
  return {
    onus: Number(query.get('fake') ?? 1500),
    start: oneOf(query.get('start'), starts, 'in'),
    keychain: oneOf(query.get('keychain'), ['available', 'unavailable'], 'available'),
    still: query.get('still') === '1',
    theme: oneOf(query.get('theme'), ['system', 'light', 'dark'], 'system'),
    language: oneOf(query.get('lang'), ['en', 'id'], 'en'),
    density: oneOf(query.get('density'), ['compact', 'comfortable'], 'compact'),
    fail: (query.get('fail') ?? '').split(',').filter((name) => name !== ''),
    slowMs: Number(query.get('slow') ?? 0),
    role: oneOf(query.get('role'), builtInRoles, 'owner'),
    factor: query.get('factor') === '1',
    stepUp: query.get('stepup') === '1',
    reach: oneOf(query.get('reach'), scopeKinds, 'all'),
    company: oneOf(query.get('company'), companies, 'none'),
    notice: query.get('notice') === '1',
    workspaces: Number(query.get('workspaces') ?? 1),
    standing: standingOf(query.get('standing')),
    approvals: query.get('approvals') === '1',
    transfer: query.get('transfer') === '1',
  }
}

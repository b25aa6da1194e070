import type { mismatchKinds } from '../../../src-shared/contract/provisioning-model.ts'

/** Which mismatches are shown, as the query of the route. */

export type MismatchKind = (typeof mismatchKinds)[number]

// The names only by type, so that no schema comes into the page.
const known: Readonly<Record<MismatchKind, true>> = {
  'missing-on-olt': true,
  'extra-on-olt': true,
  serial: true,
  profile: true,
  services: true,
  description: true,
  'admin-state': true,
  'eth-ports': true,
  other: true,
}

export const kindNames = Object.keys(known) as readonly MismatchKind[]

export interface MismatchQuery {
  readonly oltId: string | null
  readonly kinds: readonly MismatchKind[]
}

const uuidShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const parseMismatchQuery = (search: string): MismatchQuery => {
  const params = new URLSearchParams(search)
  const oltId = params.get('olt') ?? ''
  const kinds = new Set((params.get('kind') ?? '').split(','))
  return {
    oltId: uuidShape.test(oltId) ? oltId : null,
    kinds: kindNames.filter((kind) => kinds.has(kind)),
  }
}

/** Without the question mark; empty: everything. */
export const serialiseMismatchQuery = ({ oltId, kinds }: MismatchQuery): string =>
  [
    ...(oltId === null ? [] : [`olt=${oltId}`]),
    ...(kinds.length === 0 ? [] : [`kind=${kinds.join(',')}`]),
  ].join('&')

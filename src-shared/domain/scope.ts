/**
 * How far a role reaches for one account: all of the workspace, the OLTs of some regions, or only
 * what is the person's own. A region is a named set of OLTs: a town, a site, a franchise; an OLT may
 * lie in several.
 */
export const scopeKinds = ['all', 'regions', 'own'] as const
export type ScopeKind = (typeof scopeKinds)[number]

export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'regions'; readonly regionIds: readonly string[] }
  | { readonly kind: 'own' }

/** Things that an input names, by which the engine knows whose they are. */
export type ScopedKind =
  | 'olt'
  | 'onu'
  | 'alarm'
  | 'maintenance'
  | 'outage'
  | 'plan'
  | 'transcript'
  | 'configuration'
  | 'mismatch'
  | 'saved-onu'
  | 'node'
  | 'subscriber'
  | 'ticket'
  | 'work-order'
  | 'subscription'
  | 'payment'
  | 'document'
  | 'dunning-case'
  | 'write-off'
  | 'workspace'

export interface Named {
  readonly kind: ScopedKind
  readonly id: string
  /** Enough that a part of it is reached: the handler leaves the rest out. */
  readonly inPart?: boolean
}

export const namedOlt = (id: string): Named => ({ kind: 'olt', id })

interface OnuPlace {
  readonly oltId: string
  readonly address: {
    readonly shelf: number
    readonly slot: number
    readonly port: number
    readonly onuId: number
  }
}

/** `<olt> <shelf>/<slot>/<port>/<onu>`: an ONU may be somebody's own where its OLT is not. */
export const namedOnu = ({ oltId, address }: OnuPlace): Named => ({
  kind: 'onu',
  id: `${oltId} ${address.shelf}/${address.slot}/${address.port}/${address.onuId}`,
})

/** Of the id of a named ONU. */
export const oltOfNamedOnu = (id: string): string => id.slice(0, id.indexOf(' '))

import type { CompanySettings } from '../../../src-shared/contract/access-company.ts'
import type { CallInput } from '../../../src-shared/contract/index.ts'

/** What stands in the fields of the company's sign-in. */
export interface CompanyDraft {
  readonly enabled: boolean
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  /** Empty: what is stored stays. */
  readonly secret: string
  readonly dropsSecret: boolean
  readonly scopes: string
  readonly claim: string
  readonly linkByEmail: boolean
  readonly factorValues: string
}

export const draftOf = (settings: CompanySettings | null): CompanyDraft => ({
  enabled: settings?.enabled ?? false,
  label: settings?.label ?? '',
  issuer: settings?.issuer ?? '',
  clientId: settings?.clientId ?? '',
  secret: '',
  dropsSecret: false,
  scopes: (settings?.scopes ?? ['email', 'profile']).join(' '),
  claim: settings?.claim ?? 'sub',
  linkByEmail: settings?.linkByEmail ?? false,
  factorValues: (settings?.factorValues ?? []).join(' '),
})

const wordsIn = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '')

export const inputOf = (
  draft: CompanyDraft,
  settings: CompanySettings | null,
): CallInput<'access.companySet'> => ({
  baseVersion: settings?.version ?? 0,
  enabled: draft.enabled,
  label: draft.label.trim(),
  issuer: draft.issuer.trim(),
  clientId: draft.clientId.trim(),
  ...(draft.dropsSecret
    ? { clientSecret: null }
    : draft.secret === ''
      ? {}
      : { clientSecret: draft.secret }),
  scopes: wordsIn(draft.scopes),
  claim: draft.claim.trim(),
  linkByEmail: draft.linkByEmail,
  factorValues: wordsIn(draft.factorValues),
})

export const isChanged = (draft: CompanyDraft, settings: CompanySettings | null): boolean =>
  JSON.stringify(draft) !== JSON.stringify(draftOf(settings))

export const isComplete = (draft: CompanyDraft): boolean =>
  [draft.label, draft.issuer, draft.clientId, draft.claim].every((text) => text.trim() !== '')

import { NocturneError } from '../../../src-shared/errors.ts'
import type { AccountReads, AccountRow } from '../tables.ts'
import type { Lookup } from '../lookup.ts'
import {
  clientSecretOf,
  companyIn,
  isCurrent,
  linkIn,
  linkOfPerson,
  listOf,
  type CompanyLink,
  type CompanyReads,
  type CompanyRow,
} from './company-tables.ts'
import type { PersonAtProvider, ProviderSettings } from './provider.ts'

/** Whose account a person at the provider is, and whether what he showed there is enough. */

export const providerOf = (company: CompanyRow, vaultKey: Uint8Array): ProviderSettings => ({
  issuer: company.issuer,
  clientId: company.clientId,
  clientSecret: clientSecretOf(company, vaultKey),
  scopes: listOf(company.scopes),
  claim: company.claim,
})

/** What the provider says of how he signed in there counts as the second factor. */
export const countsAsFactor = (
  company: Pick<CompanyRow, 'factorValues'>,
  person: Pick<PersonAtProvider, 'amr' | 'acr'>,
): boolean => {
  const counted = listOf(company.factorValues)
  return counted.some((value) => person.amr.includes(value) || person.acr === value)
}

/** `isNew`: found by the verified address; the link is made with the sign-in. */
export interface FoundPerson {
  readonly account: AccountRow
  readonly isNew: boolean
}

/** A disabled account too: the caller refuses it. */
export const accountOf = (
  company: CompanyRow,
  person: PersonAtProvider,
  { lookup, accounts, reads }: { lookup: Lookup; accounts: AccountReads; reads: CompanyReads },
): FoundPerson | null => {
  const link = linkOfPerson(lookup, { ...company, subject: person.subject })
  if (link !== undefined) {
    const account = accounts.anyById(link.accountId)
    return account === undefined ? null : { account, isNew: false }
  }
  // SECURITY: an address that the provider has not verified is anybody's.
  if (company.linkByEmail !== 1 || !person.emailVerified || person.email === null) return null
  const account = accounts.byId(reads.accountOfEmail(person.email) ?? '')
  // SECURITY: the owner links himself, and who is linked is not linked to another.
  if (account === undefined || account.role === 'owner') return null
  const other = linkIn(lookup, account.id)
  return other !== undefined && isCurrent(other, company) ? null : { account, isNew: true }
}

/** In the transaction: nobody has changed the settings since. Errors: `company-off`. */
export const sameCompany = (lookup: Lookup, company: CompanyRow): void => {
  // SECURITY: switched off or set to another provider while the browser was open.
  if (companyIn(lookup)?.version !== company.version) throw new NocturneError('company-off')
}

export const linkTo = (
  company: CompanyRow,
  { subject }: Pick<PersonAtProvider, 'subject'>,
  accountId: string,
  linkedAt: number,
): CompanyLink => ({
  accountId,
  issuer: company.issuer,
  claim: company.claim,
  subject,
  companyOnly: 0,
  linkedAt,
})

import { unseal } from '../../vault/seal.ts'
import type { StoreReader } from '../../store/read-handle.ts'
import type { Transaction } from '../../store/write-path.ts'
import type { Lookup } from '../lookup.ts'

/** What is set of the company's provider, and who is whom there. */

export interface CompanyRow {
  readonly version: number
  readonly enabled: 0 | 1
  readonly label: string
  readonly issuer: string
  readonly clientId: string
  readonly secretSealed: Buffer | null
  readonly scopes: string
  readonly claim: string
  readonly linkByEmail: 0 | 1
  readonly factorValues: string
  readonly updatedAt: number
}

export interface CompanyLink {
  readonly accountId: string
  readonly issuer: string
  readonly claim: string
  readonly subject: string
  readonly companyOnly: 0 | 1
  readonly linkedAt: number
}

/** A person at the provider. */
export type PersonThere = Pick<CompanyLink, 'issuer' | 'claim' | 'subject'>

export const secretPlace = { purpose: 'company_sign_in.secret', rowId: '1' } as const

const settingColumns = `version, enabled, label, issuer, client_id AS clientId,
  secret_sealed AS secretSealed, scopes, claim, link_by_email AS linkByEmail,
  factor_values AS factorValues, updated_at AS updatedAt`
const linkColumns = `account_id AS accountId, issuer, claim, subject, company_only AS companyOnly,
  linked_at AS linkedAt`

export const companyIn = (lookup: Lookup): CompanyRow | undefined =>
  lookup.get<CompanyRow>(`SELECT ${settingColumns} FROM company_sign_in`)

export const linkIn = (lookup: Lookup, accountId: string): CompanyLink | undefined =>
  lookup.get<CompanyLink>(`SELECT ${linkColumns} FROM company_link WHERE account_id = ?`, accountId)

export const linkOfPerson = (lookup: Lookup, person: PersonThere): CompanyLink | undefined =>
  lookup.get<CompanyLink>(
    `SELECT ${linkColumns} FROM company_link WHERE issuer = ? AND claim = ? AND subject = ?`,
    person.issuer,
    person.claim,
    person.subject,
  )

/** A link counts for the provider and the claim that are set, while they are. */
export const isCurrent = (
  link: Pick<CompanyLink, 'issuer' | 'claim'>,
  company: Pick<CompanyRow, 'issuer' | 'claim'> | undefined,
): boolean => link.issuer === company?.issuer && link.claim === company.claim

/**
 * SECURITY: an account that signs in with the company alone does so while that can be done at all:
 * switched off, or set to another provider, its password counts again; the owner's always does.
 */
export const isCompanyOnly = (
  lookup: Lookup,
  account: { readonly id: string; readonly role: string },
): boolean => {
  const link = linkIn(lookup, account.id)
  if (link?.companyOnly !== 1 || account.role === 'owner') return false
  const company = companyIn(lookup)
  return company?.enabled === 1 && isCurrent(link, company)
}

export const createCompanyReads = (reader: StoreReader) => {
  const settings = reader.prepare<[], CompanyRow>(`SELECT ${settingColumns} FROM company_sign_in`)
  const links = reader.prepare<[], CompanyLink>(`SELECT ${linkColumns} FROM company_link`)
  const byEmail = reader.prepare<[string], { id: string }>(
    `SELECT account.id AS id FROM account JOIN employee ON employee.id = account.employee_id
     WHERE lower(employee.email) = lower(?) AND account.disabled_at IS NULL`,
  )
  return {
    settings: (): CompanyRow | undefined => settings.get(),
    links: (): CompanyLink[] => links.all(),
    /** Null unless it is exactly one's. */
    accountOfEmail: (email: string): string | null => {
      const found = byEmail.all(email)
      return found.length === 1 ? (found[0]?.id ?? null) : null
    },
  }
}

export type CompanyReads = ReturnType<typeof createCompanyReads>

/** Null: none is set. The caller does not keep it. */
export const clientSecretOf = (company: CompanyRow, vaultKey: Uint8Array): string | null => {
  if (company.secretSealed === null) return null
  const plain = unseal(company.secretSealed, vaultKey, secretPlace)
  try {
    return plain.toString('utf8')
  } finally {
    plain.fill(0)
  }
}

export const listOf = (json: string): readonly string[] => {
  const parsed: unknown = JSON.parse(json)
  return (Array.isArray(parsed) ? parsed : []).filter(
    (one): one is string => typeof one === 'string',
  )
}

export const writeCompany = (tx: Transaction, row: CompanyRow): void => {
  tx.run(
    `INSERT INTO company_sign_in (id, version, enabled, label, issuer, client_id, secret_sealed,
       scopes, claim, link_by_email, factor_values, updated_at)
     VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET version = excluded.version, enabled = excluded.enabled,
       label = excluded.label, issuer = excluded.issuer, client_id = excluded.client_id,
       secret_sealed = excluded.secret_sealed, scopes = excluded.scopes, claim = excluded.claim,
       link_by_email = excluded.link_by_email, factor_values = excluded.factor_values,
       updated_at = excluded.updated_at`,
    row.version,
    row.enabled,
    row.label,
    row.issuer,
    row.clientId,
    row.secretSealed,
    row.scopes,
    row.claim,
    row.linkByEmail,
    row.factorValues,
    row.updatedAt,
  )
}

/** In place of a link the account had. */
export const writeLink = (
  tx: Transaction,
  link: CompanyLink,
  how: 'own' | 'administrator' | 'e-mail',
): void => {
  tx.run(
    `INSERT INTO company_link (account_id, issuer, claim, subject, company_only, linked_at, how)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (account_id) DO UPDATE SET issuer = excluded.issuer, claim = excluded.claim,
       subject = excluded.subject, company_only = excluded.company_only,
       linked_at = excluded.linked_at, how = excluded.how`,
    link.accountId,
    link.issuer,
    link.claim,
    link.subject,
    link.companyOnly,
    link.linkedAt,
    how,
  )
}

/** Of who becomes the owner: his password counts for good. */
export const dropCompanyOnly = (tx: Transaction, accountId: string): void => {
  tx.run(`UPDATE company_link SET company_only = 0 WHERE account_id = ?`, accountId)
}

export const dropLink = (tx: Transaction, accountId: string): void => {
  tx.run(`DELETE FROM company_link WHERE account_id = ?`, accountId)
}

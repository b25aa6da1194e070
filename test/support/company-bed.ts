import { writeCompany, writeLink } from '../../src-main/access/company/company-tables.ts'
import { createEngineWrite } from '../../src-main/engine/engine-write.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import { seal } from '../../src-main/vault/seal.ts'
import { bedId, createAccessBed, type AccessBed } from './access-bed.ts'
import type { CompanyProvider } from './company-provider.ts'
import { keyOf } from './store-workspace.ts'

/** Sign-in on a real store, where the system's browser is a function of the test. */
export interface CompanyBed extends AccessBed {
  /** Lets time pass where a "no" waits for it. */
  readonly waitFor: AccessBed['codeOf']
  /** What the browser does with the address that it is given; it is not waited for. */
  browser: (address: string) => Promise<unknown>
  /** What the browser last came back with. */
  readonly came: () => Promise<unknown>
  setUp(
    provider: Pick<CompanyProvider, 'issuer' | 'clientId' | 'clientSecret'>,
    more?: {
      readonly enabled?: boolean
      readonly linkByEmail?: boolean
      readonly factorValues?: readonly string[]
      readonly claim?: string
    },
  ): void
  link(accountId: string, subject: string, companyOnly?: boolean): void
}

export const createCompanyBed = (): CompanyBed => {
  let came: Promise<unknown> = Promise.resolve()
  let issuer = ''
  let version = 0
  let claim = 'sub'
  const base = createAccessBed(undefined, undefined, (address) => {
    came = bed.browser(address)
    // What goes wrong there is seen here, or not at all.
    came.catch(() => undefined)
    return Promise.resolve(true)
  })
  const write = createEngineWrite(base.store, { clock: base.clock, newId: bedId })
  const waitFor = base.codeOf
  const bed: CompanyBed = Object.assign(base, {
    waitFor,
    browser: (): Promise<unknown> => Promise.resolve(),
    came: () => came,
    setUp(
      provider: Pick<CompanyProvider, 'issuer' | 'clientId' | 'clientSecret'>,
      more: Parameters<CompanyBed['setUp']>[1] = {},
    ) {
      issuer = provider.issuer
      claim = more.claim ?? 'sub'
      version += 1
      write('test.company', {}, (tx) =>
        writeCompany(tx, {
          version,
          enabled: more.enabled === false ? 0 : 1,
          label: 'Company',
          issuer: provider.issuer,
          clientId: provider.clientId,
          secretSealed: seal(Buffer.from(provider.clientSecret), keyOf('vault key of the tests'), {
            purpose: 'company_sign_in.secret',
            rowId: '1',
          }),
          scopes: '["email","offline_access"]',
          claim,
          linkByEmail: more.linkByEmail === true ? 1 : 0,
          factorValues: JSON.stringify(more.factorValues ?? []),
          updatedAt: base.clock.now(),
        }),
      )
    },
    // Nothing here waits for the clock, which would run past the three minutes.
    async codeOf(work: Promise<unknown>) {
      try {
        await work
        return 'done'
      } catch (error) {
        return error instanceof NocturneError ? error.code : String(error)
      }
    },
    link(accountId: string, subject: string, companyOnly = false) {
      const link = { accountId, issuer, claim, subject, linkedAt: base.clock.now() }
      write('test.link', {}, (tx) =>
        writeLink(tx, { ...link, companyOnly: companyOnly ? 1 : 0 }, 'administrator'),
      )
    },
  })
  return bed
}

import { changeableClaims } from '../../../src-shared/contract/access-company.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import { seal } from '../../vault/seal.ts'
import { actingNow, refuseRuling } from '../acting.ts'
import { lookupOf } from '../lookup.ts'
import type { Machine } from '../machine.ts'
import { accountIn, updateAccount } from '../tables.ts'
import { accountOf, countsAsFactor, linkTo, providerOf, sameCompany } from './company-person.ts'
import type { CompanyDependencies } from './company-sign-in.ts'
import {
  companyIn,
  dropLink,
  isCompanyOnly,
  isCurrent,
  linkIn,
  linkOfPerson,
  listOf,
  secretPlace,
  writeCompany,
  writeLink,
} from './company-tables.ts'
import { registeredRedirect } from './loopback-listener.ts'
import { isLoopback, isSecureEnough } from './provider-fetch.ts'

/** Setting the company's provider up, and linking other people's accounts. */

const manage = 'access.company.manage'
const manageAccounts = 'access.account.manage'
const changeable: ReadonlySet<string> = new Set(changeableClaims)

export const createCompanySettings = (
  deps: CompanyDependencies & {
    readonly machine: () => Machine
    /** Plain http to this machine counts as a provider (simulated workspaces and tests). */
    readonly loopback: boolean
  },
): {
  readonly queries: QueryHandlers<'access.company' | 'access.companySettings'>
  readonly commands: CommandHandlers<
    'access.companySet' | 'access.companyTry' | 'access.companyAccount'
  >
} => {
  const { accounts, clock, companies, sessions } = deps
  const lookup = lookupOf(deps.reader)
  const changed = (): void => deps.emit('access.changed', {})

  return {
    queries: {
      'access.company': (_input, { session }) => {
        const company = companies.settings()
        const isOn = company?.enabled === 1
        const account = accounts.byId(session?.accountId ?? '')
        const link = account === undefined ? undefined : linkIn(lookup, account.id)
        const isAlone = deps.machine().addresses.length === 0
        return {
          label: isOn ? company.label : null,
          problem: isOn && isAlone && !isLoopback(new URL(company.issuer)) ? 'no-network' : null,
          linked: isOn && link !== undefined && isCurrent(link, company),
          companyOnly: account !== undefined && isCompanyOnly(lookup, account),
        }
      },

      'access.companySettings': () => {
        const company = companies.settings()
        const links = companies.links().filter((link) => isCurrent(link, company))
        return {
          settings:
            company === undefined
              ? null
              : {
                  version: company.version,
                  enabled: company.enabled === 1,
                  label: company.label,
                  issuer: company.issuer,
                  clientId: company.clientId,
                  hasSecret: company.secretSealed !== null,
                  scopes: [...listOf(company.scopes)],
                  claim: company.claim,
                  linkByEmail: company.linkByEmail === 1,
                  factorValues: [...listOf(company.factorValues)],
                  updatedAt: company.updatedAt,
                },
          redirectUri: registeredRedirect,
          linked: links.length,
        }
      },
    },

    commands: {
      'access.companySet': ({ baseVersion, clientSecret, ...next }, context) => {
        if (!isSecureEnough(new URL(next.issuer), deps.loopback)) {
          throw new NocturneError('company-issuer-insecure')
        }
        // SECURITY: an address or a name is given to another one day, and he would be let in.
        if (changeable.has(next.claim.toLowerCase())) {
          throw new NocturneError('company-claim-changeable', { claim: next.claim })
        }
        return {
          apply(tx) {
            actingNow(sessions, context, manage)
            const before = companyIn(tx)
            if ((before?.version ?? 0) !== baseVersion) {
              throw new NocturneError('conflict', {
                what: 'company',
                version: before?.version ?? 0,
              })
            }
            const isSamePlace =
              before?.issuer === next.issuer &&
              before.clientId === next.clientId &&
              before.claim === next.claim
            const wasAllowed = isSamePlace && before.linkByEmail === 1
            // SECURITY: whoever chooses the provider could name himself anybody by an address.
            if (
              next.linkByEmail &&
              !wasAllowed &&
              sessions.get(context.clientId)?.isOwner !== true
            ) {
              throw new NocturneError('permission-denied', { permission: 'owner' })
            }
            // SECURITY: a secret goes to nobody but whom it was given for.
            const kept = before?.issuer === next.issuer ? before.secretSealed : null
            const plain = Buffer.from(clientSecret ?? '', 'utf8')
            const sealed =
              clientSecret === undefined
                ? kept
                : clientSecret === null
                  ? null
                  : seal(plain, deps.vaultKey, secretPlace)
            plain.fill(0)
            const version = baseVersion + 1
            writeCompany(tx, {
              version,
              enabled: next.enabled ? 1 : 0,
              label: next.label,
              issuer: next.issuer,
              clientId: next.clientId,
              secretSealed: sealed,
              scopes: JSON.stringify(next.scopes),
              claim: next.claim,
              linkByEmail: next.linkByEmail ? 1 : 0,
              factorValues: JSON.stringify(next.factorValues),
              updatedAt: clock.now(),
            })
            tx.change({
              entity: 'company-sign-in',
              entityId: '1',
              kind: before === undefined ? 'created' : 'updated',
              version,
              data: { enabled: next.enabled, issuer: next.issuer },
            })
            return { version }
          },
          after: changed,
        }
      },

      async 'access.companyTry'({ language }, context) {
        const company = companies.settings()
        if (company === undefined) throw new NocturneError('company-off')
        const person = await deps.company.run(
          context.clientId,
          providerOf(company, deps.vaultKey),
          { language, fresh: false, wantsProfile: true },
          context.signal,
        )
        const found = accountOf(company, person, { lookup, accounts, reads: companies })
        return {
          apply(tx) {
            actingNow(sessions, context, manage)
            sameCompany(tx, company)
            return {
              ...person,
              amr: [...person.amr],
              countsAsFactor: countsAsFactor(company, person),
              accountName: found?.account.disabledAt === null ? found.account.name : null,
            }
          },
        }
      },

      'access.companyAccount': ({ accountId, baseVersion, subject, companyOnly }, context) => {
        if (companyOnly && subject === null) {
          throw new NocturneError('invalid-input', { field: 'companyOnly', rule: 'no-link' })
        }
        return {
          apply(tx) {
            const by = actingNow(sessions, context, manageAccounts)
            if (by.accountId === accountId) throw new NocturneError('own-account')
            const account = accountIn(tx, accountId)
            if (account === undefined) throw new NocturneError('not-found', { what: 'account' })
            refuseRuling(tx, by, account)
            // SECURITY: whatever becomes of the provider, the owner comes in.
            if (companyOnly && account.role === 'owner') throw new NocturneError('last-owner')
            if (account.version !== baseVersion) {
              throw new NocturneError('conflict', { what: 'account', version: account.version })
            }
            const at = clock.now()
            if (subject === null) dropLink(tx, accountId)
            else {
              const company = companyIn(tx)
              if (company === undefined) throw new NocturneError('company-off')
              const taken = linkOfPerson(tx, { ...company, subject })
              if (taken !== undefined && taken.accountId !== accountId) {
                throw new NocturneError('company-taken')
              }
              const link = linkTo(company, { subject }, accountId, at)
              writeLink(tx, { ...link, companyOnly: companyOnly ? 1 : 0 }, 'administrator')
            }
            // A code that was given is a password too.
            const void_ = companyOnly ? { code_hash: null, code_until: null } : {}
            updateAccount(tx, account, void_, { company: subject !== null, companyOnly }, at)
            return {}
          },
          after() {
            // SECURITY: who came in by the link of before is out.
            sessions.endOf(accountId)
            changed()
          },
        }
      },
    },
  }
}

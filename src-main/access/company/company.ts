import type { CommandHandlers, QueryHandlers } from '../../engine/handlers.ts'
import type { Machine } from '../machine.ts'
import { createCompanyFlow, type OpenInBrowser } from './company-flow.ts'
import { createCompanySettings } from './company-settings.ts'
import { createCompanySignIn, type CompanyDependencies } from './company-sign-in.ts'
import { createCompanyReads } from './company-tables.ts'

/** Signing in with a company's OpenID Connect provider. */

type Query = 'access.company' | 'access.companySettings'

type Command =
  | 'access.companySignIn'
  | 'access.companyCancel'
  | 'access.companyUnlock'
  | 'access.companyStepUp'
  | 'access.companyLink'
  | 'access.companyUnlink'
  | 'access.companySet'
  | 'access.companyTry'
  | 'access.companyAccount'

export interface CompanyPart {
  readonly queries: QueryHandlers<Query>
  readonly commands: CommandHandlers<Command>
  clientGone(clientId: number): void
  stop(): void
}

export const createCompany = (
  deps: Omit<CompanyDependencies, 'company' | 'companies'> & {
    readonly machine: () => Machine
    readonly openInBrowser: OpenInBrowser | null
    /** Plain http to this machine counts as a provider (simulated workspaces and tests). */
    readonly loopback: boolean
    readonly fetch?: typeof fetch
  },
): CompanyPart => {
  const company = createCompanyFlow(deps)
  const shared = { ...deps, company, companies: createCompanyReads(deps.reader) }
  const settings = createCompanySettings(shared)
  return {
    queries: settings.queries,
    commands: { ...settings.commands, ...createCompanySignIn(shared) },
    clientGone: company.cancel,
    stop: company.stop,
  }
}

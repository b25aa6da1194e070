import type { SignInStep } from '../../../src-shared/contract/access.ts'
import type { CompanySettings } from '../../../src-shared/contract/access-company.ts'
import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { FakeOptions } from './fake-options.ts'

/** The company's sign-in: a browser that comes back after two seconds, unless `company=` says else. */
export const createFakeCompany = (deps: {
  readonly options: FakeOptions
  readonly now: () => number
  readonly wait: (ms: number) => Promise<void>
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly done: (name: string) => SignInStep
  readonly unlocked: () => void
  readonly steppedUp: () => number
}) => {
  const { options, now } = deps
  let linkedSince: number | null = options.company === 'linked' ? now() - 30 * 86_400_000 : null
  let settings: CompanySettings | null =
    options.company === 'none'
      ? null
      : {
          version: 1,
          enabled: options.company !== 'off',
          label: 'Nusantara Fiber',
          issuer: 'https://login.nusantara.example/realms/staff',
          clientId: 'nocturne-console',
          hasSecret: true,
          scopes: ['email', 'profile'],
          claim: 'sub',
          linkByEmail: false,
          factorValues: ['mfa'],
          updatedAt: now() - 86_400_000,
        }
  let ended: (() => void) | null = null
  const browse = async (): Promise<void> => {
    if (settings?.enabled !== true) throw new NocturneError('company-off')
    const cancelled = new Promise<boolean>((resolve) => {
      ended = () => resolve(true)
    })
    const waits = options.company === 'waits' ? 600_000 : 2000
    const isEnded = await Promise.race([cancelled, deps.wait(waits).then(() => false)])
    if (isEnded) throw new NocturneError('cancelled')
    if (options.company === 'unknown') throw new NocturneError('company-unknown')
    if (options.company === 'away') {
      throw new NocturneError('company-unreachable', { host: 'login.nusantara.example' })
    }
  }
  const isOn = () => settings?.enabled === true

  const handlers = {
    'access.company': () => ({
      label: isOn() ? (settings?.label ?? null) : null,
      problem: options.company === 'offline' ? ('no-network' as const) : null,
      linked: isOn() && linkedSince !== null,
      companyOnly: false,
    }),
    'access.companySettings': () => ({
      settings,
      redirectUri: 'http://127.0.0.1/nocturne/signed-in',
      linked: linkedSince === null ? 0 : 1,
    }),
    'access.companySignIn': async () => {
      await browse()
      return deps.done('Sari Wijaya')
    },
    'access.companyCancel': () => {
      ended?.()
      return {}
    },
    'access.companyUnlock': async () => {
      await browse()
      deps.unlocked()
      return {}
    },
    'access.companyStepUp': async () => {
      await browse()
      return { until: deps.steppedUp() }
    },
    'access.companyLink': async () => {
      await browse()
      linkedSince = now()
      deps.emit('access.changed', {})
      return {}
    },
    'access.companyUnlink': () => {
      linkedSince = null
      deps.emit('access.changed', {})
      return {}
    },
    'access.companySet': ({ baseVersion, clientSecret, ...next }) => {
      if (next.claim === 'email') throw new NocturneError('company-claim-changeable')
      const version = baseVersion + 1
      const had = settings?.hasSecret ?? false
      const hasSecret = clientSecret === undefined ? had : clientSecret !== null
      settings = { ...next, hasSecret, version, updatedAt: now() }
      return { version }
    },
    'access.companyTry': async () => {
      await browse()
      return {
        subject: '248289761001',
        name: 'Sari Wijaya',
        email: 'sari@nusantara.example',
        emailVerified: true,
        amr: ['pwd', 'mfa'],
        acr: null,
        countsAsFactor: true,
        accountName: linkedSince === null ? null : 'Sari Wijaya',
      }
    },
  } satisfies {
    readonly [Name in ProcedureName]?: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
  }
  return { handlers, since: () => linkedSince }
}

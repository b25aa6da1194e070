import type { Session, SignInStep } from '../../../src-shared/contract/access.ts'
import type {
  EventName,
  Input,
  Output,
  Payload,
  ProcedureName,
} from '../../../src-shared/contract/index.ts'
import { NocturneError } from '../../../src-shared/errors.ts'
import { createFakeAccounts } from './fake-access-accounts.ts'
import { makeSignIns, uuidAt } from './fake-access-book.ts'
import { createFakeCompany } from './fake-company.ts'
import type { FakeOptions } from './fake-options.ts'

/** Sign-in, lock, step-up, second factor: README.md says which names, passwords and codes do what. */

const stepUpMs = 300_000
const fakePassword = 'demo'
const fakeCode = '123456'
const fakeRecoveryCode = /^abcd-?efgh$/i
const fakeKit = 'AAAAABBBBBCCCCCDDDDDEEEEEFFFFFGGGGGHHHHH'

export interface FakeAccessDependencies {
  readonly options: FakeOptions
  readonly now: () => number
  readonly emit: <Name extends EventName>(name: Name, payload: Payload<Name>) => void
  readonly wait: (ms: number) => Promise<void>
}

const plain = (code: string): string => code.replaceAll(/[\s-]/g, '')

const strengthOf = (password: string, name: string) => {
  const minLength = 10
  const lower = password.toLowerCase()
  const why =
    password.length < minLength
      ? ('too-short' as const)
      : /password|1234567|qwerty/.test(lower)
        ? ('common' as const)
        : name !== '' && lower.includes(name.toLowerCase())
          ? ('has-name' as const)
          : new Set(lower).size < 5
            ? ('too-simple' as const)
            : null
  const score =
    why !== null
      ? Math.min(1, Math.floor(password.length / 8))
      : password.length < 14
        ? 2
        : password.length < 20
          ? 3
          : 4
  return { score, acceptable: why === null, why, minLength }
}

export const createFakeAccess = ({ options, now, emit, wait }: FakeAccessDependencies) => {
  const book = createFakeAccounts({
    now,
    emit,
    me: () => session?.account.id ?? null,
    onChanged: () => follow(),
    alone: ['own', 'new', 'sealed'].includes(options.start),
  })
  let signIns = makeSignIns(now())
  let factorSince: number | null = options.factor ? now() - 90 * 86_400_000 : null
  let codesLeft = options.factor ? 8 : 0
  let failures = 0
  /** Whose sign-in is half done. */
  let half: { readonly name: string; readonly needs: 'code' | 'set-up' } | null = null
  let shown = false
  let kitSince: number | null = options.start === 'in' ? now() - 120 * 86_400_000 : null

  const someone = (name: string, roleId: string = options.role): Session => {
    const role = book.roleOf(roleId)
    return {
      account: {
        id: uuidAt('00', 0),
        name,
        login: name.toLowerCase(),
        roleId,
        roleName: role.name,
        isOwner: roleId === 'owner',
      },
      signedInAt: now(),
      endsAt: now() + role.sessionHours * 3_600_000,
      locked: false,
      lockAfterMinutes: role.lockAfterMinutes,
      // A full sign-in counts as one; `stepup=1`: it was too long ago.
      steppedUpUntil: options.stepUp ? null : now() + stepUpMs,
      permissions: [...role.permissions],
      scope: options.reach,
    }
  }
  let session: Session | null = ['in', 'own', 'locked'].includes(options.start)
    ? { ...someone('Sari Wijaya'), locked: options.start === 'locked' }
    : null
  if (options.role !== 'owner') {
    const [own, other] = book.accounts
    if (own !== undefined) own.roleId = options.role
    if (other !== undefined) other.roleId = 'owner'
  }

  const enter = (next: Session | null): void => {
    session = next
    emit('access.sessionChanged', { session })
  }
  /** A changed role takes effect at once. */
  const follow = (): void => {
    if (session === null) return
    const own = book.accounts.find(({ id }) => id === session?.account.id)
    if (own === undefined || own.roleId === session.account.roleId) return
    const role = book.roleOf(own.roleId)
    enter({
      ...session,
      account: {
        ...session.account,
        roleId: role.id,
        roleName: role.name,
        isOwner: role.id === 'owner',
      },
      permissions: [...role.permissions],
    })
  }
  const mustBe = (password: string): void => {
    if (password === fakePassword) return void (failures = 0)
    failures += 1
    if (failures > 3) throw new NocturneError('sign-in-throttled', { seconds: 2 ** (failures - 3) })
    throw new NocturneError('wrong-credentials')
  }
  const mustBeCode = (code: string): void => {
    if (plain(code) === fakeCode) return
    if (fakeRecoveryCode.test(code.trim())) {
      codesLeft = Math.max(0, codesLeft - 1)
      return
    }
    throw new NocturneError('wrong-code')
  }
  const done = (name: string): SignInStep => {
    half = null
    enter(someone(name))
    return { next: 'done', session }
  }
  const own = () => {
    if (session === null) throw new NocturneError('not-signed-in')
    return session
  }

  const company = createFakeCompany({
    options,
    now,
    wait,
    emit,
    done: (name) => done(name),
    unlocked: () => {
      if (session !== null) enter({ ...session, locked: false })
    },
    steppedUp: () => {
      const until = now() + stepUpMs
      enter({ ...own(), steppedUpUntil: until })
      return until
    },
  })

  const handlers = {
    ...book.handlers,
    ...company.handlers,
    'access.renewKit': () => {
      kitSince = now()
      return {}
    },
    'access.session': () => ({ session }),
    'access.passwordStrength': ({ password, name }) => strengthOf(password, name),
    'access.mine': () => ({
      secondFactorSince: factorSince,
      secondFactorRequired: book.roleOf(own().account.roleId).secondFactorRequired,
      secondFactorReset: options.notice
        ? { at: now() - 3 * 3_600_000, byName: 'Budi Santoso' }
        : null,
      recoveryKitSince: kitSince,
      recoveryCodesLeft: codesLeft,
      passwordChangedAt: now() - 40 * 86_400_000,
      companySince: company.since(),
      companyOnly: false,
      sessions: [
        {
          sessionId: uuidAt('23', 0),
          device: 'noc-1',
          signedInAt: own().signedInAt ?? now(),
          locked: false,
          isThis: true,
        },
        {
          sessionId: uuidAt('23', 1),
          device: 'night-desk',
          signedInAt: now() - 26 * 3_600_000,
          locked: true,
          isThis: false,
        },
      ],
      signIns: signIns.toSorted((one, other) => other.at - one.at),
      notices: options.notice ? signIns.filter(({ suspicions }) => suspicions.length > 0) : [],
    }),
    'access.signIn': async ({ name, password }): Promise<SignInStep> => {
      await wait(300)
      mustBe(password)
      if (/^code/i.test(name)) {
        half = { name, needs: 'code' }
        return { next: 'second-factor', session: null }
      }
      if (/^fresh/i.test(name)) {
        half = { name, needs: 'set-up' }
        return { next: 'set-up-second-factor', session: null }
      }
      return done(name)
    },
    'access.signInCode': async ({ code }): Promise<SignInStep> => {
      await wait(200)
      if (half === null) throw new NocturneError('not-signed-in')
      if (plain(code) === '999999') throw new NocturneError('sign-in-throttled', { seconds: 4 })
      if (plain(code) === '888888') {
        half = null
        throw new NocturneError('not-signed-in')
      }
      mustBeCode(code)
      return done(half.name)
    },
    'access.signOut': () => {
      half = null
      enter(null)
      return {}
    },
    'access.lock': () => {
      if (session !== null) enter({ ...session, locked: true })
      return {}
    },
    'access.unlock': async ({ password }) => {
      await wait(300)
      mustBe(password)
      if (session !== null) enter({ ...session, locked: false })
      return {}
    },
    'access.stepUp': async ({ password, code }) => {
      await wait(200)
      mustBe(password)
      if (factorSince !== null) mustBeCode(code ?? '')
      const until = now() + stepUpMs
      enter({ ...own(), steppedUpUntil: until })
      return { until }
    },
    'access.changePassword': ({ current, next }) => {
      mustBe(current)
      if (!strengthOf(next, own().account.name).acceptable)
        throw new NocturneError('password-too-weak')
      return {}
    },
    'access.redeemCode': async ({ name, code, password }): Promise<SignInStep> => {
      await wait(300)
      if (plain(code) === '000000') throw new NocturneError('code-expired')
      if (!/^k7mq-?2x9d$/i.test(code.trim())) throw new NocturneError('wrong-code')
      if (!strengthOf(password, name).acceptable) throw new NocturneError('password-too-weak')
      return done(name)
    },
    'access.redeemKit': async ({ words, password }): Promise<SignInStep> => {
      await wait(300)
      if (words.replaceAll(' ', '') !== fakeKit) throw new NocturneError('wrong-code', { word: 3 })
      if (!strengthOf(password, '').acceptable) throw new NocturneError('password-too-weak')
      factorSince = null
      return done('Sari Wijaya')
    },
    'access.beginSecondFactor': async () => {
      await wait(200)
      if (half === null && session === null) throw new NocturneError('not-signed-in')
      shown = true
      return {}
    },
    'access.confirmSecondFactor': async ({ code }): Promise<SignInStep> => {
      await wait(200)
      if (!shown || plain(code) !== fakeCode) throw new NocturneError('wrong-code')
      factorSince = now()
      codesLeft = 10
      shown = false
      return half === null ? { next: 'done', session } : done(half.name)
    },
    'access.removeSecondFactor': () => {
      if (book.roleOf(own().account.roleId).secondFactorRequired)
        throw new NocturneError('second-factor-required')
      factorSince = null
      codesLeft = 0
      return {}
    },
    'access.renewRecoveryCodes': () => {
      codesLeft = 10
      return {}
    },
    'access.answerNotice': ({ signInId }) => {
      signIns = signIns.map((one) => (one.id === signInId ? { ...one, suspicions: [] } : one))
      return {}
    },
  } satisfies {
    readonly [Name in ProcedureName]?: (input: Input<Name>) => Output<Name> | Promise<Output<Name>>
  }

  return {
    handlers,
    session: () => session,
    /** The owner of a workspace that has just been made. */
    end: () => enter(null),
    begin: (ownerName: string) => enter(someone(ownerName)),
    mustStepUp: () => (session?.steppedUpUntil ?? 0) <= now(),
  }
}

import type { Guard } from './guards.ts'

const folder = 'src-main/access/company'
const provider = `${folder}/provider.ts`
const listener = `${folder}/loopback-listener.ts`
const signIn = `${folder}/company-sign-in.ts`
const settings = `${folder}/company-settings.ts`
const hostile = ['access-oidc/hostile-answers.test.ts']
const way = ['access-oidc/way-and-back.test.ts']
const real = ['access-oidc/company-sign-in.test.ts']
const set = ['access-oidc/company-settings.test.ts']

/** Signing in with a company's provider, and accounts from a file. */
export const companyGuards: readonly Guard[] = [
  {
    name: 'company-signature',
    file: provider,
    text: '            oidc.enableNonRepudiationChecks,\n',
    instead: '',
    tests: hostile,
  },
  {
    name: 'company-nonce-and-token',
    file: provider,
    text: '          expectedNonce: nonce,\n',
    instead: '',
    tests: hostile,
  },
  {
    name: 'company-mix-up',
    file: provider,
    text: 'if (iss !== null && iss !== found.issuer) {',
    instead: 'if (iss === undefined) {',
    tests: hostile,
  },
  {
    name: 'company-endpoints-over-tls',
    file: `${folder}/provider-fetch.ts`,
    text: 'if (url === null || !isSecureEnough(url, loopback)) {',
    instead: 'if (url === null) {',
    tests: hostile,
  },
  {
    name: 'company-redirects-not-followed',
    file: `${folder}/provider-fetch.ts`,
    text: `redirect: 'manual',`,
    instead: `redirect: 'follow',`,
    tests: hostile,
  },
  {
    name: 'company-nothing-lasting-asked-for',
    file: provider,
    text: `new Set(['openid', 'offline_access'])`,
    instead: `new Set(['openid'])`,
    tests: real,
  },
  {
    name: 'company-fresh-at-the-provider',
    file: provider,
    text: `...(options.fresh ? { prompt: 'login', max_age: '0' } : {}),`,
    instead: '',
    tests: real,
  },
  {
    name: 'company-state',
    file: listener,
    text: `if (states.length !== 1 || !isSame(states[0] ?? '', state)) {`,
    instead: `if (states.length === 0) {`,
    tests: way,
  },
  {
    name: 'company-host-of-the-answer',
    file: listener,
    text: `if (request.headers.host !== host) return say(response, 400, 'nothing')`,
    instead: '',
    tests: way,
  },
  {
    name: 'company-path-of-the-answer',
    file: listener,
    text: ' || url.pathname !== answerPath',
    instead: '',
    tests: way,
  },
  {
    name: 'company-three-minutes',
    file: `${folder}/company-flow.ts`,
    text: 'const callOff = clock.after(patienceMs, () => late.abort())',
    instead: 'const callOff = clock.after(patienceMs * 9, () => late.abort())',
    tests: way,
  },
  {
    name: 'company-disabled-account',
    file: signIn,
    text: '() => Promise.resolve(isDisabled ? null : found),',
    instead: '() => Promise.resolve(found),',
    tests: real,
  },
  {
    name: 'company-settings-of-now',
    file: `${folder}/company-person.ts`,
    text: `if (companyIn(lookup)?.version !== company.version) throw new NocturneError('company-off')`,
    instead: '',
    tests: real,
  },
  {
    name: 'company-verified-address',
    file: `${folder}/company-person.ts`,
    text: '!person.emailVerified || ',
    instead: '',
    tests: real,
  },
  {
    name: 'company-owner-links-himself',
    file: `${folder}/company-person.ts`,
    text: `account === undefined || account.role === 'owner'`,
    instead: 'account === undefined',
    tests: real,
  },
  {
    name: 'company-step-up-with-the-code',
    file: signIn,
    text: `if (asksCode && code === null) throw new NocturneError('wrong-code')`,
    instead: '',
    tests: real,
  },
  {
    name: 'company-link-not-at-a-locked-screen',
    file: signIn,
    text: `if (sessionNow(context).locked) throw new NocturneError('session-locked')`,
    instead: '',
    tests: real,
  },
  {
    name: 'company-only-takes-no-password',
    file: 'src-main/access/proofs.ts',
    text: 'return isCompanyOnly(deps.lookup, account) ? null : account',
    instead: 'return account',
    tests: real,
  },
  {
    name: 'company-owner-keeps-his-password',
    file: `${folder}/company-tables.ts`,
    text: ` || account.role === 'owner'`,
    instead: '',
    tests: real,
  },
  {
    name: 'company-issuer-over-tls',
    file: settings,
    text: '        if (!isSecureEnough(new URL(next.issuer), deps.loopback)) {',
    instead: '        if (next.issuer === null) {',
    tests: set,
  },
  {
    name: 'company-address-links-if-the-owner-says-so',
    file: settings,
    text: 'sessions.get(context.clientId)?.isOwner !== true',
    instead: `next.label === ''`,
    tests: set,
  },
  {
    name: 'company-secret-of-one-issuer',
    file: settings,
    text: 'before?.issuer === next.issuer ? before.secretSealed : null',
    instead: 'before?.secretSealed ?? null',
    tests: set,
  },
  {
    name: 'company-page-is-a-page-of-the-web',
    file: 'src-main/shell/open-external.ts',
    text: 'return isSecure ? parsed.href : null',
    instead: 'return parsed.href',
    tests: ['shell/open-external.test.ts'],
  },
  {
    name: 'import-of-who-looked',
    file: 'src-main/access/imports/account-import.ts',
    text: 'if (found?.accountId !== by.accountId || clock.now() - found.at >= keptMs) {',
    instead: 'if (found === undefined || clock.now() - found.at >= keptMs) {',
    tests: ['access/import-accounts.test.ts'],
  },
  {
    name: 'import-no-role-above-ones-own',
    file: 'src-main/access/imports/account-import.ts',
    text: `role.id === 'owner' || !coversAll(by.permissions, role.permissions)`,
    instead: 'role.id === undefined',
    tests: ['access/import-accounts.test.ts'],
  },
]

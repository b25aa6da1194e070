import { companyGuards } from './guards-of-company.ts'
import { approvalGuards } from './guards-of-approvals.ts'
import { narrowingGuards, reachGuards } from './guards-of-reach.ts'
import { counterGuards } from './guards-of-counter.ts'
import { storeGuards } from './guards-of-store.ts'
import { creditGuards } from './guards-of-credits.ts'
import { dunningGuards } from './guards-of-dunning.ts'
import { documentGuards } from './guards-of-documents.ts'
import { bankGuards } from './guards-of-bank.ts'
import { payPalGuards } from './guards-of-paypal.ts'
import { moneyGuards } from './guards-of-money.ts'
import { transferGuards } from './guards-of-transfer.ts'
import { vaultGuards } from './guards-of-vault.ts'

/**
 * The guards of router, store and vault, each with what takes it away and the tests that must then
 * fail. `node scripts/sabotage.mjs` does it to a copy of the source; test/hardening/sabotage.test.ts
 * holds the table against the source.
 */
export interface Guard {
  readonly name: string
  /** From the repository's root. */
  readonly file: string
  /** Stands in the file exactly once. */
  readonly text: string
  readonly instead: string
  /** Files or folders of test/. */
  readonly tests: readonly string[]
}

const router = 'src-main/engine/router.ts'
const sessions = 'src-main/engine/sessions.ts'
const routerTests = ['engine/router.test.ts']
const matrix = ['access/role-matrix.test.ts', 'engine/router.test.ts']

const routerGuards: readonly Guard[] = [
  {
    name: 'router-own-names-of-queries',
    file: router,
    text: 'if (Object.hasOwn(queries, channel)) {',
    instead: 'if (channel in queries) {',
    tests: routerTests,
  },
  {
    name: 'router-own-names-of-commands',
    file: router,
    text: 'if (Object.hasOwn(commands, channel)) {',
    instead: 'if (channel in commands) {',
    tests: routerTests,
  },
  {
    name: 'router-permission',
    file: router,
    text: `      if (verdict !== 'allowed') {`,
    instead: `      if (verdict === 'session-locked') {`,
    tests: matrix,
  },
  {
    name: 'router-strict-input',
    file: router,
    text: `  throw new NocturneError('invalid-input', describeIssue(result.error.issues[0]))`,
    instead: '  return input',
    tests: routerTests,
  },
  {
    name: 'router-command-envelope',
    file: router,
    text: 'parse(commandEnvelope, request.input) as',
    instead: 'request.input as',
    tests: routerTests,
  },
  {
    name: 'router-query-output-stripped',
    file: router,
    text: 'definition.output.parse(found)',
    instead: 'found',
    tests: routerTests,
  },
  {
    name: 'router-command-output-stripped',
    file: router,
    text: 'return definition.output.parse(made)',
    instead: 'return made',
    tests: routerTests,
  },
  {
    name: 'router-secrets-out-of-the-audit',
    file: router,
    text: 'withoutSecrets(input, definition.secrets)',
    instead: 'input',
    tests: routerTests,
  },
  {
    name: 'router-step-up',
    file: router,
    text: `return asks && !hasSteppedUp(session, options.clock.now()) ? 'step-up-needed' : verdict`,
    instead: 'return verdict',
    tests: ['engine/step-up-gate.test.ts', 'access/role-matrix.test.ts'],
  },
  {
    name: 'router-unexpected-text-stays-inside',
    file: router,
    text: `error: { code: 'internal', params: {}, traceId }`,
    instead: `error: { code: 'internal', params: { text: String(error) }, traceId }`,
    tests: routerTests,
  },
  {
    name: 'router-input-not-repeated-in-errors',
    file: router,
    text: `rule: issue?.code ?? 'unknown',`,
    instead: `rule: issue?.message ?? 'unknown',`,
    tests: routerTests,
  },
  {
    name: 'router-refused-commands-recorded',
    file: router,
    text: `        if (kind === 'command') {\n          options.recordRefusal({`,
    instead: `        if (kind === 'command') {\n          void ({`,
    tests: routerTests,
  },
  {
    name: 'router-failed-commands-recorded',
    file: router,
    text: 'options.recordRefusal({ name, context, auditInput, code: error.code })',
    instead: 'void error.code',
    tests: routerTests,
  },
  {
    name: 'router-refused-queries-recorded',
    file: router,
    text: 'options.queryRefused({ name: request.channel as QueryName, context })',
    instead: 'void context',
    tests: [...routerTests, 'engine/audit-engine.test.ts'],
  },
  {
    name: 'router-sensitive-reads-recorded',
    file: router,
    text: 'options.queryAnswered({ name: request.channel as QueryName, context, input })',
    instead: 'void context',
    tests: [...routerTests, 'engine/audit-engine.test.ts'],
  },
  {
    name: 'router-stopped',
    file: router,
    text: `if (stopped) throw new NocturneError('engine-stopped')`,
    instead: '',
    tests: routerTests,
  },
  {
    name: 'access-signed-in',
    file: sessions,
    text: `if (session === null) return 'not-signed-in'`,
    instead: `if (session === null) return 'allowed'`,
    tests: matrix,
  },
  {
    name: 'access-locked-screen',
    file: sessions,
    text: `if (session.locked && !whileLocked) return 'session-locked'`,
    instead: '',
    tests: matrix,
  },
  {
    name: 'access-permission',
    file: sessions,
    text: `return session.permissions.has(access) ? 'allowed' : 'permission-denied'`,
    instead: `return 'allowed'`,
    tests: matrix,
  },
  {
    name: 'session-absolute-end',
    file: sessions,
    text: 'now() < session.endsAt && ',
    instead: '',
    tests: ['engine/sessions.test.ts'],
  },
  {
    name: 'session-clock-set-back',
    file: sessions,
    text: ' && now() >= session.signedInAt - clockSlackMs',
    instead: '',
    tests: ['engine/sessions.test.ts'],
  },
  {
    name: 'session-over-for-another-reason',
    file: sessions,
    text: 'if (isInTime && !isOver(session)) return session',
    instead: 'if (isInTime) return session',
    tests: ['engine/sessions.test.ts'],
  },
  {
    name: 'session-of-a-disabled-account',
    file: 'src-main/engine/open-workspace.ts',
    text: 'sessions.endWhen((session) => accounts.byId(session.accountId) === undefined)',
    instead: '',
    tests: ['hardening/ended-account.test.ts'],
  },
  {
    name: 'step-up-ends',
    file: sessions,
    text: '  now < session.steppedUpUntil &&\n',
    instead: '',
    tests: ['engine/step-up-gate.test.ts', 'engine/sessions.test.ts', 'access/step-up.test.ts'],
  },
  {
    name: 'step-up-clock-set-back',
    file: sessions,
    text: 'now >= session.steppedUpUntil - stepUpMs - clockSlackMs',
    instead: 'true',
    tests: ['engine/step-up-gate.test.ts', 'engine/sessions.test.ts', 'access/step-up.test.ts'],
  },
  {
    name: 'event-only-to-who-may',
    file: 'src-main/engine/outbox.ts',
    text: 'if (!options.mayReceive(clientId, events[name].access)) continue',
    instead: '',
    tests: ['engine/outbox.test.ts'],
  },
  {
    name: 'event-stripped',
    file: 'src-main/engine/outbox.ts',
    text: 'payload: events[name].payload.parse(made)',
    instead: 'payload: made',
    tests: ['engine/outbox.test.ts'],
  },
  {
    name: 'confirmation-asks-for-a-step-up',
    file: 'src-main/engine/confirm.ts',
    text: `if (request.risk === 'destructive' && !deps.hasSteppedUp(clientId)) {`,
    instead: 'if (deps.ask === undefined) {',
    tests: ['engine/confirm.test.ts', 'engine/step-up-gate.test.ts'],
  },
  {
    name: 'confirmation-compared-in-the-engine',
    file: 'src-main/engine/confirm.ts',
    text: 'typed.trim() === request.expected && ',
    instead: '',
    tests: ['engine/confirm.test.ts'],
  },
  {
    name: 'confirmation-not-from-a-locked-screen',
    file: 'src-main/engine/confirm.ts',
    text: ' && deps.mayAnswer(clientId)',
    instead: '',
    tests: ['engine/confirm.test.ts'],
  },
  {
    name: 'secret-not-on-a-locked-screen',
    file: 'src-main/engine/secret-window.ts',
    text: 'deps.onTurnedAway(clientId, () => end.abort()),',
    instead: '',
    tests: ['engine/secret-window.test.ts'],
  },
  {
    name: 'restore-not-behind-the-door',
    file: 'src-main/backups/restore-door.ts',
    text: "if (options.isSimulated || (state !== 'new' && state !== 'failed')) {",
    instead: 'if (options.isSimulated) {',
    tests: ['engine/restore-engine.test.ts'],
  },
  {
    name: 'restore-confirmed-outside',
    file: 'src-main/backups/restore-commands.ts',
    text: "if (!yes) throw new NocturneError('confirmation-refused')",
    instead: '',
    tests: ['engine/restore-engine.test.ts'],
  },
  {
    name: 'restored-quiet',
    file: 'src-main/olt-cli/rules.ts',
    text: "if (isQuiet) return problem('workspace-quiet')",
    instead: '',
    tests: ['olt-cli-capability/access.test.ts'],
  },
]

export const guards: readonly Guard[] = [
  ...routerGuards,
  ...reachGuards,
  ...narrowingGuards,
  ...approvalGuards,
  ...storeGuards,
  ...vaultGuards,
  ...companyGuards,
  ...moneyGuards,
  ...creditGuards,
  ...bankGuards,
  ...payPalGuards,
  ...counterGuards,
  ...documentGuards,
  ...dunningGuards,
  ...transferGuards,
]

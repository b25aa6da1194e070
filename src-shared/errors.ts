/**
 * The closed set of error codes of the console. An expected failure is data: a code and its
 * parameters. Texts for people live in the renderer's locales under `error.<code>`; anything that
 * is not a NocturneError is a bug: it is logged whole and shown as `internal` with its trace id.
 */
export const errorCodes = [
  // the envelope itself
  'internal',
  'unknown-procedure',
  'invalid-input',
  'sender-refused',
  'engine-stopped',
  'cancelled',
  'timeout',
  // who may
  'not-signed-in',
  'session-locked',
  'permission-denied',
  'beyond-scope',
  'wrong-credentials',
  'sign-in-throttled',
  'wrong-code',
  'code-expired',
  'step-up-needed',
  'second-factor-required',
  'session-ended',
  'login-taken',
  'own-account',
  'last-owner',
  'role-beyond-own',
  'role-built-in',
  'role-in-use',
  'role-name-taken',
  'region-name-taken',
  'region-in-use',
  'account-unused',
  'approval-needed',
  'approval-not-needed',
  'approval-own',
  'approval-own-hand',
  'approval-ended',
  'approval-rule-owner',
  'password-too-weak',
  // the company's provider
  'company-off',
  'company-unreachable',
  'company-certificate',
  'company-wrong-issuer',
  'company-issuer-insecure',
  'company-claim-changeable',
  'company-clock',
  'company-client-refused',
  'company-refused',
  'company-answer-refused',
  'company-timeout',
  'company-browser',
  'company-unknown',
  'company-other-person',
  'company-taken',
  'company-needed',
  'already-set-up',
  'not-set-up',
  // workspace, store, vault
  'workspace-sealed',
  'workspace-in-use',
  'workspace-read-only',
  'workspace-folder-gone',
  'workspace-name-taken',
  'workspace-keys-shared',
  'wrong-passphrase',
  'keychain-unavailable',
  'keychain-changed',
  'key-missing',
  'store-wrong-key',
  'store-from-newer-version',
  'store-damaged',
  'disk-full',
  'folder-gone',
  'folder-not-writable',
  'backup-damaged',
  'workspace-quiet',
  'secret-unreadable',
  'conflict',
  'not-found',
  // OLTs
  'olt-address-taken',
  'olt-no-answer',
  'olt-no-route',
  'olt-host-unresolvable',
  'olt-port-closed',
  'olt-no-snmp-answer-community',
  'olt-not-an-olt',
  'olt-unknown-family',
  'olt-walk-looped',
  'olt-walk-too-long',
  'olt-answer-garbage',
  'olt-silent-mid-walk',
  'olt-too-big',
  'olt-no-snmp-answer-v3',
  'olt-v3-unknown-user',
  'olt-v3-wrong-auth',
  'olt-v3-wrong-priv',
  'olt-v3-level-refused',
  'olt-v3-clock',
  'olt-v3-algorithm-missing',
  'olt-access-denied',
  'olt-restarted',
  'trap-port-unavailable',
  'live-view-taken',
  'history-unavailable',
  'before-history',
  'not-read-then',
  'past-is-shown',
  'rule-not-previewable',
  'import-unreadable',
  'map-file-unreadable',
  'plant-loop',
  'simulator-failed',
  // the OLT's CLI
  'cli-no-access',
  'cli-family-cannot',
  'cli-family-untrusted',
  'cli-unreachable',
  'cli-login-refused',
  'cli-logins-paused',
  'cli-host-key-changed',
  'cli-legacy-refused',
  'cli-telnet-not-allowed',
  'cli-unexpected-answer',
  'cli-refused',
  'cli-busy',
  'cli-session-lost',
  'cli-timeout',
  'cli-too-many-sessions',
  'cli-parameter-refused',
  'cli-not-read-only',
  'cli-terminal-gone',
  // what an OLT says of ONUs
  'onu-serial-exists',
  'onu-id-taken',
  'onu-not-there',
  'onu-offline',
  'onu-profile-missing',
  'onu-vlan-missing',
  'onu-gem-missing',
  'onu-service-missing',
  'onu-locked-by-profile',
  'pon-full',
  // plans
  'plan-expired',
  'plan-not-applicable',
  'plan-nothing-to-do',
  'plan-differs-now',
  'plan-read-back-differs',
  'plan-not-undoable',
  'plan-text-lost',
  'plan-overlaps',
  'plan-stopped-failures',
  'plan-stopped-alarms',
  'plan-stopped-by-person',
  'plan-interrupted',
  'plan-no-record',
  'plan-config-not-read',
  'confirmation-refused',
  'confirmation-unavailable',
  'speed-not-mapped',
  'settings-incomplete',
  'config-empty',
  'step-unproven',
  // subscribers
  'subscriber-code-taken',
  'subscriber-status',
  'subscriber-has-services',
  'onu-has-service',
  'import-built-upon',
  'file-too-big',
  'file-not-accepted',
  'file-not-as-named',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** Parameters for the text: plain values only, never a secret. */
export type ErrorParams = Readonly<Record<string, string | number | boolean | null>>

export class NocturneError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams

  constructor(code: ErrorCode, params: ErrorParams = {}, options?: { cause?: unknown }) {
    super(code, options)
    this.name = 'NocturneError'
    this.code = code
    this.params = params
  }
}

export const isNocturneError = (value: unknown): value is NocturneError =>
  value instanceof NocturneError

export const assertNever = (value: never): never => {
  throw new Error(`unexpected value of type ${typeof value}`)
}

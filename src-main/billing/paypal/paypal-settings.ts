import { createHash } from 'node:crypto'
import { NocturneError } from '../../../src-shared/errors.ts'
import type { CommandHandlers } from '../../engine/handlers.ts'
import type { Transaction } from '../../store/write-path.ts'
import { seal, unseal } from '../../vault/seal.ts'
import type { Reads } from '../plans/plan-tables.ts'
import type { BillingDependencies } from '../ports.ts'
import type { PayPalMode } from './paypal-tables.ts'

/** How PayPal is reached: off until somebody has entered credentials and switched it on. */

export interface PayPalSettings {
  readonly version: number
  readonly enabled: 0 | 1
  readonly mode: PayPalMode
  readonly merchant: string
  readonly returnUrl: string
  readonly sealed: Buffer | null
  readonly credentialsSince: number | null
  readonly clientHint: string
  /** Whose links they are: of this mode and this client id. */
  readonly accountKey: string
}

export const credentialsPlace = { purpose: 'provider_settings.credentials', rowId: '1' } as const

const none: PayPalSettings = {
  version: 0,
  enabled: 0,
  mode: 'trial',
  merchant: '',
  returnUrl: '',
  sealed: null,
  credentialsSince: null,
  clientHint: '',
  accountKey: '',
}

export const payPalSettings = (reads: Reads): PayPalSettings => {
  const [row] = reads.all<PayPalSettings>(
    `SELECT version, enabled, mode, merchant, return_url AS returnUrl,
      credentials_sealed AS sealed, credentials_since AS credentialsSince,
      client_hint AS clientHint, account_key AS accountKey FROM provider_settings`,
  )
  return row === undefined ? none : { ...row }
}

const putSettings = (tx: Transaction, next: PayPalSettings, at: number): void => {
  tx.run(
    `INSERT INTO provider_settings (id, version, enabled, mode, merchant, return_url,
      credentials_sealed, credentials_since, client_hint, account_key, updated_at)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, enabled = excluded.enabled,
        mode = excluded.mode, merchant = excluded.merchant, return_url = excluded.return_url,
        credentials_sealed = excluded.credentials_sealed,
        credentials_since = excluded.credentials_since, client_hint = excluded.client_hint,
        account_key = excluded.account_key, updated_at = excluded.updated_at`,
    next.version,
    next.enabled,
    next.mode,
    next.merchant,
    next.returnUrl,
    next.sealed,
    next.credentialsSince,
    next.clientHint,
    next.accountKey,
    at,
  )
}

export interface PayPalCredentials {
  readonly clientId: string
  readonly secret: string
}

/** Errors: `secret-unreadable`. The caller keeps neither. */
export const credentialsOf = (sealed: Uint8Array, vaultKey: Uint8Array): PayPalCredentials => {
  const plain = unseal(sealed, vaultKey, credentialsPlace)
  try {
    return JSON.parse(plain.toString('utf8')) as PayPalCredentials
  } finally {
    plain.fill(0)
  }
}

const keyOf = (mode: PayPalMode, clientId: string): string =>
  `${mode}:${createHash('sha256').update(clientId).digest('hex').slice(0, 16)}`

export const createPayPalConfigure = (
  deps: Pick<BillingDependencies, 'clock' | 'vaultKey'> & { readonly changed: () => void },
): CommandHandlers<'billing.configurePayPal'> => ({
  'billing.configurePayPal': ({
    baseVersion,
    credentials,
    enabled,
    mode,
    merchant,
    returnUrl,
  }) => ({
    apply: (tx) => {
      const before = payPalSettings(tx)
      if (before.version !== baseVersion) {
        throw new NocturneError('conflict', { what: 'paypal-settings', version: before.version })
      }
      const at = deps.clock.now()
      const base = { ...before, version: before.version + 1, mode, merchant, returnUrl }
      const next = { ...base, ...credentialsNext(before, mode, credentials, { at, ...deps }) }
      if (enabled && next.sealed === null) throw new NocturneError('paypal-credentials-missing')
      putSettings(tx, { ...next, enabled: enabled ? 1 : 0 }, at)
      tx.change({
        entity: 'setting',
        entityId: 'paypal',
        kind: before.version === 0 ? 'created' : 'updated',
        version: next.version,
        data: { enabled, mode, merchant },
      })
      return { version: next.version }
    },
    after: deps.changed,
  }),
})

type Kept = Pick<PayPalSettings, 'sealed' | 'credentialsSince' | 'clientHint' | 'accountKey'>

const kept = ({ sealed, credentialsSince, clientHint, accountKey }: Kept): Kept => ({
  sealed,
  credentialsSince,
  clientHint,
  accountKey,
})

const credentialsNext = (
  before: PayPalSettings,
  mode: PayPalMode,
  given: PayPalCredentials | null | undefined,
  { at, vaultKey }: { readonly at: number; readonly vaultKey: Uint8Array },
): Kept => {
  if (given === undefined) {
    // SECURITY: a secret goes to nobody but whom it was given for.
    return kept(before.mode === mode ? before : none)
  }
  if (given === null) return kept(none)
  const plain = Buffer.from(JSON.stringify(given), 'utf8')
  try {
    return {
      sealed: seal(plain, vaultKey, credentialsPlace),
      credentialsSince: at,
      clientHint: given.clientId.slice(-4),
      accountKey: keyOf(mode, given.clientId),
    }
  } finally {
    plain.fill(0)
  }
}

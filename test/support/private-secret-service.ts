import { onTestFinished } from 'vitest'
import {
  missingSecretServicePrograms,
  startPrivateSecretService,
} from '../../scripts/private-secret-service.mjs'

export interface PrivateSecretService {
  /** The whole environment of a child process that uses it. */
  readonly env: Readonly<Record<string, string>>
  readonly dir: string
  readonly busPid: number
  readonly keyringPid: number | null
  readonly stop: () => Promise<void>
}

/** Why no private Secret Service can run here; null when one can. */
export const whyNoSecretService = (): string | null => {
  const missing = missingSecretServicePrograms()
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`
}

/** Debian's gnome-keyring on a private D-Bus; ends with the test. */
export const privateSecretService = async (
  options: { readonly keyring?: boolean } = {},
): Promise<PrivateSecretService> => {
  const service = await startPrivateSecretService(options)
  onTestFinished(() => service.stop())
  return service
}

/** Types of private-secret-service.mjs, which is plain JavaScript. */
export interface PrivateSecretServiceHandle {
  readonly env: Readonly<Record<string, string>>
  readonly dir: string
  readonly busPid: number
  readonly keyringPid: number | null
  readonly stop: () => Promise<void>
}

export const missingSecretServicePrograms: () => readonly string[]

export const startPrivateSecretService: (options?: {
  readonly dir?: string
  readonly password?: string
  readonly keyring?: boolean
}) => Promise<PrivateSecretServiceHandle>

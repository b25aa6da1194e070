import type { OltCliAccess } from '../../../src-shared/contract/olt-cli.ts'

/** What about an OLT's CLI must stay in sight, the gravest first. */
const cliWarnings = ['keyChanged', 'loginsPaused', 'telnet', 'legacySsh'] as const
export type CliWarning = (typeof cliWarnings)[number]

/** Paused logins stand on the OLT itself: they protect, and need nobody at once. */
export const bannerWarnings = ['keyChanged', 'telnet', 'legacySsh'] as const
export type BannerWarning = (typeof bannerWarnings)[number]

type Looked = Pick<
  OltCliAccess,
  'configured' | 'allowTelnet' | 'allowLegacySsh' | 'offeredHostKey' | 'obstacle'
>

/**
 * SECURITY: Telnet and old algorithms warn as long as they are allowed, used or not: allowed is what
 * an attacker needs.
 */
export const warningsOf = (access: Looked): readonly CliWarning[] => {
  if (!access.configured) return []
  const holds: Readonly<Record<CliWarning, boolean>> = {
    keyChanged: access.offeredHostKey !== null,
    loginsPaused: access.obstacle?.code === 'cli-logins-paused',
    telnet: access.allowTelnet,
    legacySsh: access.allowLegacySsh,
  }
  return cliWarnings.filter((warning) => holds[warning])
}

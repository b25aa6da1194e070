import type { LiveSession } from '../../src-main/engine/sessions.ts'

/** The owner, just signed in. */
export const someSession = (now: number): Omit<LiveSession, 'locked'> => ({
  sessionId: 's',
  accountId: 'a',
  name: 'Nadia',
  login: 'nadia',
  role: 'owner',
  roleName: 'owner',
  isOwner: true,
  device: 'test',
  permissions: new Set(),
  signedInAt: now,
  endsAt: now + 8 * 3_600_000,
  lockAfterMinutes: 5,
  steppedUpUntil: null,
  scope: 'all',
})

import type { CommandName } from '../../src-shared/contract/index.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { OltPorts } from '../olt/poller/driver-port.ts'

/**
 * What a workspace still does that was moved to another machine: lets people in and out, and lets its
 * owner take it back or put another one in its place. The door's own commands (list, switch, lock, wipe)
 * are not behind this.
 */
const mayWhileMoved: ReadonlySet<CommandName> = new Set([
  'access.signIn',
  'access.signInCode',
  'access.signOut',
  'access.lock',
  'access.unlock',
  'access.stepUp',
  'access.companySignIn',
  'access.companyCancel',
  'access.companyUnlock',
  'access.companyStepUp',
  'access.redeemCode',
  'access.redeemKit',
  'access.beginSecondFactor',
  'access.confirmSecondFactor',
  'backups.choose',
  'backups.preview',
  'backups.restore',
  'workspace.takeBack',
] satisfies CommandName[])

/** SECURITY: everything else is refused before its handler does anything, whoever asks. */
export const refuseWhileMoved = <Handlers extends object>(
  handlers: Handlers,
  isMoved: () => boolean,
): Handlers => {
  const guarded = Object.entries(handlers).map(([name, handler]) => {
    if (mayWhileMoved.has(name as CommandName)) return [name, handler]
    const act = handler as (...given: unknown[]) => unknown
    return [
      name,
      (...given: unknown[]): unknown => {
        if (isMoved()) throw new NocturneError('workspace-moved')
        return act(...given)
      },
    ]
  })
  return Object.fromEntries(guarded) as Handlers
}

/** SECURITY: one that was moved asks no OLT anything, whoever wants to know. */
export const askNobodyWhileMoved = (ports: OltPorts, isMoved: () => boolean): OltPorts =>
  Object.assign(
    (...asked: Parameters<OltPorts>) => {
      if (isMoved()) throw new NocturneError('workspace-moved')
      return ports(...asked)
    },
    { figuresOf: ports.figuresOf },
  )

import { describe, expect, it } from 'vitest'
import { allPermissions } from '../../src-main/access/roles.ts'
import { createLog } from '../../src-main/engine/log.ts'
import { createRouter } from '../../src-main/engine/router.ts'
import { createSessions, stepUpMs } from '../../src-main/engine/sessions.ts'
import { commands, type CommandName } from '../../src-shared/contract/index.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { someSession } from '../support/some-session.ts'
import { noLimits } from '../support/no-limits.ts'

/** What asks once more who sits there: exports, roles and accounts, trust, keys. */
const asking = Object.entries(commands)
  .filter(([, definition]) => 'stepUp' in definition && definition.stepUp === true)
  .map(([name]) => name as CommandName)

const setUp = () => {
  const clock = createManualClock()
  const sessions = createSessions(clock)
  const refusals: unknown[] = []
  let runs = 0
  const router = createRouter({
    ...noLimits,
    sessions,
    clock,
    log: createLog({ write: () => undefined }),
    handlers: () => ({
      queries: {},
      commands: Object.fromEntries(asking.map((name) => [name, () => ({ apply: () => ({}) })])),
    }),
    runCommand: () => {
      runs++
      return {}
    },
    recordRefusal: (refusal) => refusals.push(refusal),
    queryRefused: () => undefined,
    queryAnswered: () => undefined,
    progress: () => undefined,
    newTraceId: () => 'trace',
  })
  sessions.start(1, { ...someSession(clock.now()), permissions: allPermissions })
  const call = (channel: string) =>
    router.call({ clientId: 1, channel, input: { commandId: 'x', input: {} } })
  const codeOf = async (channel: string): Promise<string> => {
    const reply = await call(channel)
    return reply.ok ? 'done' : reply.error.code
  }
  return { clock, sessions, refusals, codeOf, runs: () => runs }
}

describe('a step-up', () => {
  it('is asked for by these commands', () => {
    expect(asking).toEqual(
      expect.arrayContaining([
        'access.changeAccount',
        'access.createAccount',
        'access.disableAccount',
        'access.enableAccount',
        'access.removeEmployee',
        'access.removeRegion',
        'access.removeRole',
        'access.removeSecondFactor',
        'access.renewKit',
        'access.renewRecoveryCodes',
        'access.resetPassword',
        'access.resetSecondFactor',
        'access.saveRegion',
        'access.saveRole',
        'access.setScope',
        'access.transferOwnership',
        'audit.export',
        'families.trust',
        'olt-backups.exportByOlt',
        'olt-backups.exportUnmasked',
        'olt-cli.trustHostKey',
      ]),
    )
  })

  it.each(asking)('%s is refused without one, and the refusal is kept', async (name) => {
    const { codeOf, refusals, runs } = setUp()
    expect(await codeOf(name)).toBe('step-up-needed')
    expect(refusals).toMatchObject([{ name, code: 'step-up-needed' }])
    expect(runs()).toBe(0)
  })

  it('holds for five minutes and not after', async () => {
    const { clock, sessions, codeOf } = setUp()
    sessions.change(1, { steppedUpUntil: clock.now() + stepUpMs })
    // Past the gate: now it is the input that is looked at.
    expect(await codeOf('families.trust')).toBe('invalid-input')
    clock.advance(stepUpMs - 1)
    expect(await codeOf('families.trust')).toBe('invalid-input')
    clock.advance(1)
    expect(await codeOf('families.trust')).toBe('step-up-needed')
  })

  it('helps nobody who may not do it anyway, nor at a locked screen', async () => {
    const { clock, sessions, codeOf } = setUp()
    sessions.change(1, { steppedUpUntil: clock.now() + stepUpMs, permissions: new Set() })
    expect(await codeOf('families.trust')).toBe('permission-denied')
    sessions.setLocked(1, true)
    expect(await codeOf('families.trust')).toBe('session-locked')
  })
})

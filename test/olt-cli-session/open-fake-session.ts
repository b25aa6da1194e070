import type { CliDialect } from '../../src-main/olt/cli/cli-dialect.ts'
import { CliError } from '../../src-main/olt/cli/cli-failure.ts'
import { openCliSession, type OpenCliSession } from '../../src-main/olt/cli/open-session.ts'
import { huaweiLike, never, someone } from './dialects.ts'
import { createFakeOlt, following, type FakeOlt, type FakeOltOptions } from './fake-olt.ts'
import { createRushingClock } from './rushing-clock.ts'

interface Opened {
  readonly session: OpenCliSession
  readonly olt: FakeOlt
  readonly clock: ReturnType<typeof createRushingClock>
}

/** A session that is logged in at a scripted OLT. */
export const openFakeSession = async (
  script: Parameters<typeof following>[0],
  dialect: CliDialect = huaweiLike,
  more: Partial<FakeOltOptions> = {},
): Promise<Opened> => {
  const clock = createRushingClock()
  const host = dialect.modes[0]?.name === 'user' ? 'MA5800>' : 'ZXAN#'
  const olt = createFakeOlt({
    clock,
    greeting: `\r\n${host}`,
    react: following(script),
    ...more,
  })
  const session = await openCliSession(
    { transport: olt.transport, dialect, credentials: someone, clock },
    never,
  )
  return { session, olt, clock }
}

export const failureOf = async (promise: Promise<unknown>): Promise<CliError> => {
  try {
    await promise
  } catch (error) {
    if (error instanceof CliError) return error
    throw error
  }
  throw new Error('nothing failed')
}

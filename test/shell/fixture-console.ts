/** Starts fixture-child.ts on the stand-in, with the preload as the build makes it. */
import { join } from 'node:path'
import { launchConsole } from '../support/launch-console.ts'
import type { LaunchedConsole } from '../support/launch-console.ts'
import { buildPreload } from './built-preload.ts'

export interface FixtureConsole extends LaunchedConsole {
  /** Asks fixture-child.ts; resolves with what it tells. */
  readonly tell: (fixture: string, path?: string) => Promise<unknown>
}

export const launchFixture = async (
  env: Readonly<Record<string, string>> = {},
): Promise<FixtureConsole> => {
  const preload = await buildPreload()
  const confirmPreload = await buildPreload('confirm-preload')
  try {
    const launched = await launchConsole({
      main: join(import.meta.dirname, 'fixture-child.ts'),
      args: [preload.path, join(import.meta.dirname, 'fixture-renderer'), confirmPreload.path],
      env,
    })
    const { child } = launched
    return {
      ...launched,
      stop: async () => {
        await launched.stop()
        // Read when the window opens, which may be late.
        confirmPreload.remove()
      },
      tell: (fixture, path) =>
        new Promise((resolve) => {
          const onMessage = (message: { fixture?: string; value?: unknown }): void => {
            if (message.fixture !== fixture) return
            child.off('message', onMessage)
            resolve(message.value)
          }
          child.on('message', onMessage)
          child.send({ fixture, path })
        }),
    }
  } finally {
    preload.remove()
  }
}

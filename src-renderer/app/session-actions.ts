import { runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { showFailure } from '../components/toast.tsx'
import { refreshEntrance, useEntrance } from '../state/workspace.ts'
import { navigate } from './location.ts'
import { paths } from './paths.ts'

/** The screen hides at once; it does not wait for the engine's answer. */
export const lockScreen = (): void => {
  const { session } = useEntrance.getState()
  if (session !== null && session !== undefined) {
    useEntrance.setState({ session: { ...session, locked: true } })
  }
  runCommand('access.lock', {}).catch(() => refreshEntrance())
}

export const signOut = (): void => {
  runCommand('access.signOut', {}).then(
    () => {
      navigate(paths.dashboard(), { replace: true })
      return refreshEntrance()
    },
    (error: unknown) => showFailure(failureOf(error)),
  )
}

export const lookAround = async (): Promise<void> => {
  await runCommand('workspace.lookAround', {})
  navigate(paths.dashboard(), { replace: true })
  await refreshEntrance()
}

export const leaveLookAround = async (): Promise<void> => {
  await runCommand('workspace.leaveLookAround', {})
  navigate(paths.dashboard(), { replace: true })
  await refreshEntrance()
}

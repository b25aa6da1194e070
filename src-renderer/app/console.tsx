import { useEffect } from 'react'
import { LockScreen } from '../screens/access/lock-screen.tsx'
import { SignInScreen } from '../screens/access/sign-in-screen.tsx'
import { StepUpHost } from '../screens/access/step-up-host.tsx'
import { FirstStartScreen } from '../screens/workspace/first-start-screen.tsx'
import { EnteringScreen, WipingScreen } from '../screens/workspace/entering-screen.tsx'
import { StartingScreen } from '../screens/workspace/starting-screen.tsx'
import { UnsealScreen } from '../screens/workspace/unseal-screen.tsx'
import { WorkspaceFailureScreen } from '../screens/workspace/workspace-failure-screen.tsx'
import {
  ChangingKeysScreen,
  RestoringScreen,
  SealedScreen,
} from '../screens/backups/sealed-screen.tsx'
import { PackingScreen } from '../screens/backups/packing-screen.tsx'
import { WorkspacesHost } from '../screens/workspace/workspaces-dialog.tsx'
import { ConfirmHost, dismissConfirm } from '../components/confirm.tsx'
import { clearToasts, ToastRegion } from '../components/toast.tsx'
import { startAsOf } from '../state/as-of.ts'
import { startLive } from '../state/live.ts'
import { startPreferences } from '../state/preferences.ts'
import { forgetRecent } from '../state/recent.ts'
import { useEntrance } from '../state/workspace.ts'
import { useWorkspaces } from '../state/workspaces.ts'
import { Frame } from './frame.tsx'
import { useIdleLock } from './idle-lock.ts'

/**
 * Which of the doors stands open. SECURITY: the frame with everything in it is mounted only for a
 * session that is not locked; a lock takes the content out of the document.
 */
export const Console = () => {
  const entering = useWorkspaces((state) => state.entering)
  const locked = useEntrance((state) => state.session?.locked === true)
  if (entering !== null) return <EnteringScreen name={entering} />
  return (
    <>
      <Doors />
      {!locked && <WorkspacesHost />}
    </>
  )
}

const Doors = () => {
  const { status, session, failure } = useEntrance()
  if (status === undefined || session === undefined) {
    return failure === undefined ? <StartingScreen /> : <WorkspaceFailureScreen problem={failure} />
  }
  if (status.state === 'failed') return <WorkspaceFailureScreen problem={status.problem} />
  if (status.state === 'new') return <FirstStartScreen status={status} />
  if (status.state === 'needs-passphrase') return <UnsealScreen />
  if (status.state === 'sealed') return <SealedScreen />
  if (status.state === 'changing-keys') return <ChangingKeysScreen />
  if (status.state === 'wiping') return <WipingScreen />
  if (status.state === 'restoring') return <RestoringScreen />
  if (status.state === 'packing') return <PackingScreen />
  if (session === null) return <SignInScreen />
  if (session.locked) return <LockScreen session={session} />
  return <SignedIn key={`${status.mode} ${session.account.id}`} />
}

const SignedIn = () => {
  useIdleLock()
  useEffect(() => {
    const stops = [startPreferences(), startLive(), startAsOf()]
    return () => {
      for (const stop of stops) stop()
      clearToasts()
      dismissConfirm()
      forgetRecent()
    }
  }, [])
  return (
    <>
      <Frame />
      <ConfirmHost />
      <StepUpHost />
      <ToastRegion />
    </>
  )
}

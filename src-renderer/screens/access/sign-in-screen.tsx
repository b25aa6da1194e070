import { useState } from 'react'
import type { SignInStep } from '../../../src-shared/contract/access.ts'
import { refreshEntrance } from '../../state/workspace.ts'
import { CodeStep } from './code-step.tsx'
import { PasswordStep } from './password-step.tsx'
import { RedeemCodeForm } from './redeem-code-form.tsx'
import { RedeemKitForm } from './redeem-kit-form.tsx'
import { SetUpStep } from './set-up-step.tsx'

type Shown = 'password' | 'code' | 'set-up' | 'one-time-code' | 'kit'

/** The door with its steps: password, code, a second factor to be set up, and the ways back in. */
export const SignInScreen = () => {
  const [shown, setShown] = useState<Shown>('password')
  const [name, setName] = useState('')
  const [lost, setLost] = useState(false)
  const onStep = async ({ next }: SignInStep): Promise<void> => {
    setLost(false)
    if (next === 'second-factor') return setShown('code')
    if (next === 'set-up-second-factor') return setShown('set-up')
    await refreshEntrance()
  }
  const back = (): void => {
    setLost(false)
    setShown('password')
  }
  /** The engine knows of no sign-in that was begun (any more). */
  const onLost = (): void => {
    setLost(true)
    setShown('password')
  }
  switch (shown) {
    case 'password':
      return (
        <PasswordStep
          name={name}
          onName={setName}
          lost={lost}
          onStep={onStep}
          onCode={() => setShown('one-time-code')}
          onKit={() => setShown('kit')}
        />
      )
    case 'code':
      return <CodeStep onStep={onStep} onLost={onLost} onBack={back} />
    case 'set-up':
      return <SetUpStep onStep={onStep} onLost={onLost} onBack={back} />
    case 'one-time-code':
      return <RedeemCodeForm name={name} onName={setName} onStep={onStep} onBack={back} />
    case 'kit':
      return <RedeemKitForm onStep={onStep} onBack={back} />
  }
}

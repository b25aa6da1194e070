import { useEffect, useState } from 'react'
import type { Output } from '../../src-shared/contract/index.ts'
import { callQuery } from '../client/client.ts'

export type Verdict = Output<'access.passwordStrength'>

export interface Strength {
  /** Of exactly this password; undefined: not answered yet, or not answerable. */
  readonly verdict: Verdict | undefined
  /** The engine could not say: it looks once more when the password is used. */
  readonly unknown: boolean
}

const restMs = 250

/** The engine's estimate, asked for when the typing rests; an answer about an older text is dropped. */
export const useStrength = (password: string, name = ''): Strength => {
  const [answer, setAnswer] = useState<{
    readonly password: string
    readonly name: string
    readonly verdict: Verdict | undefined
  }>()
  useEffect(() => {
    if (password === '') return undefined
    let overtaken = false
    const keep = (verdict: Verdict | undefined): void => {
      if (!overtaken) setAnswer({ password, name, verdict })
    }
    const timer = setTimeout(() => {
      callQuery('access.passwordStrength', { password, name: name.slice(0, 80) }).then(keep, () =>
        keep(undefined),
      )
    }, restMs)
    return () => {
      overtaken = true
      clearTimeout(timer)
    }
  }, [password, name])
  const fits = answer?.password === password && answer.name === name
  return {
    verdict: fits ? answer.verdict : undefined,
    unknown: fits && answer.verdict === undefined,
  }
}

import { useEffect, useState } from 'react'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { failureOf } from '../../client/hooks.ts'

export interface Attempt {
  readonly working: boolean
  readonly failure: Failure | undefined
  /** Whole seconds until another attempt is taken; 0: now. */
  readonly waitS: number
  /** What was refused; null: it went well, or another is on its way. */
  readonly run: (work: () => Promise<void>) => Promise<Failure | null>
}

/** One attempt at a door at a time; after too many it counts the seconds down. */
export const useAttempt = (): Attempt => {
  const [working, setWorking] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const [waitS, setWaitS] = useState(0)
  const waiting = waitS > 0
  useEffect(() => {
    if (!waiting) return undefined
    const timer = setInterval(() => setWaitS((left) => Math.max(0, left - 1)), 1000)
    return () => clearInterval(timer)
  }, [waiting])
  const run = async (work: () => Promise<void>): Promise<Failure | null> => {
    if (working || waiting) return null
    setWorking(true)
    setFailure(undefined)
    try {
      await work()
      return null
    } catch (error) {
      const refused = failureOf(error)
      setFailure(refused)
      setWaitS(secondsOf(refused))
      return refused
    } finally {
      setWorking(false)
    }
  }
  return { working, failure, waitS, run }
}

/** 0: it does not ask to wait. */
export const secondsOf = ({ code, params }: Failure): number => {
  const seconds = params['seconds']
  if (code !== 'sign-in-throttled' || typeof seconds !== 'number') return 0
  return Math.max(0, Math.ceil(seconds))
}

import { useRef, useState } from 'react'
import { onEvent, runCommand } from '../../client/client.ts'
import { makeUuidV7 } from '../../client/uuid.ts'

const steps = ['unpack', 'settle', 'keys'] as const
export type RestoreStep = (typeof steps)[number]

/** One restore at a time: what it does now, and its end on demand. */
export const useRestoreTask = () => {
  const [busy, setBusy] = useState(false)
  const [step, setStep] = useState<RestoreStep | null>(null)
  const running = useRef<string | null>(null)
  const run = async (work: (taskId: string) => Promise<void>): Promise<void> => {
    const taskId = makeUuidV7()
    running.current = taskId
    setBusy(true)
    setStep(null)
    const stop = onEvent('workspace.progress', (told) => {
      const next = steps.find((one) => one === told.step)
      if (told.taskId === taskId && next !== undefined) setStep(next)
    })
    try {
      await work(taskId)
    } finally {
      stop()
      running.current = null
      setBusy(false)
    }
  }
  const cancel = (): void => {
    if (running.current === null) return
    runCommand('workspace.cancel', { taskId: running.current }).catch(() => undefined)
  }
  return { busy, step, run, cancel }
}

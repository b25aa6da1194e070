import i18next from 'i18next'
import { create } from 'zustand'
import type { CallInput } from '../../src-shared/contract/index.ts'
import { onEvent, runCommand } from '../client/client.ts'
import { failureOf } from '../client/hooks.ts'
import { makeUuidV7 } from '../client/uuid.ts'
import { showFailure, showToast } from '../components/toast.tsx'

const steps = ['gather', 'pack', 'proof'] as const
export type TransferStep = (typeof steps)[number]

interface TransferState {
  readonly step: TransferStep | null
  readonly done: number
  /** Bytes; null: it is not known how much there is. */
  readonly total: number | null
  readonly busy: boolean
}

const nothing: TransferState = { step: null, done: 0, total: null, busy: false }

/** Outlives the settings: the workspace closes while the file is made, and its page with it. */
export const useTransfer = create<TransferState>(() => nothing)

let running: string | null = null

/** Called off by the person himself. */
const ownWill = new Set(['cancelled', 'confirmation-refused', 'step-up-needed'])

/** False: it was refused, which is said. */
export const makeTransfer = async (
  input: Omit<CallInput<'transfer.make'>, 'taskId'>,
): Promise<boolean> => {
  if (useTransfer.getState().busy) return false
  const taskId = makeUuidV7()
  running = taskId
  useTransfer.setState({ ...nothing, busy: true })
  const stop = onEvent('workspace.progress', (told) => {
    const step = steps.find((one) => one === told.step)
    if (told.taskId !== taskId || step === undefined) return
    useTransfer.setState({ step, done: told.done, total: told.total })
  })
  const t = i18next.getFixedT(i18next.language, 'transfer')
  try {
    const { path } = await runCommand('transfer.make', { ...input, taskId })
    showToast({ kind: 'done', title: t('made'), text: path })
    return true
  } catch (error) {
    const failure = failureOf(error)
    if (ownWill.has(failure.code)) showToast({ kind: 'done', title: t('cancelled') })
    else showFailure(failure)
    return false
  } finally {
    stop()
    running = null
    useTransfer.setState(nothing)
  }
}

/** Nothing is left of the one that is being made. */
export const cancelTransfer = (): void => {
  if (running === null) return
  runCommand('workspace.cancel', { taskId: running }).catch(() => undefined)
}

import i18next from 'i18next'
import type { ApprovalRow } from '../../../src-shared/contract/approvals.ts'
import { callQuery, onEvent } from '../../client/client.ts'
import { showToast } from '../../components/toast.tsx'
import { useEntrance } from '../../state/workspace.ts'
import { sortOf, subjectText } from './kind-words.ts'
import { answersSince, type Answer, type Known } from './answers-since.ts'

/** Tells who asked for a second person what came of it, whatever page he is on. */

/** Of whom, and how his requests stood: a locked screen forgets neither. */
let seen: { readonly accountId: string; readonly known: Known } | null = null

const tell = (request: ApprovalRow, answer: Answer): void => {
  const t = i18next.getFixedT(i18next.language, 'approvals')
  const { decidedBy, decisionReason } = request
  const subject = subjectText(request)
  showToast({
    kind: answer === 'approved' ? 'done' : 'info',
    title: t(`${sortOf[request.kind]}.${answer}`, { name: decidedBy ?? '–' }),
    text: decisionReason === '' ? subject : `${subject}. “${decisionReason}”`,
  })
}

const look = async (): Promise<void> => {
  const accountId = useEntrance.getState().session?.account.id
  if (accountId === undefined) return
  const { requests } = await callQuery('approvals.list', { which: 'mine', limit: 200 })
  const before = seen?.accountId === accountId ? seen.known : null
  seen = { accountId, known: new Map(requests.map(({ id, state }) => [id, state])) }
  if (before === null) return
  for (const { id, answer } of answersSince(before, requests)) {
    const request = requests.find((one) => one.id === id)
    if (request !== undefined) tell(request, answer)
  }
}

/** Returns its stop. */
export const startApprovalNotices = (): (() => void) => {
  let again = false
  let looking = false
  let stopped = false
  const soon = (): void => {
    if (looking) {
      again = true
      return
    }
    looking = true
    look()
      // What cannot be asked now is asked at the next change; the rail's number stays as it is.
      .catch(() => undefined)
      .finally(() => {
        looking = false
        if (again && !stopped) {
          again = false
          soon()
        }
      })
  }
  soon()
  const stop = onEvent('approvals.changed', soon)
  return () => {
    stopped = true
    stop()
  }
}

import { isDeepStrictEqual } from 'node:util'
import type { ApprovalKindName } from '../../src-shared/contract/approvals.ts'
import type { ConfirmText, SecretText } from '../../src-shared/contract/confirm-text.ts'
import type { Risk } from '../../src-shared/domain/device-steps.ts'
import { NocturneError } from '../../src-shared/errors.ts'
import type { Clock } from './clock.ts'
import type { CallContext } from './handlers.ts'

export type { ConfirmText }

/**
 * A question to a person outside the page that asked for the act (facts/security.md row 31). The
 * text is made from these facts by the engine, never taken from the renderer; a client that has no
 * such place (the terminal) is refused.
 */
export interface ConfirmRequest {
  readonly action:
    | 'apply-plan'
    | 'wipe-workspace'
    | 'approve-plan'
    | 'decline-plan'
    | 'approve-credit'
    | 'decline-credit'
    | 'approve-write-off'
    | 'decline-write-off'
    | 'loosen-approvals'
    | 'open-writing-terminal'
    | 'export-unmasked'
    | 'export-by-olt'
    | 'wipe-workspace'
    | 'restore-new'
    | 'restore-in-place'
    | 'take-in-new'
    | 'take-in-in-place'
    | 'transfer-move'
    | 'transfer-copy'
  readonly risk: Risk
  /** `type-name`: the OLT's name; `type-count`: the number of ONUs. */
  readonly how: 'confirm' | 'type-name' | 'type-count'
  /** What has to be typed; empty with `confirm`. */
  readonly expected: string
  /** Kind of the change, as in the contract: `delete`, `move`, `restore` … */
  readonly change: string
  readonly olts: readonly string[]
  readonly onus: number
  /** Some of them: serial and address. */
  readonly samples: readonly string[]
  /** The first lines that would be sent, secrets masked. */
  readonly lines: readonly string[]
  /** Seconds without service, as far as is known. */
  readonly serviceLossS: number | null
  readonly by: string
  /** Of a workspace that is to be wiped. */
  readonly wipe?: WipeFacts
  /** Of a backup: when it was made (wall ms), and where it goes. */
  readonly about?: { readonly made?: { readonly at: number }; readonly into: string }
  /** Of an act about money. */
  readonly money?: MoneyFacts
  /** What people said about it. */
  readonly words?: readonly {
    readonly label: 'wantedBy' | 'reason' | 'answer'
    readonly value: string
  }[]
  /** When a second person is needed: as it is, as it would be. */
  readonly rules?: {
    readonly before: SecondPersonRule
    readonly after: SecondPersonRule
    readonly of: ApprovalKindName
    /** Of a limit in money. */
    readonly currency: string | null
  }
}

/** What goes with a workspace, and what stays. */
export interface WipeFacts {
  readonly folder: string
  /** In the workspace's own folder: they go with it. */
  readonly backupsInside: number
  /** Of the same workspace, kept beside it by a restore: they go too. */
  readonly keptFolders: number
  /** Of the owner's choice: what lies there stays; null: there is none. */
  readonly backupsFolder: string | null
  /** With a passphrase or a recovery key; else nothing will ever open them again. */
  readonly opensElsewhere: boolean
}

/** Whose money it is and what is done with it. */
export interface MoneyFacts {
  /** What is credited; null: nothing is, the lines name what is written off. */
  readonly documentId: string | null
  readonly number: string
  readonly subscriberId: string
  readonly subscriberCode: string
  readonly subscriberName: string
  readonly currency: string
  readonly net: number
  readonly tax: number
  readonly total: number
  readonly reason: string
  /** The next billing run charges the days again. */
  readonly billAgain: boolean
  readonly lines: readonly { readonly text: string; readonly amount: number }[]
}

interface SecondPersonRule {
  readonly grave: boolean
  readonly above: number | null
}

/**
 * True: confirmed by the person at this client. What is destructive asks for a step-up first.
 * Errors: `confirmation-unavailable`, `step-up-needed`, `cancelled`.
 */
export type Confirm = (
  clientId: number,
  request: ConfirmRequest,
  signal: AbortSignal,
) => Promise<boolean>

/** An act on one OLT that no plan describes. */
interface ActOnOlt extends Pick<ConfirmRequest, 'action' | 'risk' | 'change' | 'lines'> {
  readonly oltName: string
}

/**
 * Asks for such an act by the OLT's name. `actNow` tells it as it is at that moment; what it throws
 * comes before anybody is asked. SECURITY: it is told again after the answer, which may take minutes:
 * a "yes" holds for the text that was read, and for no other OLT, name or line.
 * Errors: `confirmation-refused`, `conflict`, those of `actNow` and of `Confirm`.
 */
export const confirmByName = async (
  confirm: Confirm,
  { clientId, session, signal }: Pick<CallContext, 'clientId' | 'session' | 'signal'>,
  actNow: () => ActOnOlt,
): Promise<void> => {
  const asked = actNow()
  const { oltName, ...act } = asked
  const confirmed = await confirm(
    clientId,
    {
      ...act,
      how: 'type-name',
      expected: oltName,
      olts: [oltName],
      onus: 0,
      samples: [],
      serviceLossS: null,
      by: session?.name ?? '',
    },
    signal,
  )
  if (!confirmed) throw new NocturneError('confirmation-refused')
  if (!isDeepStrictEqual(actNow(), asked)) throw new NocturneError('conflict', { what: 'olt' })
}

/**
 * Shows a question, or a secret that has to be seen, in a window of its own. Resolves with what was
 * typed (of a secret: with anything once it was seen); null: refused, or gone.
 */
export type AskPerson = (
  clientId: number,
  text: ConfirmText | SecretText,
  signal: AbortSignal,
) => Promise<string | null>

/** A question that nobody answers is a refusal. */
const patienceMs = 5 * 60_000

export const createConfirm =
  (deps: {
    readonly clock: Clock
    /** Null: there is no place outside the page. */
    readonly ask: AskPerson | null
    readonly textOf: (clientId: number, request: ConfirmRequest) => ConfirmText
    /** The screen of this client is locked, or nobody is signed in. */
    readonly mayAnswer: (clientId: number) => boolean
    /** Has said lately who he is. */
    readonly hasSteppedUp: (clientId: number) => boolean
  }): Confirm =>
  async (clientId, request, signal) => {
    if (deps.ask === null) throw new NocturneError('confirmation-unavailable')
    if (request.how !== 'confirm' && request.expected === '') {
      throw new Error('a confirmation without what has to be typed')
    }
    // SECURITY: asked before the question, so that an open window is no way around it.
    if (request.risk === 'destructive' && !deps.hasSteppedUp(clientId)) {
      throw new NocturneError('step-up-needed')
    }
    const patience = new AbortController()
    const callOff = deps.clock.after(patienceMs, () => patience.abort())
    try {
      const text = deps.textOf(clientId, request)
      const typed = await deps.ask(clientId, text, AbortSignal.any([signal, patience.signal]))
      if (signal.aborted) throw new NocturneError('cancelled')
      // SECURITY: compared here and not in the window; and whoever was locked meanwhile says nothing.
      return typed !== null && typed.trim() === request.expected && deps.mayAnswer(clientId)
    } finally {
      callOff()
    }
  }

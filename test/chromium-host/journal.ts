/**
 * What the stand-in was asked and what the shell decided, in order, so that a test can tell "the
 * shell refused" from "it failed for another reason".
 */
export type JournalEntry = Readonly<{
  kind:
    | 'request-cancelled'
    | 'request-let-through'
    | 'navigation-refused'
    | 'navigation-allowed'
    | 'window-refused'
    | 'window-allowed'
    | 'permission-refused'
    | 'permission-granted'
    | 'download-refused'
    | 'download-allowed'
    | 'opened-externally'
    | 'notification-shown'
    | 'tray-says'
    | 'content-protection'
  subject: string
}>

const longestJournal = 2_000
const entries: JournalEntry[] = []

export const noteInJournal = (kind: JournalEntry['kind'], subject: string): void => {
  entries.push({ kind, subject })
  if (entries.length > longestJournal) entries.shift()
}

export const readJournal = (): readonly JournalEntry[] => [...entries]

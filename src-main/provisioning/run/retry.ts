/** Before it is read back and gone on with after a lost session: at once, then later. */
export const pausesAfterLossMs = [0, 5_000, 15_000]
/** An OLT that saves is busy for half a minute and more. */
export const pausesWhileBusyMs = [5_000, 15_000, 30_000]

/** Troubles that pass: worth another try where nothing was sent. */
export const passing: ReadonlySet<string> = new Set([
  'cli-busy',
  'cli-session-lost',
  'cli-timeout',
  'cli-too-many-sessions',
  'cli-unexpected-answer',
])

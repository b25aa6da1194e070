/**
 * Some commands ask once more who is there (`step-up-needed`). The client asks the person, in one
 * dialog for all that wait, and repeats the command; a screen knows nothing of it.
 */

/** Asks the person. false: called off, or nobody is there to be asked. */
export type StepUpAsker = () => Promise<boolean>

let asker: StepUpAsker | undefined
let asking: Promise<boolean> | undefined
let count = 0

/** The dialog's host answers while it stands; returns what ends it. */
export const answerStepUps = (ask: StepUpAsker): (() => void) => {
  asker = ask
  return () => {
    if (asker === ask) asker = undefined
  }
}

/** How many there were: one that was sent before the last of them need not be asked about again. */
export const stepUpCount = (): number => count

const ask = async (): Promise<boolean> => {
  try {
    const done = (await asker?.()) ?? false
    if (done) count += 1
    return done
  } finally {
    asking = undefined
  }
}

/** Several that are refused at once share the one question. */
export const askStepUp = (): Promise<boolean> => (asking ??= ask())

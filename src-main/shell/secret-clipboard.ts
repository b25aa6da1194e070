import type { Clipboard } from 'electron'

/** Row 29: a secret stays on the clipboard for so long. */
const keptMs = 30_000

export interface SecretClipboard {
  readonly copy: (text: string) => Promise<void>
  /** Takes it away now, if it is still ours. */
  readonly clear: () => Promise<void>
}

/**
 * Copies a secret without the page ever having it as text to copy, and takes it away again after 30
 * seconds, on lock and at the end, unless something else was copied since.
 */
export const createSecretClipboard = (options: {
  readonly clipboard: Pick<Clipboard, 'readText' | 'writeText' | 'clear'>
  readonly after?: (delayMs: number, run: () => void) => () => void
  readonly log: (message: string) => void
}): SecretClipboard => {
  const { clipboard } = options
  const after = options.after ?? realAfter
  let ours: string | null = null
  let callOff: (() => void) | null = null
  const clear = async (): Promise<void> => {
    callOff?.()
    callOff = null
    const text = ours
    ours = null
    if (text === null) return
    try {
      // SECURITY: only what we put there: what the person copied since is his.
      if ((await clipboard.readText()) === text && ours === null) clipboard.clear()
    } catch {
      // It cannot be looked at: rather the person's own is lost than a secret stays.
      clipboard.clear()
      options.log('the clipboard could not be read, and was emptied')
    }
  }
  return {
    async copy(text) {
      callOff?.()
      ours = text
      callOff = after(keptMs, () => void clear())
      await clipboard.writeText(text)
    },
    clear,
  }
}

const realAfter = (delayMs: number, run: () => void): (() => void) => {
  const timer = setTimeout(run, delayMs)
  return () => clearTimeout(timer)
}

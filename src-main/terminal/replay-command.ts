import { once } from 'node:events'
import { serveRecording } from '../replay/serve-recording.ts'

export interface ReplayStarted {
  readonly file: string
  readonly host: string
  readonly port: number
  readonly community: string
  readonly objects: number
  /** Lines that were not understood. */
  readonly problems: readonly { readonly line: number; readonly message: string }[]
}

/**
 * Serves a recording until `signal`, on loopback. Errors: an Error whose text says what is wrong with
 * the file or the port.
 */
export const replay = async (options: {
  readonly file: string
  /** 0: any free one. */
  readonly port: number
  readonly community: string
  readonly signal: AbortSignal
  readonly onServing: (started: ReplayStarted) => void
}): Promise<{ readonly received: number; readonly answered: number }> => {
  const { file, port, community, signal } = options
  const served = await serveRecording({ file, port, community })
  try {
    const { objects, problems } = served.recording
    options.onServing({
      file,
      host: served.host,
      port: served.port,
      community,
      objects: objects.length,
      problems,
    })
    if (!signal.aborted) await once(signal, 'abort')
    return { ...served.counts }
  } finally {
    await served.stop()
  }
}

export const replayLine = (started: ReplayStarted): string =>
  `${started.host}:${started.port} answers SNMP v2c as ${started.file} ` +
  `(${started.objects} objects, community ${started.community}); Ctrl+C ends it`

import { callQuery, runCommand } from '../../client/client.ts'
import { makeUuidV7 } from '../../client/uuid.ts'

/** Of one message: small enough that nothing else waits for it. */
export const partBytes = 1_048_576

/**
 * Copies the file part by part beside the workspace and takes it for the map. Rejects with the
 * call's error, or when the signal is aborted; what was copied until then is not taken.
 */
export const copyMapFile = async (
  file: Pick<File, 'size' | 'name' | 'slice'>,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<void> => {
  const uploadId = makeUuidV7()
  for (let offset = 0; offset < file.size; offset += partBytes) {
    const part = file.slice(offset, Math.min(file.size, offset + partBytes))
    const bytes = new Uint8Array(await part.arrayBuffer())
    signal.throwIfAborted()
    await callQuery('plant.stageMapFile', { uploadId, offset, bytes })
    signal.throwIfAborted()
    onProgress(Math.min(file.size, offset + bytes.length))
  }
  await runCommand('plant.setMapFile', { uploadId, name: file.name })
}

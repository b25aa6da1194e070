import { damaged } from './sealed-file.ts'

/** What is inside, read from its beginning to its end, whatever the pieces it comes in. */
export interface Payload {
  /** So many bytes. Throws 'transfer-damaged' where there are no more. */
  take(length: number): Promise<Buffer>
  /** So many bytes, as they come: they are not kept. */
  pass(length: number, put: (some: Buffer) => Promise<void>): Promise<void>
  /** Throws 'transfer-damaged' where something follows. */
  end(): Promise<void>
}

export const createPayload = (pieces: AsyncGenerator<Buffer, void, undefined>): Payload => {
  let held: Buffer = Buffer.alloc(0)
  let isOver = false

  const more = async (): Promise<boolean> => {
    while (held.length === 0 && !isOver) {
      const next = await pieces.next()
      if (next.done === true) isOver = true
      else held = next.value
    }
    return held.length > 0
  }

  const pass = async (length: number, put: (some: Buffer) => Promise<void>): Promise<void> => {
    let left = length
    while (left > 0) {
      if (!(await more())) throw damaged('cut-off')
      const some = held.subarray(0, left)
      held = held.subarray(some.length)
      left -= some.length
      await put(some)
    }
  }

  return {
    pass,
    async take(length) {
      const into = Buffer.allocUnsafeSlow(length)
      let at = 0
      await pass(length, (some) => {
        some.copy(into, at)
        at += some.length
        return Promise.resolve()
      })
      return into
    },
    async end() {
      if (await more()) throw damaged('more')
    },
  }
}

import type { Server, Socket } from 'node:net'

/** A CLI's server, listening. */
export interface CliListener {
  readonly port: number
  /** Ends every connection; new ones are taken. */
  readonly dropAll: () => void
  readonly stop: () => Promise<void>
}

/** Port 0: any that is free. `sockets` are those that are open. Errors: those of `listen`. */
export const listenForCli = async (
  server: Server,
  sockets: ReadonlySet<Socket>,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<CliListener> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const address = server.address()
  const dropAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    dropAll,
    stop: async () => {
      dropAll()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

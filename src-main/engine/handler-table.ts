import type { DoorHandlers } from './capabilities.ts'
import type { OpenedWorkspace } from './opened-workspace.ts'
import type { HandlerTable } from './router.ts'

/**
 * What can be called now: the door's, and those of the workspace while it is open. Put together once
 * per opening, as the router asks before and after each call.
 */
export const createHandlerTable = (
  door: DoorHandlers,
  opened: () => Pick<OpenedWorkspace, 'handlers'> | null,
): (() => HandlerTable) => {
  let of: Pick<OpenedWorkspace, 'handlers'> | null = null
  let table: HandlerTable = door
  return () => {
    const now = opened()
    if (now === of) return table
    of = now
    table =
      now === null
        ? door
        : {
            queries: { ...door.queries, ...now.handlers.queries },
            commands: { ...door.commands, ...now.handlers.commands },
          }
    return table
  }
}

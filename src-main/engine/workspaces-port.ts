/**
 * The other workspaces of this machine, for a capability that makes one (a restore). None where the
 * console has no list of them: the demo, the terminal, an engine of a test.
 */
export interface WorkspacesPort {
  /**
   * Lists another one and says where it is to lie: the folder is not there yet, the one above it
   * is. Whoever asked makes it, and then `open`s it, or `drop`s it where it came to nothing.
   * Throws 'workspace-name-taken'.
   */
  make(name: string): { readonly id: string; readonly dir: string }
  /**
   * Keys of its own for a workspace that was made with another one's, as a restored one is: else
   * wiping one of them would leave what the other's keys open. It must not be open. `passphrase`:
   * where one seals its keys. Throws as rotateKeys does.
   */
  renewKeys(id: string, passphrase: string | null): Promise<void>
  /** Takes it off the list. Nothing is deleted but an empty folder. */
  drop(id: string): void
  /**
   * Leaves this workspace for that one: ends every session, closes the devices' sessions, and the
   * windows load anew at its door. For a command's `after`. Throws 'not-found'.
   */
  open(id: string): void
}

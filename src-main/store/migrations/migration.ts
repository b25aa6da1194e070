/**
 * One step of the store's layout. Numbered in tens, each runs in its own transaction, and none is
 * edited once landed.
 */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

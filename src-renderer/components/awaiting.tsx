import type { Told } from './error-text.ts'
import { FailureState } from './failure-state.tsx'
import { LoadingState } from './loading-state.tsx'

export interface AwaitingProps {
  /** Undefined: the answer may still come. */
  readonly failure: Told | undefined
  readonly onRetry: () => void
  /** How many rows the skeleton has. */
  readonly rows: number
  /** One line only: for a small panel. */
  readonly brief?: boolean
}

/** What stands where an answer is not here: the shape of it, or why it did not come. */
export const Awaiting = ({ failure, onRetry, rows, brief = false }: AwaitingProps) =>
  failure === undefined ? (
    <LoadingState rows={rows} />
  ) : (
    <FailureState failure={failure} onRetry={onRetry} brief={brief} />
  )

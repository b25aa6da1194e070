import { Button } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Failure } from '../../src-shared/contract/envelope.ts'
import { EmptyState } from './empty-state.tsx'

/** The address names nothing that is there (any more), which trying again would not change. */
export const isGone = (failure: Failure | undefined): boolean =>
  failure?.code === 'not-found' || failure?.code === 'invalid-input'

export interface GonePageProps {
  readonly icon: Icon
  readonly title: string
  /** Where to go instead. */
  readonly to: string
  readonly back: string
}

/** In place of the page of a record that is gone. */
export const GonePage = ({ icon, title, to, back }: GonePageProps) => (
  <div className="nc-page nc-page--full">
    <EmptyState
      icon={icon}
      title={title}
      action={
        <Button component={Link} href={to} variant="default">
          {back}
        </Button>
      }
    />
  </div>
)

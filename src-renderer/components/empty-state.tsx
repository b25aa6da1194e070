import type { ReactNode } from 'react'
import type { Icon } from '@tabler/icons-react'
import './plain-state.css'

export interface EmptyStateProps {
  readonly icon?: Icon
  /** What is not here: one short sentence. */
  readonly title: string
  /** Why, and what would bring something here. */
  readonly text?: ReactNode
  readonly action?: ReactNode
}

export const EmptyState = ({ icon: Icon, title, text, action }: EmptyStateProps) => (
  <div className="nc-plain" role="status">
    {Icon !== undefined && <Icon size={28} stroke={1.4} aria-hidden="true" className="nc-faint" />}
    <h2>{title}</h2>
    {text !== undefined && <p className="nc-plain__text">{text}</p>}
    {action !== undefined && <div className="nc-plain__actions">{action}</div>}
  </div>
)

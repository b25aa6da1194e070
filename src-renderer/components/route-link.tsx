import type { ReactNode } from 'react'
import { Link } from 'wouter'

export interface RouteLinkProps {
  /** From app/paths.ts. */
  readonly to: string
  readonly title?: string
  readonly className?: string
  readonly children: ReactNode
}

/** A link inside the console. */
export const RouteLink = ({ to, title, className, children }: RouteLinkProps) => (
  <Link href={to} title={title} className={className}>
    {children}
  </Link>
)

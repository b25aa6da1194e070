import { Component, type ReactNode } from 'react'
import { useLocation } from 'wouter'
import { FailureState } from '../components/failure-state.tsx'

/** A screen that breaks takes only itself down: frame, palette and lock stay. */
export const ScreenBoundary = ({ children }: { readonly children: ReactNode }) => {
  const [path] = useLocation()
  return (
    <div className="nc-frame__screen" data-route={path}>
      <Boundary key={path}>{children}</Boundary>
    </div>
  )
}

class Boundary extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <div className="nc-page">
        <FailureState
          failure={{ code: 'internal', params: {}, traceId: 'renderer' }}
          onRetry={() => this.setState({ broken: false })}
        />
      </div>
    )
  }
}

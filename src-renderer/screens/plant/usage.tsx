import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'

/** Ports in use of those it has; the mark says that more hangs on it than it has. */
export const Usage = ({
  node,
}: {
  readonly node: Pick<PlantNode, 'used' | 'capacity' | 'exceeded'>
}) => {
  const { t } = useTranslation('plant')
  if (node.capacity === null) return <span className="np-usage" />
  const words = t(node.exceeded ? 'usage.exceeded' : 'usage.of', {
    used: node.used,
    capacity: node.capacity,
  })
  return (
    <span className="np-usage" data-exceeded={node.exceeded || undefined} title={words}>
      {node.exceeded && <IconAlertTriangle size={13} stroke={1.8} aria-hidden="true" />}
      <span aria-hidden="true">
        {node.used}/{node.capacity}
      </span>
      <span className="nc-hidden">{words}</span>
    </span>
  )
}

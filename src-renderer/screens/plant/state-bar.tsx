import { useTranslation } from 'react-i18next'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'
import { useFormat } from '../../components/use-format.ts'
import { barParts } from './plant-words.ts'

/** ONUs below a node by state as one thin bar; the numbers stand in its label. */
export const StateBar = ({
  node,
}: {
  readonly node: Pick<PlantNode, 'onus' | 'online' | 'down' | 'unknown'>
}) => {
  const { t } = useTranslation('plant')
  const format = useFormat()
  const label = t('bar.label', {
    online: format.number(node.online),
    down: format.number(node.down),
    unknown: format.number(node.unknown),
  })
  return (
    <span className="np-bar" role="img" aria-label={label} title={label}>
      {barParts(node).map(({ name, count }) => (
        <span key={name} data-part={name} style={{ flexGrow: count }} />
      ))}
    </span>
  )
}

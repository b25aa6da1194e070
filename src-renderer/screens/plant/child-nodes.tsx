import { useTranslation } from 'react-i18next'
import type { PlantNode } from '../../../src-shared/contract/plant.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { nodeIcon } from './plant-words.ts'
import { StateBar } from './state-bar.tsx'
import { Usage } from './usage.tsx'

const mostShown = 100

/** What hangs right below a node. */
export const ChildNodes = ({ node }: { readonly node: PlantNode }) => {
  const { t } = useTranslation('plant')
  const format = useFormat()
  const { value, failure, refresh } = useQuery(
    'plant.nodes',
    { parentId: node.id, limit: mostShown },
    { on: ['plant.changed', 'network.changed'], everyMs: 2000 },
  )
  if (value === undefined) {
    return <Awaiting failure={failure} onRetry={refresh} rows={3} brief />
  }
  return (
    <section aria-label={t('below.title')}>
      <h3 className="np-section">{t('below.title')}</h3>
      <table className="nc-table">
        <thead>
          <tr>
            <th>{t('field.name')}</th>
            <th>{t('tree.ports')}</th>
            <th className="nc-num">{t('tree.onus')}</th>
            <th className="nc-num">{t('tree.down')}</th>
            <th>{t('tree.state')}</th>
          </tr>
        </thead>
        <tbody>
          {value.nodes.map((child) => {
            const Icon = nodeIcon(child.kind)
            return (
              <tr key={child.id}>
                <td>
                  <Icon size={15} stroke={1.6} aria-hidden="true" className="nc-icon nc-soft" />{' '}
                  <RouteLink to={paths.plant(child.id)}>{child.name}</RouteLink>{' '}
                  <span className="nc-faint nc-small">{t(`kind.${child.kind}`)}</span>
                </td>
                <td>
                  <Usage node={child} />
                </td>
                <td className="nc-num">{format.number(child.onus)}</td>
                <td className="nc-num np-row__down" data-some={child.down > 0 || undefined}>
                  {child.down === 0 ? '' : format.number(child.down)}
                </td>
                <td>
                  <StateBar node={child} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {value.total > value.nodes.length && (
        <p className="nc-soft np-hint">
          {t('below.more', { count: value.total - value.nodes.length })}
        </p>
      )}
    </section>
  )
}

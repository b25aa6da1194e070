import { Button, Menu } from '@mantine/core'
import {
  IconDots,
  IconMap2,
  IconPencil,
  IconPlugConnected,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '../../../src-shared/contract/index.ts'
import { formatPon } from '../../../src-shared/domain/onu-address.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { ChildNodes } from './child-nodes.tsx'
import { mapQuery, writeCoordinates } from './coordinates.ts'
import { HungOnus } from './hung-onus.tsx'
import { NodeForm } from './node-form.tsx'
import { PlaceDialog } from './place-dialog.tsx'
import { removeNode } from './plant-acts.ts'
import { nodeIcon } from './plant-words.ts'
import { PortGrid } from './port-grid.tsx'
import { StateBar } from './state-bar.tsx'
import { Usage } from './usage.tsx'

type Detail = Output<'plant.node'>
type Window = 'edit' | 'below' | 'place' | null

export const NodeDetails = ({ id }: { readonly id: string }): ReactNode => {
  const { t } = useTranslation('plant')
  const { value, failure, refresh } = useQuery(
    'plant.node',
    { id },
    { on: ['plant.changed', 'network.changed'], everyMs: 1000 },
  )
  if (failure?.code === 'not-found') {
    return <EmptyState title={t('details.gone')} text={t('details.choose')} />
  }
  if (value === undefined) {
    return <Awaiting failure={failure} onRetry={refresh} rows={10} />
  }
  return (
    <>
      {failure !== undefined && <FailureState brief failure={failure} onRetry={refresh} />}
      <Details detail={value} />
    </>
  )
}

const Details = ({ detail }: { readonly detail: Detail }) => {
  const { t } = useTranslation('plant')
  const [window, setWindow] = useState<Window>(null)
  const [port, setPort] = useState<number | null>(null)
  const { node, path } = detail
  const Icon = nodeIcon(node.kind)
  const close = (): void => {
    setWindow(null)
    setPort(null)
  }
  const remove = async (): Promise<void> => {
    if (!(await removeNode(node))) return
    navigate(paths.plant(node.parentId ?? ''), { replace: true })
  }
  const showsPorts = node.capacity !== null && (node.kind === 'odb' || detail.onus.length > 0)
  return (
    <>
      <header className="np-details__head">
        <div className="np-details__title">
          <nav className="nc-small nc-soft" aria-label={t('details.path')}>
            {path.map((above) => (
              <span key={above.id}>
                <RouteLink to={paths.plant(above.id)}>{above.name}</RouteLink>
                {' › '}
              </span>
            ))}
            {t(`kind.${node.kind}`)}
          </nav>
          <h2 className="nc-cut">
            <Icon size={18} stroke={1.6} aria-hidden="true" className="nc-icon nc-soft" />{' '}
            {node.name}
          </h2>
        </div>
        <MayOnly needs="plant.node.manage">
          <Button
            variant="default"
            leftSection={<IconPlugConnected size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setWindow('place')}
          >
            {t('action.place')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPencil size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setWindow('edit')}
          >
            {t('action.edit')}
          </Button>
        </MayOnly>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" aria-label={t('action.more')} px={6}>
              <IconDots size={16} stroke={1.7} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <MayOnly needs="plant.node.manage">
              <Menu.Item
                leftSection={<IconPlus size={15} aria-hidden="true" />}
                onClick={() => setWindow('below')}
              >
                {t('action.addBelow')}
              </Menu.Item>
            </MayOnly>
            <Menu.Item
              leftSection={<IconMap2 size={15} aria-hidden="true" />}
              disabled={node.coordinates === null}
              onClick={() => {
                if (node.coordinates !== null) navigate(paths.map(mapQuery(node.coordinates)))
              }}
            >
              {t('action.map')}
            </Menu.Item>
            <MayOnly needs="plant.node.manage">
              <Menu.Item
                leftSection={<IconTrash size={15} aria-hidden="true" />}
                onClick={() => void remove()}
              >
                {t('action.remove')}
              </Menu.Item>
            </MayOnly>
          </Menu.Dropdown>
        </Menu>
      </header>
      <div className="np-details__body">
        <Facts detail={detail} />
        {showsPorts && (
          <PortGrid
            detail={detail}
            onPlace={(free) => {
              setPort(free)
              setWindow('place')
            }}
          />
        )}
        {node.children > 0 && <ChildNodes node={node} />}
        {(detail.onus.length > 0 || detail.gone.length > 0) && <HungOnus detail={detail} />}
        {node.used === 0 && node.kind === 'odb' && (
          <p className="nc-soft np-hint">{t('details.nothing')}</p>
        )}
      </div>
      {window === 'edit' && <NodeForm node={node} parentId={node.parentId} onClose={close} />}
      {window === 'below' && (
        <NodeForm
          node={null}
          parentId={node.id}
          onClose={close}
          onAdded={(added) => navigate(paths.plant(added))}
        />
      )}
      {window === 'place' && <PlaceDialog node={node} port={port} onClose={close} />}
    </>
  )
}

const Facts = ({ detail }: { readonly detail: Detail }) => {
  const { t } = useTranslation('plant')
  const format = useFormat()
  const { node, fedBy, pons } = detail
  const shownPons = pons.slice(0, 12)
  return (
    <dl className="nc-facts np-facts">
      <dt>{t('field.onus')}</dt>
      <dd className="np-counts">
        {node.onus === 0 ? (
          <span className="nc-faint">{t('details.noOnus')}</span>
        ) : (
          <>
            <StateBar node={node} />
            {t('details.counts', {
              onus: format.number(node.onus),
              online: format.number(node.online),
              down: format.number(node.down),
              unknown: format.number(node.unknown),
            })}
          </>
        )}
      </dd>
      {node.capacity !== null && (
        <>
          <dt>{t('field.capacity')}</dt>
          <dd>
            <Usage node={node} />
            <span className="nc-soft">
              {' · '}
              {node.exceeded
                ? t('details.exceeded')
                : t('details.free', { count: Math.max(0, node.capacity - node.used) })}
            </span>
          </dd>
        </>
      )}
      <dt>{t('field.fedBy')}</dt>
      <dd>
        {fedBy === null ? (
          <span className="nc-faint">{t('details.notSaid')}</span>
        ) : (
          <>
            <RouteLink to={paths.pon(fedBy.oltId, fedBy.pon)}>
              {fedBy.oltName} <span className="nc-mono">{formatPon(fedBy.pon)}</span>
            </RouteLink>
            {fedBy.nodeId !== node.id && (
              <span className="nc-faint"> {t('details.fromAbove')}</span>
            )}
          </>
        )}
      </dd>
      {pons.length > 0 && (
        <>
          <dt>{t('field.pons')}</dt>
          <dd className="np-pons">
            {shownPons.map(({ oltId, oltName, pon, onus }) => (
              <RouteLink key={`${oltId} ${formatPon(pon)}`} to={paths.pon(oltId, pon)}>
                {oltName} <span className="nc-mono">{formatPon(pon)}</span>{' '}
                <span className="nc-soft">({format.number(onus)})</span>
              </RouteLink>
            ))}
            {pons.length > shownPons.length && (
              <span className="nc-soft">
                {t('details.morePons', { count: pons.length - shownPons.length })}
              </span>
            )}
          </dd>
        </>
      )}
      {node.street !== '' && (
        <>
          <dt>{t('field.street')}</dt>
          <dd>{node.street}</dd>
        </>
      )}
      <dt>{t('field.coordinates')}</dt>
      <dd className="nc-mono">
        {node.coordinates === null ? (
          <span className="nc-faint">{t('details.notSaid')}</span>
        ) : (
          writeCoordinates(node.coordinates)
        )}
      </dd>
      {node.note !== '' && (
        <>
          <dt>{t('field.note')}</dt>
          <dd className="np-note">{node.note}</dd>
        </>
      )}
    </dl>
  )
}

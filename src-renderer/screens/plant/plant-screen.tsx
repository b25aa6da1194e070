import { Button, Checkbox, Menu } from '@mantine/core'
import { IconDownload, IconPlus, IconSitemap, IconUpload } from '@tabler/icons-react'
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { useOfferedActions } from '../../app/page-actions.ts'
import { paths } from '../../app/paths.ts'
import { callQuery } from '../../client/client.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { MayOnly } from '../../components/may-only.tsx'
import { useFormat } from '../../components/use-format.ts'
import { usePermissions } from '../../state/workspace.ts'
import { ImportDialog } from './import-dialog.tsx'
import { saveTemplate } from './import-template.ts'
import { NodeDetails } from './node-details.tsx'
import { NodeForm } from './node-form.tsx'
import { PlaceDialog } from './place-dialog.tsx'
import { savePlant } from './plant-acts.ts'
import { PlantTreeView, type TreeHandle } from './plant-tree.tsx'
import { foundRows } from './tree-model.ts'
import { usePlantTree } from './use-plant-tree.ts'
import './plant.css'

type Window = 'add' | 'import' | 'place' | null
const exportKinds = ['nodes', 'onus', 'olts'] as const
const mostFound = 1000

/** The outside plant: the tree at the left, what hangs on the chosen node at the right. */
export const PlantScreen = () => {
  const { t } = useTranslation('plant')
  const format = useFormat()
  const { nodeId = null } = useParams<{ readonly nodeId?: string }>()
  const tree = usePlantTree()
  const { expand } = tree
  const [text, setText] = useState('')
  const [onlyExceeded, setOnlyExceeded] = useState(false)
  const [window, setWindow] = useState<Window>(null)
  const box = useRef<HTMLInputElement>(null)
  const handle = useRef<TreeHandle>(null)
  const search = useDeferredValue(text.trim())
  const manages = usePermissions().includes('plant.node.manage')
  const finding = search !== '' || onlyExceeded
  const found = useQuery(
    'plant.nodes',
    { search, onlyExceeded, limit: mostFound },
    { on: ['plant.changed', 'network.changed'], everyMs: 2000, skip: !finding },
  )
  const foundValue = found.value
  const rows = useMemo(
    () => (finding ? foundRows(foundValue?.nodes ?? []) : tree.rows),
    [finding, foundValue, tree.rows],
  )

  // An address names a node: its parents stand open.
  useEffect(() => {
    if (nodeId === null) return
    callQuery('plant.node', { id: nodeId }).then(
      ({ path }) => expand(path.map(({ id }) => id)),
      () => undefined,
    )
  }, [nodeId, expand])

  useShortcut('focusFilter', () => box.current?.focus())
  useShortcut('rowDown', () => handle.current?.moveBy(1))
  useShortcut('rowUp', () => handle.current?.moveBy(-1))
  useShortcut('openRow', () => handle.current?.openActive())
  useShortcut('exportList', () => void savePlant('nodes'))
  useOfferedActions([
    ...(manages
      ? [
          {
            id: 'plant-add',
            label: t('action.add'),
            icon: IconPlus,
            run: () => setWindow('add'),
          },
          {
            id: 'plant-import',
            label: t('action.import'),
            icon: IconUpload,
            run: () => setWindow('import'),
          },
        ]
      : []),
    ...exportKinds.map((kind) => ({
      id: `plant-export-${kind}`,
      label: t(`action.exportOf.${kind}`),
      icon: IconDownload,
      run: () => void savePlant(kind),
    })),
  ])

  const close = (): void => setWindow(null)
  const open = (id: string): void => navigate(paths.plant(id), { replace: nodeId !== null })
  const isEmpty = tree.summary?.all === 0

  return (
    <div className="nc-page nc-page--full np-page">
      <header className="nc-page__head np-head">
        <h1>{t('title')}</h1>
        {manages && tree.summary !== undefined && !isEmpty && tree.summary.unplaced > 0 && (
          <Button variant="default" onClick={() => setWindow('place')}>
            {t('unplaced', {
              count: tree.summary.unplaced,
              number: format.number(tree.summary.unplaced),
            })}
          </Button>
        )}
        <MayOnly needs="plant.node.manage">
          <Button
            variant="default"
            leftSection={<IconUpload size={15} stroke={1.7} aria-hidden="true" />}
            onClick={() => setWindow('import')}
          >
            {t('action.import')}
          </Button>
        </MayOnly>
        <ExportMenu />
        <MayOnly needs="plant.node.manage">
          <Button
            leftSection={<IconPlus size={15} stroke={1.8} aria-hidden="true" />}
            onClick={() => setWindow('add')}
          >
            {t('action.add')}
          </Button>
        </MayOnly>
      </header>

      {tree.summary === undefined ? (
        <Awaiting failure={tree.failure} onRetry={tree.refresh} rows={14} />
      ) : isEmpty ? (
        <EmptyPlant onAdd={() => setWindow('add')} onImport={() => setWindow('import')} />
      ) : (
        <div className="np-panes">
          <section className="nc-panel np-side" aria-label={t('tree.label')}>
            <div className="np-side__filter">
              <FilterBox input={box} text={text} onText={setText} label={t('tree.search')} />
              <Checkbox
                label={t('tree.onlyExceeded')}
                checked={onlyExceeded}
                onChange={(event) => setOnlyExceeded(event.currentTarget.checked)}
              />
            </div>
            <div className="np-cols nc-small nc-soft" aria-hidden="true">
              <span>
                {finding
                  ? t('tree.found', {
                      count: foundValue?.total ?? 0,
                      number: format.number(foundValue?.total ?? 0),
                    })
                  : t('tree.all', {
                      count: tree.summary.all,
                      number: format.number(tree.summary.all),
                    })}
              </span>
              <span className="np-usage">{t('tree.ports')}</span>
              <span className="np-row__onus nc-num">{t('tree.onus')}</span>
              <span className="np-row__down nc-num">{t('tree.down')}</span>
              <span className="np-bar-head">{t('tree.state')}</span>
            </div>
            {tree.failure !== undefined && (
              <FailureState brief failure={tree.failure} onRetry={tree.refresh} />
            )}
            {finding && rows.length === 0 && !found.loading ? (
              <EmptyState
                title={t(onlyExceeded && search === '' ? 'tree.noneExceeded' : 'tree.noneFound')}
              />
            ) : (
              <PlantTreeView
                handle={handle}
                label={t('tree.label')}
                rows={rows}
                selected={nodeId}
                withPath={finding}
                onExpand={expand}
                onCollapse={tree.collapse}
                onOpen={open}
              />
            )}
          </section>
          <section className="nc-panel np-main" aria-label={t('details.label')} tabIndex={-1}>
            {nodeId === null ? (
              <EmptyState icon={IconSitemap} title={t('details.none')} text={t('details.choose')} />
            ) : (
              <NodeDetails key={nodeId} id={nodeId} />
            )}
          </section>
        </div>
      )}

      {window === 'add' && (
        <NodeForm node={null} parentId={nodeId} onClose={close} onAdded={open} />
      )}
      {window === 'import' && <ImportDialog onClose={close} />}
      {window === 'place' && <PlaceDialog node={null} onClose={close} />}
    </div>
  )
}

const ExportMenu = () => {
  const { t } = useTranslation('plant')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={15} stroke={1.7} aria-hidden="true" />}
        >
          {t('action.export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {exportKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => void savePlant(kind)}>
            {t(`action.exportOf.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const EmptyPlant = (props: { readonly onAdd: () => void; readonly onImport: () => void }) => {
  const { t } = useTranslation('plant')
  return (
    <EmptyState
      icon={IconSitemap}
      title={t('empty.title')}
      text={t('empty.text')}
      action={
        <>
          <MayOnly needs="plant.node.manage">
            <Button onClick={props.onImport}>{t('action.import')}</Button>
          </MayOnly>
          <Button variant="default" onClick={() => saveTemplate('nodes')}>
            {t('import.template')}
          </Button>
          <MayOnly needs="plant.node.manage">
            <Button variant="default" onClick={props.onAdd}>
              {t('action.add')}
            </Button>
          </MayOnly>
        </>
      }
    />
  )
}

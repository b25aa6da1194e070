import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconArrowsLeftRight, IconCopy, IconDownload, IconFileOff } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'wouter'
import type { Output } from '../../../src-shared/contract/index.ts'
import { useShortcut } from '../../app/keyboard-hooks.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { useQuery } from '../../client/hooks.ts'
import { Awaiting } from '../../components/awaiting.tsx'
import { copyTold } from '../../components/copy-told.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { GonePage, isGone } from '../../components/gone-page.tsx'
import { RouteLink } from '../../components/route-link.tsx'
import { useFormat } from '../../components/use-format.ts'
import { changeTablePreferences, useTablePreferences } from '../../state/preferences.ts'
import { fileNameOf, saveText } from './backup-acts.ts'
import {
  blocksOf,
  charactersBeside,
  differsWithin,
  unifiedText,
  type DiffBlock,
} from './diff-model.ts'
import { DiffView } from './diff-view.tsx'
import './olt-backups.css'

/** Two versions compared, of one OLT or of two. */
export const DiffScreen = () => {
  const { beforeId, afterId } = useParams<{ beforeId: string; afterId: string }>()
  const { t } = useTranslation('olt-backups')
  const { value, failure, refresh } = useQuery('olt-backups.diff', { beforeId, afterId })
  if (isGone(failure)) {
    return (
      <GonePage
        icon={IconFileOff}
        title={t('text.notFound')}
        to={paths.configurations()}
        back={t('back')}
      />
    )
  }
  if (value === undefined) {
    return (
      <div className="nc-page">
        <h1>{t('diff.title')}</h1>
        <Awaiting failure={failure} onRetry={refresh} rows={16} />
      </div>
    )
  }
  return <LoadedDiff diff={value} />
}

/**
 * How the person reads it, kept with his preferences. Until he chose: beside each other where what
 * differs is seen so, and not cut off.
 */
const useLayout = (blocks: readonly DiffBlock[]): readonly [boolean, (split: boolean) => void] => {
  const kept = useTablePreferences('olt-backups-diff')?.sort?.column
  const fits = useMemo(() => differsWithin(blocks, charactersBeside(window.innerWidth)), [blocks])
  return [
    kept === undefined ? fits : kept !== 'unified',
    (split) =>
      changeTablePreferences('olt-backups-diff', {
        columns: [],
        widths: {},
        sort: { column: split ? 'split' : 'unified', descending: false },
      }),
  ]
}

const LoadedDiff = ({ diff }: { readonly diff: Output<'olt-backups.diff'> }) => {
  const { t } = useTranslation('olt-backups')
  const { t: common } = useTranslation()
  const format = useFormat()
  const { before, after } = diff
  const ofBefore = useQuery('olt-backups.versions', { oltId: before.oltId }).value
  const ofAfter = useQuery('olt-backups.versions', { oltId: after.oltId }).value
  const blocks = useMemo(() => blocksOf(diff.lines), [diff.lines])
  const [split, setSplit] = useLayout(blocks)
  const names = [ofBefore, ofAfter].map((page) => page?.state.oltName ?? '')
  const title = (at: 0 | 1): string =>
    `${names[at]} ${format.instant((at === 0 ? before : after).firstAt)}`
  const text = (): string => unifiedText(blocks, [title(0), title(1)])
  const save = (): void => saveText(`${fileNameOf('diff', title(0), title(1))}.diff`, text())
  const copy = (): void => copyTold(text(), t('diff.copied'))
  const go = (beforeId: string, afterId: string): void =>
    navigate(paths.configurationDiff(beforeId, afterId), { replace: true })
  useShortcut('exportList', save)
  const choices = (page: typeof ofBefore, own: typeof before) =>
    (page?.versions ?? [own]).map((version) => ({
      value: version.id,
      label: `${page?.state.oltName ?? ''} ${format.instant(version.firstAt)}`,
    }))
  return (
    <div className="nc-page nc-page--full nb-full">
      <header className="nc-page__head nb-diff__head">
        <h1>
          <RouteLink to={paths.configurationsOf(after.oltId)} className="nb-crumb">
            {names[1] === '' ? t('title') : names[1]}
          </RouteLink>{' '}
          {t('diff.title')}
        </h1>
        <span className="nb-diff__counts">
          <span className="nb-added">{t('diff.added', { count: diff.added })}</span>{' '}
          <span className="nb-removed">{t('diff.removed', { count: diff.removed })}</span>
        </span>
        <SegmentedControl
          aria-label={t('diff.layout')}
          value={split ? 'split' : 'unified'}
          onChange={(value) => setSplit(value === 'split')}
          data={[
            { value: 'split', label: t('diff.split') },
            { value: 'unified', label: t('diff.unified') },
          ]}
        />
        <Button
          variant="default"
          leftSection={<IconCopy size={14} aria-hidden="true" />}
          onClick={copy}
        >
          {common('button.copy')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden="true" />}
          onClick={save}
        >
          {t('text.save')}
        </Button>
      </header>
      <div className="nb-diff__sides">
        <Select
          aria-label={t('diff.before')}
          value={before.id}
          allowDeselect={false}
          searchable
          data={choices(ofBefore, before)}
          onChange={(id) => (id === null ? undefined : go(id, after.id))}
        />
        <Button
          variant="default"
          aria-label={t('diff.swap')}
          title={t('diff.swap')}
          onClick={() => go(after.id, before.id)}
        >
          <IconArrowsLeftRight size={14} aria-hidden="true" />
        </Button>
        <Select
          aria-label={t('diff.after')}
          value={after.id}
          allowDeselect={false}
          searchable
          data={choices(ofAfter, after)}
          onChange={(id) => (id === null ? undefined : go(before.id, id))}
        />
      </div>
      {diff.cut ? (
        <p className="nb-obstacle" role="note">
          {t('diff.cut')}
        </p>
      ) : null}
      {diff.added + diff.removed === 0 ? (
        <EmptyState title={t('diff.same')} text={t('diff.sameText')} />
      ) : (
        <DiffView blocks={blocks} afterId={after.id} split={split} />
      )}
    </div>
  )
}

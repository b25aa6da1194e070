import { Button, FileButton, Group, Modal, Stack } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { Output } from '../../../src-shared/contract/index.ts'
import { callQuery } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { FailureState } from '../../components/failure-state.tsx'
import { useRoleName } from '../../components/permission-words.ts'
import { useFormat } from '../../components/use-format.ts'
import { act } from './access-acts.ts'

type Preview = Output<'access.previewAccounts'>

/** Accounts from another system: first what the file would add, then, if that is wanted, it. */
export const ImportAccountsDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('access-people')
  const { t: common } = useTranslation()
  const [preview, setPreview] = useState<Preview | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState<'reading' | 'applying' | null>(null)

  const look = async (file: File | null): Promise<void> => {
    if (file === null) return
    setBusy('reading')
    setPreview(null)
    setFailure(null)
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      const fileName = file.name.slice(0, 255)
      setPreview(await callQuery('access.previewAccounts', { fileName, bytes }))
    } catch (error) {
      setFailure(failureOf(error))
    }
    setBusy(null)
  }
  const undo = async (importId: string): Promise<void> => {
    await act('access.undoImport', { importId }, ({ disabled }) => ({
      title: t('import.undone', { count: disabled }),
      text: t('import.undoneText'),
    }))
  }
  const apply = async ({ importId }: Preview): Promise<void> => {
    setBusy('applying')
    const done = await act('access.importAccounts', { importId }, ({ added }) => ({
      title: t('import.done', { count: added }),
      text: t('import.doneText'),
      undo: () => void undo(importId),
    }))
    setBusy(null)
    if (done !== null) onClose()
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t('import.title')}
      closeButtonProps={{ 'aria-label': common('button.close') }}
      centered
      size={760}
    >
      <Stack gap="md">
        <p className="nc-soft">{t('import.lead')}</p>
        {failure !== null && <FailureState failure={failure} brief />}
        {preview !== null && <PreviewTables preview={preview} />}
        <Group justify="flex-end" gap="sm">
          <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={(file) => void look(file)}>
            {(props) => (
              <Button
                {...props}
                variant={preview === null ? 'filled' : 'default'}
                loading={busy === 'reading'}
                data-autofocus
                leftSection={<IconFileSpreadsheet size={15} stroke={1.7} aria-hidden="true" />}
              >
                {t(busy === 'reading' ? 'import.reading' : 'import.choose')}
              </Button>
            )}
          </FileButton>
          {preview !== null && (
            <Button
              disabled={preview.adds === 0}
              loading={busy === 'applying'}
              onClick={() => void apply(preview)}
            >
              {t(busy === 'applying' ? 'import.applying' : 'import.apply')}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

const PreviewTables = ({ preview }: { readonly preview: Preview }) => {
  const { t } = useTranslation('access-people')
  const format = useFormat()
  const roleName = useRoleName()
  const { rows, encoding, separator, adds, problems, problemsTotal, sample } = preview
  const more = problemsTotal - problems.length
  return (
    <div role="status">
      <p className="nc-small nc-soft">
        {t('import.found', {
          rows: format.number(rows),
          encoding,
          separator: separator === '\t' ? t('import.tab') : separator,
        })}
      </p>
      <p>
        <strong>{adds === 0 ? t('import.none') : t('import.adds', { count: adds })}</strong>
        {problemsTotal > 0 && ` · ${t('import.problems', { count: problemsTotal })}`}
      </p>
      {problems.length > 0 && (
        <div
          className="ncp-scroll ncp-import"
          tabIndex={0}
          role="region"
          aria-label={t('import.why')}
        >
          <table className="nc-table" aria-label={t('import.why')}>
            <thead>
              <tr>
                <th scope="col" className="nc-num">
                  {t('import.line')}
                </th>
                <th scope="col">{t('import.why')}</th>
              </tr>
            </thead>
            <tbody>
              {problems.map(({ line, code }) => (
                <tr key={`${line} ${code}`}>
                  <td className="nc-num">{format.number(line)}</td>
                  <td>{t(`import.problem.${code}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {more > 0 && <p className="nc-small nc-soft">{t('import.more', { count: more })}</p>}
        </div>
      )}
      {sample.length > 0 && (
        <div
          className="ncp-scroll ncp-import"
          tabIndex={0}
          role="region"
          aria-label={t('import.sample')}
        >
          <table className="nc-table" aria-label={t('import.sample')}>
            <thead>
              <tr>
                <th scope="col" className="nc-num">
                  {t('import.line')}
                </th>
                <th scope="col">{t('column.name')}</th>
                <th scope="col">{t('column.login')}</th>
                <th scope="col">{t('column.role')}</th>
              </tr>
            </thead>
            <tbody>
              {sample.map((one) => (
                <tr key={one.line}>
                  <td className="nc-num">{format.number(one.line)}</td>
                  <td>{one.name}</td>
                  <td className="nc-mono">{one.login}</td>
                  <td>{roleName(one)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

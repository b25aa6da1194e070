import { Button, Progress } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { runCommand } from '../../client/client.ts'
import { failureOf, useQuery } from '../../client/hooks.ts'
import { confirm } from '../../components/confirm.tsx'
import { showFailure, showToast } from '../../components/toast.tsx'
import { useFormat } from '../../components/use-format.ts'
import { copyMapFile } from './copy-map-file.ts'

/** The ground the map is drawn on: chosen once, kept beside the workspace. */
export const MapFile = () => {
  const { t } = useTranslation('map')
  const format = useFormat()
  const { value, refresh } = useQuery('plant.mapFile', {}, { on: ['plant.changed'] })
  const input = useRef<HTMLInputElement>(null)
  const stop = useRef<AbortController>(null)
  const [copied, setCopied] = useState<{ done: number; total: number } | null>(null)
  useEffect(() => () => stop.current?.abort(), [])

  const copy = (file: File): void => {
    const controller = new AbortController()
    stop.current = controller
    setCopied({ done: 0, total: file.size })
    copyMapFile(file, controller.signal, (done) => setCopied({ done, total: file.size }))
      .then(() => {
        showToast({ kind: 'done', title: t('file.done') })
        refresh()
        return undefined
      })
      .catch((error: unknown) => {
        if (!controller.signal.aborted) showFailure(failureOf(error))
      })
      .finally(() => setCopied(null))
  }
  const remove = (): void => {
    runCommand('plant.setMapFile', { uploadId: null }).then(
      () => {
        showToast({ kind: 'done', title: t('file.removed') })
        refresh()
        return undefined
      },
      (error: unknown) => showFailure(failureOf(error)),
    )
  }
  const file = value?.file ?? null
  return (
    <section className="nc-panel">
      <header className="nc-panel__head">
        <h2>{t('file.title')}</h2>
      </header>
      <div className="nc-panel__body mp-file">
        {copied !== null ? (
          <>
            <p role="status">
              {t('file.copying', {
                done: format.bytes(copied.done),
                total: format.bytes(copied.total),
              })}
            </p>
            <Progress
              aria-label={t('file.title')}
              value={(copied.done / Math.max(1, copied.total)) * 100}
            />
            <Button variant="default" onClick={() => stop.current?.abort()}>
              {t('file.cancel')}
            </Button>
          </>
        ) : (
          <>
            <p className="nc-small nc-soft">
              {file === null
                ? t('file.none')
                : t('file.is', { name: file.name, size: format.bytes(file.bytes) })}
            </p>
            <div className="mp-file__acts">
              <Button variant="default" onClick={() => input.current?.click()}>
                {t(file === null ? 'file.choose' : 'file.replace')}
              </Button>
              {file !== null && (
                <Button
                  variant="subtle"
                  onClick={() => {
                    void confirm({
                      title: t('file.remove'),
                      text: t('file.is', { name: file.name, size: format.bytes(file.bytes) }),
                      confirmLabel: t('file.remove'),
                    }).then((yes) => {
                      if (yes) remove()
                      return undefined
                    })
                  }}
                >
                  {t('file.remove')}
                </Button>
              )}
            </div>
          </>
        )}
        <input
          ref={input}
          type="file"
          accept=".pmtiles"
          hidden
          aria-label={t('file.choose')}
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? []
            event.currentTarget.value = ''
            if (chosen !== undefined) copy(chosen)
          }}
        />
      </div>
    </section>
  )
}

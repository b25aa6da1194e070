import { Button } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useCallback, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import type { OltRow } from '../../../src-shared/contract/network-model.ts'
import { navigate } from '../../app/location.ts'
import { paths } from '../../app/paths.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FailureState } from '../../components/failure-state.tsx'
import { showToast } from '../../components/toast.tsx'
import { ConnectionFields, DetailFields, oltFormResolver } from './olt-fields.tsx'
import {
  addInputOf,
  connectionFields,
  emptyOltForm,
  nameFromDevice,
  probedConnection,
  type OltForm,
} from './olt-form.ts'
import { ProbeFailure, ProbeResultView } from './probe-result.tsx'
import { ProbeRunning } from './probe-running.tsx'
import { saveOffer } from './save-offer.ts'
import { useOlts } from './use-olts.ts'
import { useProbe, type ProbeState } from './use-probe.ts'
import './olts.css'

/** A new OLT: connection, test, what the test found, save. */
export const AddOltScreen = () => {
  const { t } = useTranslation('network')
  const form = useForm<OltForm>({
    defaultValues: emptyOltForm,
    mode: 'onTouched',
    resolver: oltFormResolver(),
  })
  const [failure, setFailure] = useState<Failure | undefined>()
  const olts = useOlts().value?.olts ?? []
  const probe = useProbe(
    useCallback(
      (result) => {
        const name = nameFromDevice('sysName' in result ? result.sysName : null)
        // What a person typed is his; the device's own name only fills the gap.
        if (name !== '' && form.getValues('name').trim() === '') {
          form.setValue('name', name, { shouldValidate: true })
        }
      },
      [form],
    ),
  )
  const values = useWatch({ control: form.control }) as OltForm
  const offer = saveOffer(probe.state, probedConnection(values))
  const taken = olts.find(
    (olt) => olt.host === values.host.trim() && String(olt.port) === values.port.trim(),
  )

  const test = async (): Promise<void> => {
    if (!(await form.trigger(connectionFields(form.getValues()), { shouldFocus: true }))) return
    setFailure(undefined)
    probe.start(form.getValues())
  }

  const save = form.handleSubmit(async (input) => {
    setFailure(undefined)
    try {
      const { oltId } = await runCommand('network.addOlt', addInputOf(input))
      showToast({ kind: 'done', title: t('olts.addScreen.saved', { name: input.name.trim() }) })
      navigate(paths.olt(oltId), { replace: true })
    } catch (error) {
      setFailure(failureOf(error))
    }
  })

  const running = probe.state.kind === 'running'
  return (
    <div className="nc-page">
      <header className="nc-page__head">
        <h1>{t('olts.addScreen.title')}</h1>
      </header>
      <p className="no-add__intro">{t('olts.addScreen.intro')}</p>
      <div className="no-add">
        <form
          className="nc-panel no-add__form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            // Enter does the next sensible thing: test, and once a test vouches for it, save.
            void (offer.tested ? save() : running ? undefined : test())
          }}
        >
          <h2>{t('olts.addScreen.connection')}</h2>
          <ConnectionFields form={form} />
          {taken === undefined ? null : <Taken olt={taken} />}
          <div className="no-add__actions">
            <Button
              type="submit"
              variant={offer.tested ? 'default' : 'filled'}
              loading={running}
              onClick={(event) => {
                event.preventDefault()
                void test()
              }}
            >
              {t(probe.state.kind === 'idle' ? 'olts.addScreen.test' : 'olts.addScreen.testAgain')}
            </Button>
            {running ? (
              <Button variant="default" onClick={probe.cancel}>
                {t('olts.addScreen.stop')}
              </Button>
            ) : null}
          </div>
          <hr className="no-add__rule" />
          <h2>{t('olts.addScreen.details')}</h2>
          <DetailFields form={form} />
          {failure === undefined ? null : <FailureState failure={failure} />}
          {offer.outdated ? <p className="nc-soft">{t('olts.addScreen.changed')}</p> : null}
          <div className="no-add__actions">
            <Button
              variant={offer.tested ? 'filled' : 'default'}
              disabled={running || taken !== undefined}
              loading={form.formState.isSubmitting}
              onClick={() => void save()}
            >
              {t(`olts.addScreen.${offer.label}`)}
            </Button>
            <Button variant="subtle" color="gray" component={Link} href={paths.olts()}>
              {t('olts.addScreen.cancel')}
            </Button>
          </div>
        </form>
        <section className="nc-panel" aria-label={t('olts.addScreen.result')} aria-live="polite">
          <ProbeOutcome state={probe.state} host={values.host.trim()} />
        </section>
      </div>
    </div>
  )
}

const Taken = ({ olt }: { readonly olt: OltRow }) => {
  const { t } = useTranslation('network')
  return (
    <p className="no-conflict" role="alert">
      <span>
        {t('olts.probe.known')}{' '}
        <Link href={paths.olt(olt.id)}>{t('olts.probe.openKnown', { name: olt.name })}</Link>
      </span>
    </p>
  )
}

const ProbeOutcome = ({ state, host }: { readonly state: ProbeState; readonly host: string }) => {
  const { t } = useTranslation('network')
  switch (state.kind) {
    case 'idle':
      return (
        <EmptyState
          icon={IconPlugConnected}
          title={t('olts.addScreen.idleTitle')}
          text={t('olts.addScreen.idle')}
        />
      )
    case 'cancelled':
      return <EmptyState icon={IconPlugConnected} title={t('olts.addScreen.cancelled')} />
    case 'running':
      return <ProbeRunning state={state} host={host} />
    case 'failed':
      return <ProbeFailure failure={state.failure} />
    case 'done':
      return <ProbeResultView result={state.result} />
  }
}

import i18next from 'i18next'
import type { OnuAddress } from '../../../src-shared/domain/onu-address.ts'
import { runCommand } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { showFailure, showToast } from '../../components/toast.tsx'

export interface MarkedOnu {
  readonly oltId: string
  readonly address: OnuAddress
}

/** As many as one command takes. */
const most = 2000

const say = () => i18next.getFixedT(i18next.language, 'alarms')

/** Marks ONUs, or takes the mark away; offers to take that back. */
export const markImportant = async (
  onus: readonly MarkedOnu[],
  important: boolean,
  label: string,
): Promise<void> => {
  const send = async (value: boolean): Promise<number> => {
    let acted = 0
    for (let from = 0; from < onus.length; from += most) {
      const part = onus.slice(from, from + most).map(({ oltId, address }) => ({
        oltId,
        address: {
          shelf: address.shelf,
          slot: address.slot,
          port: address.port,
          onuId: address.onuId,
        },
      }))
      const answer = await runCommand('alarms.setImportant', {
        onus: part,
        important: value,
        label: label.slice(0, 120),
      })
      acted += answer.acted
    }
    return acted
  }
  try {
    const count = await send(important)
    showToast({
      kind: 'done',
      title: say()(important ? 'important.marked' : 'important.unmarked', { count }),
      undo: () => {
        send(!important).catch((error: unknown) => showFailure(failureOf(error)))
      },
    })
  } catch (error) {
    showFailure(failureOf(error))
  }
}

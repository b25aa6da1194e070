import { useEffect, useRef, useState } from 'react'
import type { Output } from '../../src-shared/contract/index.ts'
import { callQuery } from '../client/client.ts'
import { createLatestAsker, type LatestAsker } from './palette-latest.ts'
import type { Typed } from './palette-scopes.ts'

export type SearchState = 'idle' | 'searching' | 'done' | 'failed'
export type SearchResult = Output<'search.find'>

export interface SearchAnswer {
  readonly state: SearchState
  /** About an older text while `state` is `searching`. */
  readonly result: SearchResult | undefined
}

interface Kept {
  readonly about: string
  readonly result: SearchResult | undefined
  readonly failed: boolean
}

/** Of each kind; one kind alone has the whole list. */
const limitOf = ({ scopes }: Typed): number => (scopes.length === 1 ? 30 : 8)

const nothingYet: Kept = { about: '', result: undefined, failed: false }

/** What the engine finds for the typed text, asked at every key; nothing for who may not ask. */
export const usePaletteSearch = (typed: Typed, mayAsk: boolean): SearchAnswer => {
  const [kept, setKept] = useState(nothingYet)
  const about =
    !mayAsk || typed.text === '' || typed.scopes.length === 0
      ? ''
      : JSON.stringify([typed.scopes, typed.onlyIds, typed.text])
  const latest = useRef(typed)
  latest.current = typed
  const asker = useRef<LatestAsker<{ about: string; typed: Typed }>>(null)
  useEffect(() => {
    asker.current = createLatestAsker({
      ask: ({ typed: { text, scopes, onlyIds }, typed: asked }) =>
        callQuery('search.find', { text, scopes: [...scopes], onlyIds, limit: limitOf(asked) }),
      answered: (question, result) => setKept({ ...question, result, failed: false }),
      failed: (question) => setKept({ ...question, result: undefined, failed: true }),
    })
    return () => asker.current?.stop()
  }, [])
  useEffect(() => {
    if (about !== '') asker.current?.ask({ about, typed: latest.current })
  }, [about])
  if (!mayAsk && typed.text !== '') return { state: 'done', result: undefined }
  if (about === '') return { state: 'idle', result: undefined }
  if (kept.about !== about) return { state: 'searching', result: kept.result }
  return { state: kept.failed ? 'failed' : 'done', result: kept.result }
}

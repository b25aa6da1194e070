import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { create } from 'zustand'
import type { Failure } from '../../../src-shared/contract/envelope.ts'
import { callQuery, onEvent } from '../../client/client.ts'
import { failureOf } from '../../client/hooks.ts'
import { topKey, treeRows, type Children, type TreeRow } from './tree-model.ts'

/** Which nodes stand open: kept while one is on other pages. */
const useOpened = create<{ readonly expanded: ReadonlySet<string> }>(() => ({
  expanded: new Set<string>(),
}))

const mostChildren = 1000
const refreshMs = 2000

export interface PlantTree {
  readonly rows: readonly TreeRow[]
  /** Undefined: nothing has been answered yet. */
  readonly summary: { readonly all: number; readonly unplaced: number } | undefined
  readonly failure: Failure | undefined
  readonly expand: (ids: readonly string[]) => void
  readonly collapse: (id: string) => void
  readonly refresh: () => void
}

/** The tree as far as it stands open, kept up to date while it is looked at. */
export const usePlantTree = (): PlantTree => {
  const expanded = useOpened((state) => state.expanded)
  const [children, setChildren] = useState<Children>(new Map())
  const [summary, setSummary] = useState<PlantTree['summary']>()
  const [failure, setFailure] = useState<Failure>()
  const turn = useRef(0)

  const load = useCallback(async (keys: readonly string[]): Promise<void> => {
    const mine = ++turn.current
    const answers = await Promise.all(
      keys.map(async (key) => {
        try {
          const answer = await callQuery('plant.nodes', {
            parentId: key === topKey ? null : key,
            limit: mostChildren,
          })
          return { key, answer }
        } catch (error) {
          const told = failureOf(error)
          // It was removed meanwhile: its parent's answer says so.
          if (key === topKey || told.code !== 'not-found') setFailure(told)
          return { key, answer: null }
        }
      }),
    )
    setChildren((before) => {
      const next = new Map(before)
      for (const { key, answer } of answers) if (answer !== null) next.set(key, answer.nodes)
      return next
    })
    const top = answers.find(({ key }) => key === topKey)?.answer ?? answers[0]?.answer
    if (top === null || top === undefined || mine !== turn.current) return
    setSummary({ all: top.all, unplaced: top.unplaced })
    setFailure(undefined)
  }, [])

  const rows = useMemo(() => treeRows(children, expanded), [children, expanded])
  const shown = useRef<readonly string[]>([topKey])
  useEffect(() => {
    shown.current = [topKey, ...rows.filter((row) => row.expanded).map(({ node }) => node.id)]
  })
  const refresh = useCallback(() => void load(shown.current), [load])

  useEffect(() => {
    const { expanded: opened } = useOpened.getState()
    void load([topKey, ...opened])
  }, [load])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = (ms: number) => (): void => {
      timer ??= setTimeout(() => {
        timer = undefined
        if (!document.hidden) refresh()
      }, ms)
    }
    const stops = [onEvent('plant.changed', soon(60)), onEvent('network.changed', soon(refreshMs))]
    return () => {
      if (timer !== undefined) clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [refresh])

  return {
    rows,
    summary,
    failure,
    refresh,
    expand: useCallback(
      (ids) => {
        const { expanded: before } = useOpened.getState()
        const fresh = ids.filter((id) => !before.has(id))
        if (fresh.length === 0) return
        useOpened.setState({ expanded: new Set([...before, ...fresh]) })
        void load(fresh)
      },
      [load],
    ),
    collapse: useCallback((id) => {
      const next = new Set(useOpened.getState().expanded)
      next.delete(id)
      useOpened.setState({ expanded: next })
    }, []),
  }
}

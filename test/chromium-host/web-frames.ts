/**
 * The frames of one page and the script contexts in them: what tells the shell which frame an
 * invocation came from.
 */
import type { CdpEvent } from './cdp-pipe.ts'
import { toShellUrl } from './url-map.ts'

/** The part of Electron's WebFrameMain that a sender check needs. */
export type StandInFrame = Readonly<
  Pick<Electron.WebFrameMain, 'url' | 'frameToken' | 'detached'>
> & {
  readonly parent: StandInFrame | null
  readonly top: StandInFrame | null
}

type ChromiumFrame = Readonly<{
  loaderId: string
  id: string
  parentId?: string
  url: string
  urlFragment?: string
}>
export type FrameTree = Readonly<{ frame: ChromiumFrame; childFrames?: readonly FrameTree[] }>
type Context = Readonly<{ id: number; name: string; auxData?: { frameId?: string } }>

export type WebFrames = Readonly<{
  load: (tree: FrameTree) => void
  /** Follows `Page.*` and `Runtime.executionContext*` events of this page's session. */
  follow: (event: CdpEvent) => void
  frame: (frameId: string) => StandInFrame | null
  frameOfContext: (contextId: number) => StandInFrame | null
  /** The preload's context in the top frame, or null while a document is being replaced. */
  preloadContext: () => number | null
  has: (frameId: string) => boolean
}>

export const createWebFrames = (mainFrameId: string, worldName: string): WebFrames => {
  const frames = new Map<string, { parentId: string | null; url: string }>()
  const contexts = new Map<number, Context>()

  const remember = ({ id, parentId, url, urlFragment }: ChromiumFrame): void => {
    frames.set(id, { parentId: parentId ?? null, url: toShellUrl(url + (urlFragment ?? '')) })
  }
  const load = (tree: FrameTree): void => {
    remember(tree.frame)
    for (const child of tree.childFrames ?? []) load(child)
  }

  const frame = (frameId: string): StandInFrame | null => {
    const known = frames.get(frameId)
    if (known === undefined) return null
    return {
      url: known.url,
      frameToken: frameId,
      detached: false,
      parent: known.parentId === null ? null : frame(known.parentId),
      top: frame(mainFrameId === frameId ? '' : mainFrameId),
    }
  }

  const follow = ({ method, params }: CdpEvent): void => {
    switch (method) {
      case 'Page.frameNavigated':
        remember(params['frame'] as ChromiumFrame)
        break
      case 'Page.navigatedWithinDocument': {
        const known = frames.get(params['frameId'] as string)
        if (known !== undefined) known.url = toShellUrl(params['url'] as string)
        break
      }
      case 'Page.frameAttached':
        frames.set(params['frameId'] as string, {
          parentId: params['parentFrameId'] as string,
          url: 'about:blank',
        })
        break
      case 'Page.frameDetached':
        if (params['reason'] !== 'swap') frames.delete(params['frameId'] as string)
        break
      case 'Runtime.executionContextCreated': {
        const context = params['context'] as Context
        contexts.set(context.id, context)
        break
      }
      case 'Runtime.executionContextDestroyed':
        contexts.delete(params['executionContextId'] as number)
        break
      case 'Runtime.executionContextsCleared':
        contexts.clear()
        break
      default:
    }
  }

  return {
    load,
    follow,
    frame,
    has: (frameId) => frames.has(frameId),
    frameOfContext: (contextId) => frame(contexts.get(contextId)?.auxData?.frameId ?? ''),
    preloadContext: () => {
      for (const context of contexts.values()) {
        if (context.name === worldName && context.auxData?.frameId === mainFrameId) {
          return context.id
        }
      }
      return null
    },
  }
}

/**
 * What a person may do to the cluster, as plain data. Each command has one equivalent kubectl line (see kubectl/), and a
 * run is a seed with a list of these and the moments at which they were given.
 */
import type { NodeSettings } from '../api/strategy.ts'
import type { AnyObject, UpdateStrategy } from '../api/types.ts'

interface Named<T extends string> {
  readonly type: T
  readonly namespace: string
  readonly name: string
}

export type Cascade = 'background' | 'foreground' | 'orphan'

/** One write that a client asks of the API server. `kind` is the plural, as kubectl takes it. */
export type ApiRequest =
  /** An object as a client sends it. */
  | { readonly do: 'create'; readonly object: object }
  /** A merge patch (RFC 7386) of the object as it stands. */
  | {
      readonly do: 'patch'
      readonly kind: string
      readonly namespace?: string
      readonly name: string
      readonly patch: object
    }
  | {
      readonly do: 'delete'
      readonly kind: string
      readonly namespace?: string
      readonly name: string
      readonly graceSeconds?: number
      readonly propagation?: 'Background' | 'Foreground' | 'Orphan'
    }

export type Command =
  /** A kubectl line as it was typed, with what it asks of the API server: all of it is done or nothing. */
  | { readonly type: 'kubectl'; readonly line: string; readonly requests: readonly ApiRequest[] }
  /** Objects as a client would send them, from one file: all are stored or none. */
  | { readonly type: 'applyObjects'; readonly objects: readonly AnyObject[]; readonly source?: string }
  | (Named<'scaleStatefulSet'> & { readonly replicas: number })
  | (Named<'setImage'> & { readonly image: string; readonly container?: string })
  | (Named<'setPartition'> & { readonly partition: number })
  | (Named<'setUpdateStrategy'> & { readonly strategy: UpdateStrategy })
  /** A merge patch (strategic for the lists that Kubernetes merges by key). `kind` is the plural, as kubectl takes it. */
  | (Named<'patchObject'> & { readonly kind: string; readonly patch: object })
  | (Named<'deleteStatefulSet'> & { readonly cascade: Cascade })
  | (Named<'deletePod'> & { readonly graceSeconds?: number; readonly force?: boolean })
  | Named<'deleteClaim'>
  /** Any other object; `kind` is the plural. */
  | (Named<'deleteObject'> & { readonly kind: string })
  /** The process ends with `exitCode` (default 1). */
  | (Named<'crashContainer'> & { readonly container?: string; readonly exitCode?: number })
  /** The container is killed for having used all its memory. */
  | (Named<'exhaustMemory'> & { readonly container?: string })
  /** The process does nothing any more: it answers no probe and hears no signal until it is restarted. */
  | (Named<'hangContainer'> & { readonly container?: string })
  /** Holds readiness down, or lets the container's own behaviour speak again. */
  | (Named<'setReadiness'> & { readonly ready: boolean })
  /** The node gives the pod up: phase Failed, default reason Evicted. */
  | (Named<'failPod'> & { readonly reason?: string })
  /** Deletes it unless its disruption budget says no. */
  | (Named<'evictPod'> & { readonly graceSeconds?: number })
  /** A node is closed for new pods, or opened again. Nodes have no namespace: it is not looked at. */
  | Named<'cordonNode'>
  | Named<'uncordonNode'>
  /** Cordons the node and evicts its pods one after the other, for as long as it takes. */
  | (Named<'drainNode'> & {
      readonly graceSeconds?: number
      readonly timeoutSeconds?: number
      readonly force?: boolean
      readonly deleteEmptyDirData?: boolean
      readonly disableEviction?: boolean
    })
  /** Ends a drain that is under way; the node stays cordoned. */
  | Named<'stopDrain'>
  /** A machine joins the cluster, or one joins again whose Node was deleted. What is left out is as usual. */
  | (Named<'addNode'> & Omit<NodeSettings, 'name' | 'taints'>)
  | (Named<'taintNode'> & { readonly key: string; readonly value?: string; readonly effect: string })
  /** Without an effect the taint is taken away under every effect. */
  | (Named<'untaintNode'> & { readonly key: string; readonly effect?: string })
  /** Without a value the label is taken away. */
  | (Named<'labelNode'> & { readonly label: string; readonly value?: string })
  /** The plug is pulled: its kubelet and all processes end at once, and the API is not told. */
  | Named<'powerOffNode'>
  | Named<'powerOnNode'>
  | Named<'rebootNode'>
  /** In good order: its pods end first, as many as can within the window. */
  | Named<'shutDownNode'>
  /** Its processes live on, and nobody hears of them. */
  | Named<'cutOffNode'>
  | Named<'reconnectNode'>
  /** `kubectl exec … -- sh -c 'echo … > path'`: writes a file on a mounted claim. */
  | (Named<'writeFile'> & { readonly path: string; readonly text: string })
  /** `kubectl exec … -- rm path`: removes a file from a mounted claim. */
  | (Named<'removeFile'> & { readonly path: string })

export type CommandType = Command['type']

/**
 * What every pod gets from its ServiceAccount: a token in a volume of its own. The cluster keeps pods without it, as
 * nothing here asks for tokens; a client sees it as a real server shows it.
 * Models: plugin/pkg/admission/serviceaccount/admission.go, v1.36.
 */
import type { Container, Pod } from '../api/types.ts'
import { fnv1a } from '../kernel/random.ts'

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount'
const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Five letters that belong to the pod. */
function suffixOf({ metadata }: Pod): string {
  let rest = fnv1a(metadata.uid)
  return Array.from({ length: 5 }, () => {
    const letter = LETTERS[rest % LETTERS.length] as string
    rest = Math.floor(rest / LETTERS.length)
    return letter
  }).join('')
}

const tokenVolume = (name: string) => ({
  name,
  projected: {
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
      {
        downwardAPI: {
          items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
        },
      },
    ],
  },
})

const known = new WeakMap<Pod, Pod>()

/** The pod as a client reads it. The same object for the same pod. */
export function withToken(pod: Pod): Pod {
  const done = known.get(pod)
  if (done) return done
  const { automountServiceAccountToken = true } = pod.spec as { readonly automountServiceAccountToken?: boolean }
  if (!automountServiceAccountToken) return pod
  const name = `kube-api-access-${suffixOf(pod)}`
  const mounted = (container: Container): Container => {
    const mounts = container.volumeMounts ?? []
    if (mounts.some(({ mountPath }) => mountPath === TOKEN_PATH)) return container
    return { ...container, volumeMounts: [...mounts, { mountPath: TOKEN_PATH, name, readOnly: true }] }
  }
  const { containers, initContainers, volumes = [] } = pod.spec
  const spec = {
    ...pod.spec,
    containers: containers.map(mounted),
    ...(initContainers && { initContainers: initContainers.map(mounted) }),
    volumes: [...volumes, tokenVolume(name)],
  }
  const shown = { ...pod, spec }
  known.set(pod, shown)
  return shown
}

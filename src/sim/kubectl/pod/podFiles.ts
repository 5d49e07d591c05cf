/**
 * The files that a container sees: what the kubelet puts into /etc, and what lies on its claims. Files on claims are
 * written by an act of the run; all others live as long as the shell that wrote them.
 */
import type { Container, Pod } from '../../api/types.ts'
import { readObject } from '../../kernel/apiServer.ts'
import type { Command } from '../../kernel/command.ts'
import { get } from '../../kernel/sorted.ts'
import type { World } from '../../kernel/types.ts'
import type { Files } from '../../shell/files.ts'

interface Mount {
  readonly path: string
  readonly volume: string
  readonly readOnly: boolean
}

/** Where the container has claims mounted, with the volume behind each; the deepest first. */
export function mountsOf(world: World, pod: Pod, container: Container): readonly Mount[] {
  const found = (container.volumeMounts ?? []).flatMap(({ name, mountPath, readOnly = false }) => {
    const source = pod.spec.volumes?.find((volume) => volume.name === name)?.persistentVolumeClaim
    const claim = source && readObject(world.objects, 'PersistentVolumeClaim', pod.metadata.namespace, source.claimName)
    const volume = claim?.spec.volumeName
    return volume ? [{ path: mountPath.replace(/\/+$/, ''), volume, readOnly }] : []
  })
  return found.sort((a, b) => b.path.length - a.path.length)
}

/** The name that the pod has for itself in DNS, when it is a member of a Service's domain. */
export const fullHostname = ({ metadata, spec }: Pod, domain: string): string =>
  spec.subdomain
    ? `${hostnameOf({ metadata, spec })}.${spec.subdomain}.${metadata.namespace}.svc.${domain}`
    : hostnameOf({ metadata, spec })

export const hostnameOf = ({ metadata, spec }: Pick<Pod, 'metadata' | 'spec'>): string => spec.hostname ?? metadata.name

export const NAMESERVER = '10.96.0.10'

function givenFiles(world: World, pod: Pod): Readonly<Record<string, string>> {
  const { clusterDomain } = world.settings
  const ips = pod.status.podIPs ?? [{ ip: '' }]
  const own = fullHostname(pod, clusterDomain)
  const names = own === hostnameOf(pod) ? own : `${own}\t${hostnameOf(pod)}`
  const search = [`${pod.metadata.namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain].join(' ')
  return {
    '/etc/hostname': `${hostnameOf(pod)}\n`,
    '/etc/hosts': `# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n${ips.map(({ ip }) => `${ip}\t${names}\n`).join('')}`,
    '/etc/resolv.conf': `search ${search}\nnameserver ${NAMESERVER}\noptions ndots:5\n`,
  }
}

export interface PodFiles extends Files {
  /** What was written on claims and removed from them since the last time, as acts. */
  written(): readonly Command[]
  /** From here on the claims are as they are in this world. */
  see(world: World): void
}

export function podFiles(world: World, pod: Pod, container: Container): PodFiles {
  let seen = world
  const mounts = mountsOf(world, pod, container)
  const own = new Map(Object.entries(givenFiles(world, pod)))
  /** What is to be written on claims; undefined is to be removed. */
  const pending = new Map<string, string | undefined>()
  const mountOf = (path: string) => mounts.find((mount) => path.startsWith(`${mount.path}/`))
  const onClaims = (): Map<string, string> =>
    new Map(
      mounts.flatMap(({ path, volume }) =>
        Object.entries(get(seen.disks, volume) ?? {}).map(([name, text]) => [`${path}/${name}`, text] as const),
      ),
    )
  const all = () => {
    const files = new Map([...own, ...onClaims()])
    for (const [path, text] of pending) {
      if (text === undefined) files.delete(path)
      else files.set(path, text)
    }
    return files
  }
  const { namespace = 'default', name } = pod.metadata
  return {
    read: (path) => all().get(path),
    write: (path, text) => {
      const mount = mountOf(path)
      if (mount?.readOnly) return 'Read-only file system'
      // A folder lies on no volume here: only the files in it do.
      if (mount && !path.endsWith('/.')) pending.set(path, text)
      else own.set(path, text)
      return undefined
    },
    remove: (path) => {
      const mount = mountOf(path)
      if (!mount || path.endsWith('/.')) return own.delete(path)
      if (mount.readOnly || !all().has(path)) return false
      if (onClaims().has(path)) pending.set(path, undefined)
      else pending.delete(path)
      return true
    },
    paths: () => [...new Set([...all().keys(), ...mounts.map(({ path }) => `${path}/.`)])].sort(),
    see: (now) => {
      seen = now
    },
    written: () => {
      const commands = [...pending].map(
        ([path, text]): Command =>
          text === undefined
            ? { type: 'removeFile', namespace, name, path }
            : { type: 'writeFile', namespace, name, path, text },
      )
      pending.clear()
      return commands
    },
  }
}

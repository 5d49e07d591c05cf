/**
 * The volumes of a pod or a template in descriptions.
 * Models: staging/src/k8s.io/kubectl/pkg/describe/describe.go (describeVolumes), v1.36.
 */
import type { Volume } from '../../api/types.ts'
import { NONE, UNSET } from './parts.ts'
import type { DescribeWriter } from './tabs.ts'

interface Named {
  readonly name?: string
  readonly optional?: boolean
}

/** The sources that a volume may have. */
export type AnyVolume = Volume & {
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string }
  readonly hostPath?: { readonly path: string; readonly type?: string }
  readonly configMap?: Named
  readonly secret?: { readonly secretName?: string; readonly optional?: boolean }
  readonly projected?: {
    readonly sources?: readonly {
      readonly serviceAccountToken?: { readonly expirationSeconds?: number }
      readonly configMap?: Named
      readonly secret?: Named
      readonly downwardAPI?: object
    }[]
  }
  readonly downwardAPI?: object
}

type Lines = readonly (readonly [string, string | number | boolean])[]

function projectedLines({ sources = [] }: NonNullable<AnyVolume['projected']>): Lines {
  return [
    ['Type', 'Projected (a volume that contains injected data from multiple sources)'] as const,
    ...sources.flatMap(
      ({ serviceAccountToken, configMap, secret, downwardAPI }): Lines => [
        ...(secret
          ? ([
              ['SecretName', secret.name ?? ''],
              ['Optional', secret.optional ?? false],
            ] as const)
          : []),
        ...(downwardAPI ? ([['DownwardAPI', true]] as const) : []),
        ...(configMap
          ? ([
              ['ConfigMapName', configMap.name ?? ''],
              ['Optional', configMap.optional ?? false],
            ] as const)
          : []),
        ...(serviceAccountToken
          ? ([['TokenExpirationSeconds', serviceAccountToken.expirationSeconds ?? 3600]] as const)
          : []),
      ],
    ),
  ]
}

function linesOf(volume: AnyVolume): Lines {
  const { persistentVolumeClaim, emptyDir, hostPath, configMap, secret, projected } = volume
  if (persistentVolumeClaim)
    return [
      ['Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)'],
      ['ClaimName', persistentVolumeClaim.claimName],
      ['ReadOnly', persistentVolumeClaim.readOnly ?? false],
    ]
  if (emptyDir)
    return [
      ['Type', "EmptyDir (a temporary directory that shares a pod's lifetime)"],
      ['Medium', emptyDir.medium ?? ''],
      ['SizeLimit', emptyDir.sizeLimit ?? UNSET],
    ]
  if (hostPath)
    return [
      ['Type', 'HostPath (bare host directory volume)'],
      ['Path', hostPath.path],
      ['HostPathType', hostPath.type ?? ''],
    ]
  if (configMap)
    return [
      ['Type', 'ConfigMap (a volume populated by a ConfigMap)'],
      ['Name', configMap.name ?? ''],
      ['Optional', configMap.optional ?? false],
    ]
  if (secret)
    return [
      ['Type', 'Secret (a volume populated by a Secret)'],
      ['SecretName', secret.secretName ?? ''],
      ['Optional', secret.optional ?? false],
    ]
  if (projected) return projectedLines(projected)
  if (volume.downwardAPI) return [['Type', 'DownwardAPI (a volume populated by information about the pod)']]
  return [['Type', '<unknown>']]
}

export function volumes(out: DescribeWriter, list: readonly Volume[], indent: string): void {
  if (list.length === 0) {
    out.line(0, `${indent}Volumes:\t${NONE}`)
    return
  }
  out.line(0, `${indent}Volumes:`)
  for (const volume of list) {
    out.line(1, `${indent === '' ? '' : ' '}${volume.name}:`)
    for (const [title, value] of linesOf(volume as AnyVolume)) out.line(2, `${title}:\t${value}`)
  }
}

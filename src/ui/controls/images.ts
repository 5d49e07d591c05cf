/** The images that can be rolled out: good tags of the repository that runs, and three that fail, each in its own way. */
import type { Command, ObjectOf, SetPicture } from '../../sim/index.ts'

/** Every tag but the broken ones is a good image. */
export const GOOD_TAGS = ['v1', 'v2', 'v3'] as const
export const BROKEN_TAGS = ['crash', 'bad', 'never-ready'] as const

/** `registry:5000/a/nginx:v1@sha256:…` → repository `registry:5000/a/nginx`, tag `v1`. */
export function imageParts(image: string): { readonly repository: string; readonly tag: string } {
  const [reference = ''] = image.split('@')
  const colon = reference.indexOf(':', reference.lastIndexOf('/') + 1)
  if (colon < 0) return { repository: reference, tag: 'latest' }
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) }
}

/** The good tags to offer; what runs now is among them unless it is broken. */
export function goodTags(image: string): readonly string[] {
  const { tag } = imageParts(image)
  const known: readonly string[] = [...GOOD_TAGS, ...BROKEN_TAGS]
  return known.includes(tag) ? GOOD_TAGS : [tag, ...GOOD_TAGS]
}

/** The command that brings a tag to the set's first container. */
export function rolledOut(
  { namespace, name }: SetPicture,
  object: ObjectOf<'StatefulSet'>,
  tag: string,
): Command | undefined {
  const [container] = object.spec.template.spec.containers
  if (!container) return undefined
  const image = `${imageParts(container.image).repository}:${tag}`
  const many = object.spec.template.spec.containers.length > 1
  if (tag !== 'never-ready' || container.readinessProbe) {
    return { type: 'setImage', namespace, name, image, ...(many && { container: container.name }) }
  }
  // A container without a probe is Ready as soon as it runs: it needs one to fail.
  const port = container.ports?.[0]?.containerPort ?? 80
  const readinessProbe = { httpGet: { path: '/', port }, periodSeconds: 5 }
  const patch = { spec: { template: { spec: { containers: [{ name: container.name, image, readinessProbe }] } } } }
  return { type: 'patchObject', namespace, name, kind: 'statefulsets', patch }
}

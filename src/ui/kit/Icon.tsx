/** An icon of the Lucide set, in the colour of the words beside it. Without a label it says nothing to a screen reader. */
import type { IconNode } from 'lucide'
import type { SVGAttributes } from 'react'
import { createElement } from 'react'

type IconProps = Pick<SVGAttributes<SVGSVGElement>, 'className' | 'fill' | 'strokeWidth'> & {
  readonly of: IconNode
  /** Width and height in pixels. */
  readonly size: number
  /** What it says where no words stand beside it. */
  readonly label?: string
}

export function Icon({ of, size, label, ...looks }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...looks}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined || undefined}
    >
      {of.map(([tag, attributes]) => createElement(tag, attributes))}
    </svg>
  )
}

/** The name of the page, and its mark: two ordinals that are there, a third to come. */
export function Brand() {
  return (
    <h1 className="brand">
      <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
        <rect x="2" y="11" width="4" height="7" rx="1" fill="var(--accent)" />
        <rect x="8" y="7" width="4" height="11" rx="1" fill="var(--accent)" />
        <rect
          x="14.5"
          y="2.5"
          width="3"
          height="15"
          rx="1"
          fill="none"
          stroke="var(--accent)"
          strokeDasharray="2 1.5"
        />
      </svg>
      <span>Ordinal</span>
    </h1>
  )
}

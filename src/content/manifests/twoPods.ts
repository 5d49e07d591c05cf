/** A namespace that may hold two pods. */
export const twoPods = `apiVersion: v1
kind: ResourceQuota
metadata:
  name: two-pods
spec:
  hard:
    pods: "2"
`

/** A disruption budget that asks for all three pods of the nginx set: no eviction is ever allowed. */
export const strictBudget = `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  minAvailable: 3
  selector:
    matchLabels:
      app: nginx
`

/** A door of its own for each server of the ensemble: a NodePort Service that selects one pod by its name. */
export const zookeeperOutside = `apiVersion: v1
kind: Service
metadata:
  name: zk-0
spec:
  type: NodePort
  ports:
  - port: 2181
    name: client
    nodePort: 31690
  selector:
    statefulset.kubernetes.io/pod-name: zk-0
---
apiVersion: v1
kind: Service
metadata:
  name: zk-1
spec:
  type: NodePort
  ports:
  - port: 2181
    name: client
    nodePort: 31691
  selector:
    statefulset.kubernetes.io/pod-name: zk-1
`

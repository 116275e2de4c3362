{{/*
What the operator may do in a namespace that it looks after: each verb is one that it really uses, api-calls.txt has the list with the reasons, and tests hold both together.
Nothing on Secrets but reading, no exec, no roles.
*/}}
{{- define "ristflow.namespaceRules" -}}
- apiGroups: [ristflow.io]
  resources: [ristflows]
  verbs: [list, watch]
- apiGroups: [ristflow.io]
  resources: [ristflows/status]
  verbs: [patch]
# What a RistFlow is made of. Server-side apply is patch, and create for what is not there yet; what goes with its RistFlow is the garbage collector's.
- apiGroups: [""]
  resources: [configmaps, serviceaccounts]
  verbs: [get, list, watch, create, patch]
- apiGroups: [apps]
  resources: [deployments, statefulsets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch]
- apiGroups: [monitoring.coreos.com]
  resources: [servicemonitors]
  verbs: [get, list, watch, create, patch]
# Exposure and allowed sources may be taken away from a RistFlow.
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
# Their status, the annotation that makes a kubelet look at a changed document at once, and the end of those that are being deleted and have ended.
- apiGroups: [""]
  resources: [pods]
  verbs: [list, watch, patch, delete]
# Whether a Secret and its key are there, and when it changes.
- apiGroups: [""]
  resources: [secrets]
  verbs: [list, watch]
- apiGroups: [""]
  resources: [events]
  verbs: [list, create, patch]
{{- end }}

{{/* The lease, in the operator's own namespace. */}}
{{- define "ristflow.ownRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create]
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [{{ include "ristflow.operator" . }}]
  verbs: [get, patch]
{{- end }}

{{- define "ristflow.nodeRules" -}}
- apiGroups: [""]
  resources: [nodes]
  verbs: [get]
{{- end }}

{{- define "ristflow.subject" -}}
- kind: ServiceAccount
  name: {{ include "ristflow.serviceAccount" . }}
  namespace: {{ .Release.Namespace }}
{{- end }}

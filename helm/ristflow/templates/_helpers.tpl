{{/* Names: release "ristflow" makes ristflow-operator, release "live" makes live-ristflow-operator. */}}
{{- define "ristflow.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "ristflow.fullname" -}}
{{- $name := include "ristflow.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "ristflow.operator" -}}
{{ include "ristflow.fullname" . }}-operator
{{- end }}

{{/* Cluster-wide things carry the namespace too, so that releases of one name in two namespaces do not meet. */}}
{{- define "ristflow.clusterName" -}}
{{ printf "%s-%s" .Release.Namespace (include "ristflow.operator" .) }}
{{- end }}

{{- define "ristflow.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "ristflow.operator" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "ristflow.selectorLabels" -}}
app.kubernetes.io/name: {{ include "ristflow.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/component: operator
{{- end }}

{{/* metadata's labels and annotations. Argument: list of the root, further labels, further annotations. */}}
{{- define "ristflow.metadata" -}}
{{- $root := index . 0 }}
{{- $own := include "ristflow.selectorLabels" $root | fromYaml }}
{{- $told := dict "app.kubernetes.io/version" $root.Chart.AppVersion "app.kubernetes.io/part-of" "ristflow" "app.kubernetes.io/managed-by" $root.Release.Service "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") }}
labels:
  {{- toYaml (merge (dict) $own (index . 1) $root.Values.commonLabels $told) | nindent 2 }}
{{- with merge (dict) (index . 2) $root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* repository:tag, or repository@digest. Argument: list of the root and of an image's values. */}}
{{- define "ristflow.image" -}}
{{- $image := index . 1 }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository (default (index . 0).Chart.AppVersion $image.tag) }}
{{- end }}
{{- end }}

{{/* Takes the CEL rules out of a schema, in place: API servers before 1.23 refuse the field. */}}
{{- define "ristflow.withoutRules" -}}
{{- if kindIs "map" . }}
{{- $_ := unset . "x-kubernetes-validations" }}
{{- range . }}{{ include "ristflow.withoutRules" . }}{{ end }}
{{- else if kindIs "slice" . }}
{{- range . }}{{ include "ristflow.withoutRules" . }}{{ end }}
{{- end }}
{{- end }}

{{- define "sallyport.labels" -}}
app.kubernetes.io/name: sallyport
{{- end }}

{{- /* Where further rules come from, and the keys that they must be signed by. */ -}}
{{- define "sallyport.bundle" -}}
- --bundle-state=/var/lib/sallyport
{{- if ne .Values.bundle.source "builtin" }}
- {{ printf "--bundle=%s" .Values.bundle.source | quote }}
{{- end }}
{{- range $id, $key := .Values.bundle.keys }}
- --bundle-key={{ $id }}=/etc/sallyport/bundle-{{ $id }}.pem
{{- end }}
{{- end }}

{{- define "sallyport.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}@{{ .Values.image.digest }}
{{- end }}

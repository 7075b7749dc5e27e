#!/usr/bin/env bash
set -euo pipefail
envsubst < /etc/app.tmpl > /etc/app.conf
# Start supervisord
exec /usr/bin/supervisord -n -c /etc/supervisord.conf "$@" \
  --user=root 2>&1

#!/usr/bin/env bash
set -euo pipefail
envsubst < /etc/app.tmpl > /etc/app.conf
# Start supervisord
exec /init 2>&1

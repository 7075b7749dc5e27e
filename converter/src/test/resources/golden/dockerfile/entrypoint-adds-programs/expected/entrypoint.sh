#!/bin/sh
set -e
if [ -n "$WORKER" ]; then
cat >> /etc/supervisor/conf.d/app.conf <<EOF
[program:worker]
command=worker
EOF
fi
exec /init

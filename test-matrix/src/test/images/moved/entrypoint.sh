#!/bin/sh
set -e
if [ "$1" = /usr/bin/supervisord ]; then
  echo "prepared by the entrypoint" >/srv/prepared
fi
exec "$@"

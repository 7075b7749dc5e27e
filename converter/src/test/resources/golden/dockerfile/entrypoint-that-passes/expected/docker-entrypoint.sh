#!/bin/sh
set -e

if [ "$1" = /init ]; then
  echo "preparing" # for supervisord
  ./migrate
fi

exec "$@"

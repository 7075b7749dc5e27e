#!/bin/sh -eu
if [ "$*" = /init ]; then
  migrate
fi
exec "$@"

#!/bin/sh
setup
if [ $# -eq 0 ]; then set -- /init; fi
exec "$@"

#!/bin/sh
set -e
sed -i "s/{{ PORT }}/$PORT/" /etc/supervisor/conf.d/app.conf
exec /init

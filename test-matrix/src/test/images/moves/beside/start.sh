#!/bin/sh
supervisord -c /etc/supervisor/supervisord.conf
exec /opt/worker main

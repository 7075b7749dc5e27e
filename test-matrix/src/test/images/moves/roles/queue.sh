#!/bin/sh
umask 027
echo "queues: $QUEUES"
supervisord -n -c /etc/supervisor/conf.d/queues.conf

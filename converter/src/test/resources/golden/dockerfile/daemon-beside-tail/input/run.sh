#!/bin/bash
supervisord -c /etc/supervisord.conf
tail -f /var/log/app.log

package dev.pintle.init.core;

import dev.pintle.layout.text.WordTable;
import java.util.List;

/**
 * Programs that go into the background by default, and how each is kept in the foreground. What supervises them takes the
 * end of the process that it has started for theirs.
 */
final class Daemons {

    private static final String KNOWN = """
            nginx openresty tengine: nginx -g 'daemon off;'
            apache2 httpd apachectl apache2ctl: NAME -D FOREGROUND
            php-fpm: php-fpm --nodaemonize
            redis-server valkey-server keydb-server: NAME --daemonize no
            memcached: memcached without -d
            mongod mongos: NAME without --fork
            mysqld_safe: mysqld in its place
            pg_ctl pg_ctlcluster: postgres -D DIRECTORY in its place
            sshd: sshd -D -e
            cron: cron -f
            crond: crond -f (busybox), crond -n (cronie)
            rsyslogd: rsyslogd -n
            syslogd klogd: NAME -n
            syslog-ng: syslog-ng -F
            haproxy: haproxy -db, or -W
            keepalived: keepalived -n -l
            named: named -f, or -g
            unbound: unbound -d
            dnsmasq: dnsmasq -k
            pdns_server: pdns_server --daemon=no
            postfix: postfix start-fg
            exim exim4: NAME -bdf -q30m
            dovecot: dovecot -F
            opendkim opendmarc: NAME -f
            spamd: spamd without -d
            clamd: clamd --foreground
            varnishd: varnishd -F
            squid: squid -N
            lighttpd: lighttpd -D -f FILE
            uwsgi: uwsgi without --daemonize
            gunicorn: gunicorn without --daemon
            celery: celery worker in place of celery multi
            vsftpd: vsftpd with background=NO
            proftpd: proftpd --nodaemon
            pure-ftpd: pure-ftpd without -B
            smbd nmbd winbindd: NAME --foreground --no-process-group
            slapd: slapd -d 0
            ntpd: ntpd -n
            chronyd: chronyd -d
            snmpd: snmpd -f
            stunnel: stunnel with foreground = yes
            openvpn: openvpn without --daemon
            dbus-daemon: dbus-daemon --nofork
            pm2: pm2-runtime
            supervisord: supervisord --nodaemon
            zabbix_agentd zabbix_server zabbix_proxy: NAME -f
            rabbitmq-server: rabbitmq-server without -detached
            catalina.sh startup.sh: catalina.sh run
            """;

    private Daemons() {}

    /** How to keep the program of a command in the foreground, as one would write it; empty where we do not know it. */
    static String foreground(List<String> command) {
        for (int i = 0; i < command.size() && i < 3; i++) {
            String word = command.get(i);
            String name = word.substring(word.lastIndexOf('/') + 1);
            String unversioned = withoutVersion(name);
            String known = WordTable.find(KNOWN, unversioned);
            if (known != null) {
                return WordTable.fill(known, unversioned);
            }
        }
        return "";
    }

    /** {@code php-fpm} of {@code php-fpm8.2}. */
    private static String withoutVersion(String name) {
        int end = name.length();
        while (end > 0
                && (name.charAt(end - 1) == '.' || (name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9'))) {
            end--;
        }
        // apache2 is one program, and so is varnishd.
        return end == 0 || name.equals("apache2") ? name : name.substring(0, end);
    }
}

package dev.pintle.init.core;

import java.util.List;

/**
 * Programs that go into the background by default, and how each is kept in the foreground. What supervises them takes the
 * end of the process that it has started for theirs.
 */
final class Daemons {

    private Daemons() {}

    /** How to keep the program of a command in the foreground, as one would write it; empty where we do not know it. */
    static String foreground(List<String> command) {
        for (int i = 0; i < command.size() && i < 3; i++) {
            String word = command.get(i);
            String name = word.substring(word.lastIndexOf('/') + 1);
            String known = known(withoutVersion(name));
            if (!known.isEmpty()) {
                return known;
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

    private static String known(String name) {
        return switch (name) {
            case "nginx", "openresty", "tengine" -> "nginx -g 'daemon off;'";
            case "apache2", "httpd", "apachectl", "apache2ctl" -> name + " -D FOREGROUND";
            case "php-fpm" -> "php-fpm --nodaemonize";
            case "redis-server", "valkey-server", "keydb-server" -> name + " --daemonize no";
            case "memcached" -> "memcached without -d";
            case "mongod", "mongos" -> name + " without --fork";
            case "mysqld_safe" -> "mysqld in its place";
            case "pg_ctl", "pg_ctlcluster" -> "postgres -D DIRECTORY in its place";
            case "sshd" -> "sshd -D -e";
            case "cron" -> "cron -f";
            case "crond" -> "crond -f (busybox), crond -n (cronie)";
            case "fcron" -> "fcron -f";
            case "atd" -> "atd -f";
            case "rsyslogd" -> "rsyslogd -n";
            case "syslogd", "klogd" -> name + " -n";
            case "syslog-ng" -> "syslog-ng -F";
            case "haproxy" -> "haproxy -db, or -W";
            case "keepalived" -> "keepalived -n -l";
            case "named" -> "named -f, or -g";
            case "unbound" -> "unbound -d";
            case "dnsmasq" -> "dnsmasq -k";
            case "pdns_server" -> "pdns_server --daemon=no";
            case "postfix" -> "postfix start-fg";
            case "exim", "exim4" -> name + " -bdf -q30m";
            case "dovecot" -> "dovecot -F";
            case "opendkim", "opendmarc" -> name + " -f";
            case "spamd" -> "spamd without -d";
            case "clamd" -> "clamd --foreground";
            case "freshclam" -> "freshclam -d --foreground";
            case "varnishd" -> "varnishd -F";
            case "squid" -> "squid -N";
            case "lighttpd" -> "lighttpd -D -f FILE";
            case "uwsgi" -> "uwsgi without --daemonize";
            case "gunicorn" -> "gunicorn without --daemon";
            case "celery" -> "celery worker in place of celery multi";
            case "vsftpd" -> "vsftpd with background=NO";
            case "proftpd" -> "proftpd --nodaemon";
            case "pure-ftpd" -> "pure-ftpd without -B";
            case "smbd", "nmbd", "winbindd" -> name + " --foreground --no-process-group";
            case "slapd" -> "slapd -d 0";
            case "ntpd" -> "ntpd -n";
            case "chronyd" -> "chronyd -d";
            case "snmpd" -> "snmpd -f";
            case "stunnel" -> "stunnel with foreground = yes";
            case "openvpn" -> "openvpn without --daemon";
            case "dbus-daemon" -> "dbus-daemon --nofork";
            case "avahi-daemon" -> "avahi-daemon without -D";
            case "pm2" -> "pm2-runtime";
            case "supervisord" -> "supervisord --nodaemon";
            case "zabbix_agentd", "zabbix_server", "zabbix_proxy" -> name + " -f";
            case "rabbitmq-server" -> "rabbitmq-server without -detached";
            case "catalina.sh", "startup.sh" -> "catalina.sh run";
            case "rpcbind" -> "rpcbind -f";
            case "inetd", "xinetd" -> name + " -dontfork, or -f";
            default -> "";
        };
    }
}

"""Prints what supervisord's own parser makes of configurations.

usage: original_parser.py HOST FILE...

One line of JSON for each file: the model, or {"error": MESSAGE}. What depends on the machine is left out of it: users and
groups are taken to exist where their names are possible, directories are taken to exist, paths are left as they are, plug-ins
are not imported, and the host is called HOST. The environment is the one that the caller gives.
"""

import io
import json
import os
import re
import shlex
import signal
import socket
import sys
import warnings

warnings.simplefilter('ignore')

from supervisor import datatypes, options  # noqa: E402

MOST_PROCESSES = 1000
# Beyond what a reader of JSON in Java takes for a number.
LARGEST = 1 << 62


def account(name):
    """A name that a user or group can have."""
    if not re.fullmatch('[^:\n]+', name):
        raise ValueError('Invalid name %s' % name)
    return name


def owner(names):
    for name in names.split(':', 1):
        account(name)
    return names


def user(name):
    """The supervisord that is written in Go takes a group here, too; whoever converts may come from there."""
    return owner(name)


def few(first, last):
    if last - first > MOST_PROCESSES:
        raise ValueError('more than %d processes' % MOST_PROCESSES)
    return range(first, last)


def normalized(path):
    """A relative one depends on where supervisord runs; two slashes at the beginning are one on Linux."""
    return '/' + os.path.normpath(path).lstrip('/') if path.startswith('/') else path


def same(value):
    return value


def leave_the_machine_out(host):
    options.range = few
    options.platform.node = lambda: host
    options.Options.import_spec = lambda self, spec: spec
    options.poller.Poller = lambda opts: None
    for module in (options, datatypes):
        module.name_to_uid = user
        module.gid_for_uid = same
        module.colon_separated_user_group = owner
        module.existing_directory = module.existing_dirpath = same
    options.normalize_path = normalized


def logfile(value):
    # One without a name is none.
    return 'AUTO' if value is datatypes.Automatic else value or None


def restart(value):
    return 'unexpected' if value is datatypes.RestartWhenExitUnexpected else value is datatypes.RestartUnconditionally


def argv(command):
    try:
        return shlex.split(command)
    except ValueError:
        return []


def process(config):
    names = ('name', 'command', 'directory', 'uid', 'umask', 'serverurl', 'redirect_stderr', 'autostart', 'priority',
             'startretries', 'startsecs', 'stopwaitsecs', 'stopasgroup', 'killasgroup')
    out = {name: getattr(config, name) for name in names}
    out['argv'] = argv(config.command)
    out['autorestart'] = restart(config.autorestart)
    out['environment'] = dict(config.environment)
    out['exitcodes'] = list(config.exitcodes)
    out['stopsignal'] = signal.Signals(int(config.stopsignal)).name if config.stopsignal else 0
    for stream in ('stdout', 'stderr'):
        out[stream + '_logfile'] = logfile(getattr(config, stream + '_logfile'))
        for key in ('logfile_maxbytes', 'logfile_backups', 'capture_maxbytes', 'events_enabled', 'syslog'):
            out[stream + '_' + key] = getattr(config, stream + '_' + key)
    return out


def event(wanted):
    from supervisor.events import EventTypes
    return [name for name, kind in vars(EventTypes).items() if kind is wanted][0]


def group(config):
    out = {'name': config.name, 'priority': config.priority, 'type': type(config).__name__,
           'processes': [process(each) for each in config.process_configs]}
    if isinstance(config, options.EventListenerPoolConfig):
        out.update(buffer_size=config.buffer_size, events=sorted(event(each) for each in config.pool_events))
    if isinstance(config, options.FastCGIGroupConfig):
        listening = config.socket_config
        # The owner that is not given is the program's user, which has to be looked up.
        given = getattr(listening, 'owner', None)
        out.update(socket=listening.url, socket_owner=given if isinstance(given, str) else None,
                   socket_mode=getattr(listening, 'mode', None), backlog=listening.backlog)
    return out


def server(config):
    return {key: str(int(value)) if isinstance(value, socket.AddressFamily) else str(value)
            for key, value in config.items()}


def settings(section):
    names = ('childlogdir', 'directory', 'environment', 'identifier', 'logfile', 'logfile_backups', 'logfile_maxbytes',
             'loglevel', 'minfds', 'minprocs', 'nocleanup', 'nodaemon', 'pidfile', 'silent', 'strip_ansi', 'umask', 'user')
    return {name: getattr(section, name) for name in names}


def printable(value):
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, list):
        return [printable(each) for each in value]
    return str(value) if isinstance(value, int) and abs(value) >= LARGEST else value


def parse(path):
    opts = options.ServerOptions()
    opts.stderr = opts.stdout = io.StringIO()
    try:
        # Not ServerOptions.realize: that looks up users.
        options.Options.realize(opts, ['-c', path])
        section = opts.configroot.supervisord
        if section.user is not None:
            user(section.user)
        return printable({
            'supervisord': settings(section),
            'groups': [group(each) for each in section.process_group_configs],
            'servers': [server(each) for each in section.server_configs],
            'warnings': opts.parse_warnings,
        })
    except SystemExit:
        return {'error': opts.stderr.getvalue()}
    except Exception as problem:  # What is not foreseen ends supervisord too.
        return {'error': repr(problem)}


if __name__ == '__main__':
    leave_the_machine_out(sys.argv[1])
    for path in sys.argv[2:]:
        print(json.dumps(parse(path)), flush=True)

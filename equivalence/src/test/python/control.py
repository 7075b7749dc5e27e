"""Controls a supervisor by a script of commands, and writes down what each printed or returned and ended with.

usage: control.py WAY OUTPUT    WAY is ctl:PROGRAM[ OPTIONS], or rpc:URL
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import http.client
import xmlrpc.client

WAITING = 0.1
PATIENCE = 30
# How many of the test's programs start by themselves.
AUTOSTARTED = 9

PROCESS = re.compile(r"pid \d+, uptime [0-9:]+")
DATE = re.compile(r"[A-Z][a-z][a-z] \d\d \d\d:\d\d [AP]M")
# What differs from run to run, and what says of the program itself how it is made.
OWN = {"start", "stop", "now", "pid"}

# Each is a command of supervisorctl; "~WORD" waits until it prints that, and "!" edits.
COMMANDS = """
version
pid nosuch
pid
status
status solo
status g:*
status g:a many:many_00
status nosuch
status nosuch:*
status g:nosuch
status all
status idle solo nosuch
avail
start
start solo
start nosuch
start nosuch:*
start idle
status idle
start idle
stop idle
status idle
stop idle
stop
stop nosuch
stop nosuch:*
start missing
start notexecutable
start quick
~FATAL status quick
start quick
~FATAL status quick
stop quick
start job
~EXITED status job
start g:a
stop g:*
status g:*
start g:*
start g:a g:b
stop g:a solo
status
start solo g:a
restart solo
restart g:*
restart
restart nosuch
restart idle
stop idle
signal
signal HUP
signal HUP solo
signal NOSUCH solo
signal SIGUSR1 loud
signal 10 loud
signal HUP nosuch
signal HUP nosuch:*
signal HUP idle
signal HUP g:*
signal NOSUCH g:*
tail
tail a b c d
tail loud
tail -10 loud
tail loud stdout
tail loud stderr
tail loud other
tail -x loud
tail nosuch
tail silent
tail -100
maintail -x
maintail x
maintail -f -f
clear
clear loud
tail loud
clear nosuch
clear solo
stop many:*
start many:*
stop all
status
start all
status solo
clear all
reread
reread x
update
update nosuch
add
add nosuch
add solo
remove nosuch
remove solo
reload x
shutdown x
avail x
version x
fg
fg nosuch
fg missing
open ftp://localhost
nosuch
stop stubborn
status stubborn
pid stubborn
pid solo nosuch
start stubborn
stop solo
remove solo
add solo
~RUNNING status solo
!touch-more
reread
update
~RUNNING status more
!touch-less
reread
update
status more
"""


def normalised(text):
    text = PROCESS.sub("pid P, uptime T", text)
    return DATE.sub("DATE", text)


def edit(what):
    """A program comes, and goes: the file of each supervisor is there already, under another name."""
    subprocess.run(["/equivalence-edit", what], check=True)


class Ctl:
    """supervisorctl, as a program."""

    def __init__(self, words):
        self.words = words

    def once(self, line):
        done = subprocess.run(
            self.words + line.split(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        lines = normalised(done.stdout).splitlines()
        if " all" in line or line.endswith(":*"):
            # They end in any order.
            lines.sort()
        if lines and lines[0].startswith(("Error: ", "ERROR: no process name")):
            # Its help follows, in other words.
            lines = lines[:1]
        if line.startswith("pid"):
            lines = ["P" if line.isdigit() and line != "0" else line for line in lines]
        if line == "version":
            lines = ["V"] if re.fullmatch(r"\d\.\d\.\d\n", done.stdout) else lines
        return "%d %s" % (done.returncode, "|".join(line.rstrip() for line in lines))

    def run(self, line):
        if line[0] == "!":
            edit(line[1:])
            return "edited"
        if line[0] != "~":
            return self.once(line)
        wanted, rest = line[1:].split(" ", 1)
        end = time.time() + PATIENCE
        while wanted not in self.once(rest) and time.time() < end:
            time.sleep(WAITING)
        return self.once(rest)


def settle(running):
    """Waits until all that starts by itself has been up for a second."""
    end = time.time() + PATIENCE
    while running() < AUTOSTARTED and time.time() < end:
        time.sleep(WAITING)


def commands(words):
    ctl = Ctl(words)
    settle(lambda: ctl.once("status").count("RUNNING"))
    return [[line, ctl.run(line)] for line in COMMANDS.split("\n") if line]


class UnixTransport(xmlrpc.client.Transport):
    def __init__(self, path):
        super().__init__()
        self.path = path

    def make_connection(self, host):
        connection = http.client.HTTPConnection("localhost")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(self.path)
        return connection


def server(url):
    if url.startswith("unix://"):
        return xmlrpc.client.ServerProxy("http://localhost", transport=UnixTransport(url[7:]))
    return xmlrpc.client.ServerProxy(url)


def plain(value):
    if isinstance(value, dict):
        return {key: "?" if key in OWN and item else plain(item) for key, item in sorted(value.items())}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, xmlrpc.client.Binary):
        return plain(value.data.decode())
    return normalised(value) if isinstance(value, str) else value


def ordered(value):
    """What came of several processes, which end in any order."""
    return sorted(value, key=lambda item: (item["group"], item["name"])) if isinstance(value, list) else value


CALLS = [
    ["supervisor.getAPIVersion"],
    ["supervisor.getVersion"],
    ["supervisor.getIdentification"],
    ["supervisor.getState"],
    ["supervisor.getAllProcessInfo"],
    ["supervisor.getProcessInfo", "solo"],
    ["supervisor.getProcessInfo", "g:a"],
    ["supervisor.getProcessInfo", "many:many_01"],
    ["supervisor.getProcessInfo", "g:*"],
    ["supervisor.getProcessInfo", "nosuch"],
    ["supervisor.getProcessInfo", "g:nosuch"],
    ["supervisor.getProcessInfo"],
    ["supervisor.getProcessInfo", "a", "b"],
    ["supervisor.nosuch"],
    ["nosuch.getState"],
    ["getState"],
    ["supervisor._update", "x"],
    ["supervisor.startProcess", "idle"],
    ["supervisor.startProcess", "idle"],
    ["supervisor.stopProcess", "idle"],
    ["supervisor.stopProcess", "idle"],
    ["supervisor.startProcess", "idle", False],
    ["supervisor.stopProcess", "idle", False],
    ["supervisor.startProcess", "missing"],
    ["supervisor.startProcess", "notexecutable"],
    ["supervisor.startProcess", "quick"],
    ["supervisor.startProcess", "nosuch"],
    ["supervisor.startProcess", "nosuch:*"],
    ["supervisor.startProcess", "g:*"],
    ["supervisor.stopProcess", "g:*"],
    ["supervisor.startProcessGroup", "g"],
    ["supervisor.startProcessGroup", "nosuch"],
    ["supervisor.stopProcessGroup", "g"],
    ["supervisor.stopProcessGroup", "nosuch"],
    ["supervisor.startProcessGroup", "g", True],
    ["supervisor.stopProcessGroup", "many"],
    ["supervisor.startProcessGroup", "many"],
    ["supervisor.signalProcess", "solo", "HUP"],
    ["supervisor.signalProcess", "loud", 10],
    ["supervisor.signalProcess", "solo", "NOSUCH"],
    ["supervisor.signalProcess", "idle", "HUP"],
    ["supervisor.signalProcess", "nosuch", "HUP"],
    ["supervisor.signalProcess", "g:*", "HUP"],
    ["supervisor.signalProcessGroup", "g", "HUP"],
    ["supervisor.signalProcessGroup", "nosuch", "HUP"],
    ["supervisor.signalProcessGroup", "g", "NOSUCH"],
    ["supervisor.readProcessStdoutLog", "loud", 0, 0],
    ["supervisor.readProcessLog", "loud", 2, 5],
    ["supervisor.readProcessStdoutLog", "loud", -6, 0],
    ["supervisor.readProcessStdoutLog", "loud", -6, 1],
    ["supervisor.readProcessStdoutLog", "loud", 0, -1],
    ["supervisor.readProcessStdoutLog", "loud", 999, 9],
    ["supervisor.readProcessStderrLog", "loud", 0, 0],
    ["supervisor.readProcessStderrLog", "silent", 0, 0],
    ["supervisor.readProcessStdoutLog", "nosuch", 0, 0],
    ["supervisor.readProcessStdoutLog", "g:*", 0, 0],
    ["supervisor.tailProcessStdoutLog", "loud", 0, 5],
    ["supervisor.tailProcessStdoutLog", "loud", 0, 100],
    ["supervisor.tailProcessLog", "loud", 4, 100],
    ["supervisor.tailProcessLog", "loud", 0, 0],
    ["supervisor.tailProcessStderrLog", "loud", 0, 100],
    ["supervisor.tailProcessStdoutLog", "silent", 0, 100],
    ["supervisor.tailProcessStdoutLog", "nosuch", 0, 100],
    ["supervisor.sendProcessStdin", "echo", "h\u00e9llo <&>\n"],
    ["~supervisor.readProcessStdoutLog", "echo", 0, 0],
    ["supervisor.sendProcessStdin", "idle", "x"],
    ["supervisor.sendProcessStdin", "nosuch", "x"],
    ["supervisor.sendProcessStdin", "echo", 1],
    ["supervisor.clearProcessLogs", "loud"],
    ["supervisor.readProcessStdoutLog", "loud", 0, 0],
    ["supervisor.clearProcessLog", "nosuch"],
    ["supervisor.clearAllProcessLogs"],
    ["supervisor.sendRemoteCommEvent", "a", "b"],
    ["supervisor.reloadConfig"],
    ["supervisor.addProcessGroup", "solo"],
    ["supervisor.addProcessGroup", "nosuch"],
    ["supervisor.removeProcessGroup", "solo"],
    ["supervisor.removeProcessGroup", "nosuch"],
    ["supervisor.stopAllProcesses"],
    ["supervisor.getAllProcessInfo"],
    ["supervisor.startAllProcesses"],
    ["supervisor.signalAllProcesses", "NOSUCH"],
    ["system.listMethods"],
    ["system.methodSignature", "supervisor.startProcess"],
    ["system.methodSignature", "supervisor.nosuch"],
    ["system.methodHelp", "nosuch"],
    ["system.multicall", [{"methodName": "supervisor.getState"}, {"methodName": "supervisor.stopProcess", "params": ["solo"]},
                          {"methodName": "supervisor.startProcess", "params": ["solo"]}, {"methodName": "supervisor.nosuch"},
                          {"methodName": "system.multicall", "params": [[]]}, {"params": []},
                          {"methodName": "supervisor.getProcessInfo", "params": ["nosuch"]}]],
]

BODIES = {
    "untyped": "<methodCall><methodName>supervisor.getProcessInfo</methodName><params><param><value>nosuch</value></param></params></methodCall>",
    "malformed": "<methodCall><methodName>supervisor.getState</methodName>",
    "empty": "",
    "no name": "<methodCall><params/></methodCall>",
    "no parameters": "<methodCall><methodName>supervisor.getState</methodName></methodCall>",
    "entities": "<methodCall><methodName>supervisor.getProcessInfo</methodName><params><param><value><string>&lt;&#233;&gt;</string></value></param></params></methodCall>",
}


def post(url, body):
    if url.startswith("unix://"):
        connection = UnixTransport(url[7:]).make_connection("localhost")
        headers = {}
    else:
        host, headers, _ = xmlrpc.client.Transport().get_host_info(url.split("//")[1])
        connection = http.client.HTTPConnection(host)
        headers = dict(headers)
    headers["Content-Type"] = "text/xml"
    connection.request("POST", "/RPC2", body.encode(), headers)
    response = connection.getresponse()
    text = response.read().decode()
    return "%d %s" % (response.status, text if response.status == 200 else "")


def one(proxy, call):
    method = call[0].lstrip("~")
    try:
        value = plain(getattr(proxy, method)(*call[1:]))
        return ordered(value) if "Group" in method or "All" in method or ":*" in str(call) else value
    except xmlrpc.client.Fault as e:
        return "fault %d %s" % (e.faultCode, e.faultString)
    except xmlrpc.client.ProtocolError as e:
        return "error %d" % e.errcode


def running(proxy):
    try:
        return [info["statename"] for info in proxy.supervisor.getAllProcessInfo()].count("RUNNING")
    except (OSError, xmlrpc.client.Error):
        return 0


def calls(url):
    proxy = server(url)
    settle(lambda: running(proxy))
    results = []
    for call in CALLS:
        value = one(proxy, call)
        end = time.time() + PATIENCE
        while call[0][0] == "~" and value == "" and time.time() < end:
            time.sleep(WAITING)
            value = one(proxy, call)
        results.append([json.dumps(call), json.dumps(value)])
    for method in proxy.system.listMethods():
        if method != "system.multicall":
            results.append(["signature of " + method, json.dumps(one(proxy, ["system.methodSignature", method]))])
    for name, body in BODIES.items():
        results.append([name, post(url, body)])
    if "@" in url:
        name, password = "u:", "u:wrong"
        results.append(["no password", json.dumps(one(server(url.replace("u:p@", "")), ["supervisor.getState"]))])
        results.append(["wrong password", json.dumps(one(server(url.replace("u:p@", "u:wrong@")), ["supervisor.getState"]))])
    return results


def main():
    way, output = sys.argv[1:]
    kind, rest = way.split(":", 1)
    results = commands(rest.split()) if kind == "ctl" else calls(rest)
    with open(output + ".new", "w") as file:
        for what, result in results:
            file.write("%s => %s\n" % (what, result))
    os.rename(output + ".new", output)


main()

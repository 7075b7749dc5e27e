#!/bin/sh
# What the benchmarks share: the peers, their installation, their directories of services, and how each is called.
# To be sourced, with the repository's root as working directory.

peers="supervisord s6-svscan runsvdir tini"
work=$(mktemp -d "${TMPDIR:-/tmp}/pintle-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

note() { printf 'bench: %s\n' "$*" >&2; }
fail() {
  note "$*"
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

package_of() {
  case $1 in
    supervisord) echo supervisor ;;
    s6-svscan) echo s6 ;;
    runsvdir) echo runit ;;
    *) echo "$1" ;;
  esac
}

# Builds what is to run.
build() {
  [ "$(id -u)" -eq 0 ] || fail "needs root: each supervisor is run as PID 1 of a pid namespace"
  binary=init/target/native/pintle
  [ -x "$binary" ] || mvn -B -ntp -q -pl init -am package -DskipTests
  # A copy: a build may replace it meanwhile.
  cp "$binary" "$work/init"
  ln -s init "$work/pintle"
  compiler=musl-gcc
  have musl-gcc || compiler=gcc
  $compiler -Os -static -s bench/service.c -o "$work/service"
  gcc -O2 bench/measure.c -o "$work/measure"
  gcc -O2 bench/soak.c -o "$work/soak"
}

# Leaves in $supervisors those that can be compared.
find_supervisors() {
  supervisors=pintle
  for peer in $peers; do
    if install_peer "$peer"; then
      supervisors="$supervisors $peer"
    else
      note "left out, as it is not installed: $peer"
    fi
  done
}

# Runlevel 1, so that installing supervisor does not start it.
install_peer() {
  have "$1" && return
  have apt-get || return 1
  note "installing $(package_of "$1")"
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends "$(package_of "$1")" >/dev/null 2>&1 && have "$1"
}

# lay_out SUPERVISOR N: makes $place anew, with N services that execute $work/service. No shell stands between a
# supervisor and its services, as run scripts would have it: only the supervisors are compared.
lay_out() {
  place=$work/layouts/$1
  rm -rf "$place"
  mkdir -p "$place/services"
  [ "$1" != supervisord ] || supervisord_head >"$place/supervisord.conf"
  number=0
  while [ "$number" -lt "$2" ]; do
    number=$((number + 1))
    service=$place/services/s$number
    case $1 in
      pintle)
        mkdir "$service"
        printf 'command = %s\n%b' "$work/service" "${pintle_settings:-}" >"$service/service.conf"
        ;;
      s6-svscan | runsvdir)
        mkdir "$service"
        ln -s "$work/service" "$service/run"
        ;;
      supervisord)
        printf '[program:s%s]\ncommand=%s\n' "$number" "$work/service" >>"$place/supervisord.conf"
        printf 'redirect_stderr=true\nstdout_logfile=/dev/stdout\nstdout_logfile_maxbytes=0\n' \
          >>"$place/supervisord.conf"
        ;;
    esac
  done
  # As old as in an image: runsvdir waits a second where its directory has just been changed.
  touch -t 202001010000 "$place/services"
}

supervisord_head() {
  cat <<END
[supervisord]
nodaemon=true
user=root
logfile=/dev/null
logfile_maxbytes=0
pidfile=$place/pid
[unix_http_server]
file=$place/sock
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
END
}

# measure WHAT SUPERVISOR SERVICES ARGUMENT…: lays out so many services, and prints what bench/measure.c prints; or what
# bench/soak.c prints, with harness=soak.
measure() {
  what=$1
  who=$2
  lay_out "$who" "$3"
  shift 3
  set -- "$work/${harness:-measure}" "$what" "$@"
  case $who in
    pintle) set -- PINTLE_DIR="$place" PINTLE_CONTROL="$place/control" PINTLE_LOG_LEVEL=error "$@" "$work/init" ;;
    supervisord) set -- "$@" supervisord -c "$place/supervisord.conf" ;;
    s6-svscan) set -- "$@" s6-svscan "$place/services" ;;
    runsvdir) set -- "$@" runsvdir -P "$place/services" ;;
    tini) set -- "$@" tini -- "$work/service" ;;
  esac
  # The few variables that a container has, on every machine: a supervisor hands all of them to each service.
  set -- env -i PATH="$PATH" HOME=/root HOSTNAME=bench ${BENCH_ENDS:+"BENCH_ENDS=$BENCH_ENDS"} "$@"
  if ! "$@" 2>"$work/$who.messages"; then
    tail -n 5 "$work/$who.messages" >&2
    fail "cannot measure $who"
  fi
}

# The machine, in one line.
machine() {
  cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  memory=$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)
  system=$(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release)
  printf '%s x %s, %s, Linux %s, %s, load %s\n' "$(nproc)" "${cpu:-$(uname -m)}" "$memory" "$(uname -r)" "$system" \
    "$(cut -d ' ' -f 1-3 /proc/loadavg)"
}

version_of() {
  if [ "$1" = pintle ]; then
    # Its size tells apart builds of one version.
    printf '%s (%s bytes)\n' "$("$work/pintle" version 2>/dev/null || echo unknown)" "$(wc -c <"$work/init")"
  else
    dpkg-query -W -f '${Version}\n' "$(package_of "$1")" 2>/dev/null || echo unknown
  fi
}

# installed_size SUPERVISOR: the bytes and the files that an image gets with it. For Pintle that is the tarball; for a
# peer its package and all that this depends on and debian:*-slim has not, without the directories that slim leaves out.
installed_size() {
  tarball=$(find overlay-tarball/target -maxdepth 1 -name 'pintle-overlay-*-amd64.tar.gz' 2>/dev/null | head -n 1)
  if [ "$1" != pintle ]; then
    packages_of "$(package_of "$1")" | xargs -r dpkg-query -L |
      grep -vE '^/usr/share/(doc|man|info|locale|lintian|linda|groff)(/|$)' |
      sort -u | tr '\n' '\0' | xargs -0 -r stat --printf '%F\t%s\n' 2>/dev/null || true
  elif [ -n "$tarball" ]; then
    tar -tvzf "$tarball" | awk -v OFS='\t' '/^-/ { print "regular file", $3 }'
  else
    stat --printf '%F\t%s\n' "$work/init"
  fi | awk -F '\t' -v OFS='\t' '/^regular/ { bytes += $2; files++ } END { print bytes + 0, files + 0 }'
}

# The package and what it depends on, without what every Debian has: what is essential, of priority required, or apt,
# and what these depend on.
packages_of() {
  dpkg-query -W -f '${Package}\t${Essential}\t${Priority}\t${Provides}\t${Pre-Depends}, ${Depends}\n' |
    awk -F '\t' -v wanted="$1" '
      function add(name, set,  alternatives, parts, count, choices, i, j) {
        if (!(name in depends) || name in base || name in set) { return }
        set[name] = 1
        count = split(depends[name], parts, /, */)
        for (i = 1; i <= count; i++) {
          choices = split(parts[i], alternatives, / *[|] */)
          for (j = 1; j <= choices; j++) {
            sub(/[ :(].*/, "", alternatives[j])
            if (alternatives[j] in depends) { add(alternatives[j], set); break }
          }
        }
      }
      { depends[$1] = $5; common[$1] = $2 == "yes" || $3 == "required" || $1 == "apt" }
      END {
        for (name in common) { if (common[name]) { add(name, slim) } }
        for (name in slim) { base[name] = 1 }
        add(wanted, own)
        for (name in own) { print name }
      }'
}

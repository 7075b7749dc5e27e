# Prints the medians of bench/compare as an aligned table for each number of services.

function ratio(value, own) {
  return supervisor == "pintle" || own == 0 ? "" : sprintf("(%.*fx)", value / own < 10 ? 1 : 0, value / own)
}

function cell(format, value, own) {
  return sprintf("%9s %-8s", sprintf(format, value), ratio(value, own))
}

NR == 1 { next }

{ supervisor = $2 }

# Pintle comes first.
$1 != services {
  services = $1
  own_start = $3
  own_stop = $4
  own_pss = $5
  own_installed = $9
  printf "\n%-13s%-19s%-19s%-11s%-19s%-19s%s\n", services " services", "     start ms", "       PSS kB", "processes",
    " installed kB", "      stop ms", "terminated"
}

{
  printf "%-13s%s %s %9d  %s %s %6d/%d\n", supervisor, cell("%.2f", $3, own_start), cell("%d", $5, own_pss), $6,
    cell("%d", $9 / 1000, own_installed / 1000), cell("%.2f", $4, own_stop), $7, supervisor == "tini" ? 1 : services
}

!(supervisor in seen) {
  seen[supervisor] = 1
  versions = versions sprintf("%-13s%d files installed; %s\n", supervisor, $10, $11)
}

END { printf "\n%s", versions }

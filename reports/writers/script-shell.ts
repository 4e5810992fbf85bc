/**
 * The fixed part of a script: POSIX shell with curl, sed and awk. JSON becomes one line for each value, its path and the
 * value as it is written, so that answers can be compared and read without further tools.
 */
const json = String.raw`# JSON on standard input as lines: path, tab, value. What is no JSON stays as it is, each line behind "text".
lines() {
  awk '
    { t = t $0 "\n" }
    function blank() { while (i <= n && index(" \t\r\n", substr(t, i, 1))) i++ }
    function hex(s,   v, k) { v = 0; for (k = 1; k <= 4; k++) v = v * 16 + index("0123456789abcdef", tolower(substr(s, k, 1))) - 1; return v }
    function utf(v) {
      if (v < 2048) return sprintf("%c%c", 192 + int(v / 64), 128 + v % 64)
      return sprintf("%c%c%c", 224 + int(v / 4096), 128 + int(v / 64) % 64, 128 + v % 64)
    }
    function word(   c, s, v) {
      s = ""
      if (substr(t, i, 1) == "\"") {
        s = "\""; i++
        while (i <= n) {
          v = substr(t, i, 512)
          if (!match(v, /["\\]/)) { s = s v; i += length(v); continue }
          s = s substr(v, 1, RSTART - 1); i += RSTART - 1; c = substr(t, i, 1)
          if (c == "\\") {
            c = substr(t, i + 1, 1); i += 2
            if (c == "/") s = s "/"
            else if (c == "u") {
              v = hex(substr(t, i, 4))
              if (v > 127 && (v < 55296 || v > 57343)) s = s utf(v); else s = s "\\u" tolower(substr(t, i, 4))
              i += 4
            } else s = s "\\" c
          } else { s = s c; i++; if (c == "\"") break }
        }
        return s
      }
      while (i <= n && !index(",]} \t\r\n:", substr(t, i, 1))) s = s substr(t, i++, 1)
      if (s !~ /^(true|false|null|-?[0-9][-+.0-9eE]*)$/) bad = 1
      return s
    }
    function add(p, v) { out = out p "\t" v "\n" }
    function value(p,   c, k, name) {
      blank(); c = substr(t, i, 1)
      if (c == "{") {
        i++; blank()
        if (substr(t, i, 1) == "}") { i++; add(p, "{}"); return }
        while (i <= n && !bad) {
          blank(); name = word(); blank(); if (substr(t, i++, 1) != ":") bad = 1
          value(p "/" substr(name, 2, length(name) - 2)); blank()
          c = substr(t, i++, 1); if (c == "}") return; if (c != ",") bad = 1
        }
      } else if (c == "[") {
        i++; blank(); k = 0
        if (substr(t, i, 1) == "]") { i++; add(p, "[]"); return }
        while (i <= n && !bad) {
          value(p "/" k++); blank()
          c = substr(t, i++, 1); if (c == "]") return; if (c != ",") bad = 1
        }
      } else { c = word(); sub(/\.0+$/, "", c); add(p, c) }
    }
    END {
      n = length(t); i = 1; blank()
      if (i > n) exit
      value(""); blank()
      if (bad || i <= n) { out = "text\t" t; sub(/\n+$/, "", out); gsub(/\n/, "\ntext\t", out); out = out "\n" }
      printf "%s", out
    }'
}`;

const tools = String.raw`# A value of the last answer by its path, a field of its head, and what follows the last slash of a URL.
get() { awk -F '\t' -v p="$1" '$1 == p { print $2; exit }' "$TMP/lines" | sed 's/^"//; s/"$//; s/\\\(["\\]\)/\1/g'; }
field() {
  tr -d '\r' < "$TMP/head" | awk -v f="$1" '
    /^HTTP\// { v = ""; next }
    { at = index($0, ":"); if (at && tolower(substr($0, 1, at - 1)) == f) { s = substr($0, at + 1); sub(/^[ \t]+/, "", s); sub(/[ \t]+$/, "", s); v = v (v == "" ? "" : ", ") s } }
    END { print v }'
}
last() { printf '%s\n' "$1" | sed 's/[?#].*$//; s/\/$//; s/^.*\///'; }
# Text inside a URL, inside a JSON string, in capitals and in small letters.
url() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g'; }
quoted() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }
upper() { printf '%s' "$1" | tr '[:lower:]' '[:upper:]'; }
lower() { printf '%s' "$1" | tr '[:upper:]' '[:lower:]'; }

body() { printf '%s' "$1" > "$TMP/sent"; }
# send METHOD PATH [options of curl]: one request. What came: $STATUS (000 for no answer), head, body, lines.
send() {
  METHOD=$1 ASKED=$2
  shift 2
  # An id that did not come this time would make it a request to delete all.
  case $METHOD$ASKED in DELETE*/) set -- --proto -all "$@" ;; esac
  case $METHOD in HEAD) set -- --head "$@" ;; *) set -- --request "$METHOD" "$@" ;; esac
  : > "$TMP/head"; : > "$TMP/came"
  STATUS=$(curl --silent --globoff --path-as-is --max-time 30 --output "$TMP/came" --dump-header "$TMP/head" \
    --write-out '%{http_code}' ${'$'}{SCIM_CURL_OPTIONS:-} "$@" "$BASE$ASKED") && CURL=0 || CURL=$?
  [ "$METHOD" != HEAD ] || : > "$TMP/came"
  lines < "$TMP/came" > "$TMP/lines"
  N=$((N + 1))
  { printf 'status\t%s\n' "$STATUS"; for f in $FIELDS; do v=$(field "$f"); printf '%s\t%s\n' "$f" "$v"; done; cat "$TMP/lines"; } > "$TMP/answer.$N"
  printf '%s %s -> %s\n' "$METHOD" "$ASKED" "$STATUS"
}
# made ENDPOINT KEY NAME: notes what the last request may have made, for the end; some targets make what they refuse.
made() {
  ID=
  case $STATUS in
    2??) ID=$(get /id); [ -n "$ID" ] || ID=$(last "$(field location)") ;;
    4??) case $3 in *"$RUN"*) ;; *) return ;; esac ;;
  esac
  printf '%s\t%s\t%s\t%s\n' "$1" "${'$'}{ID:--}" "${'$'}{2:--}" "$3" >> "$TMP/made"
}
made_in_bulk() {
  { cat "$TMP/lines"; echo asked; lines < "$TMP/sent"; } | awk -F '\t' '
    function bare(s) { gsub(/^"|"$/, "", s); return s }
    $0 == "asked" { asked = 1; next }
    { split($1, p, "/"); k = p[3]; if (p[2] != "Operations") next }
    !asked && p[4] == "location" { s = bare($2); sub(/[?#].*$/, "", s); n = split(s, part, "/"); id[k] = part[n] }
    asked && p[4] == "method" { all[++count] = k; method[k] = toupper(bare($2)) }
    asked && p[4] == "path" { path[k] = bare($2) }
    asked && $1 ~ /\/data\/(userName|displayName)$/ && key[k] != "userName" { key[k] = p[5]; name[k] = bare($2) }
    END { for (i = 1; i <= count; i++) { k = all[i]; if (method[k] == "POST") print path[k] "\t" (id[k] == "" ? "-" : id[k]) "\t" (key[k] == "" ? "-" : key[k]) "\t" name[k] } }' >> "$TMP/made"
}
# joined NUMBER...: waits for requests that were sent at the same time, and takes their answers over.
joined() {
  wait
  for k in "$@"; do
    N=$k
    mv "$TMP/once.$k/answer.1" "$TMP/answer.$k"
    for f in made names; do [ ! -f "$TMP/once.$k/$f" ] || cat "$TMP/once.$k/$f" >> "$TMP/$f"; done
    rm -rf "$TMP/once.$k"
  done
}
remove() {
  send DELETE "$1/$(url "$2")" --config "$AS" > /dev/null
  case $STATUS in 2??|404) ;; *) echo "could not remove $1/$2: status $STATUS" >&2 ;; esac
}
tidy() {
  CODE=$?
  trap - EXIT; trap '' HUP INT TERM
  [ ! -s "$TMP/made" ] || sed -n '1!G;h;$p' "$TMP/made" > "$TMP/left"
  [ ! -s "$TMP/left" ] || while IFS='	' read -r endpoint id key name; do
    [ "$id" = - ] || remove "$endpoint" "$id"
    if [ "$key" != - ] && { [ "$id" = - ] || [ "$STATUS" = 404 ]; }; then
      send GET "$endpoint?filter=$key%20eq%20%22$(url "$name")%22" --config "$AS" > /dev/null
      awk -F '\t' -v key="$key" -v name="\"$name\"" '
        { split($1, p, "/"); if (p[2] != "Resources") next }
        p[4] == "id" && $1 == "/Resources/" p[3] "/id" { id[p[3]] = substr($2, 2, length($2) - 2) }
        $1 == "/Resources/" p[3] "/" key && tolower($2) == tolower(name) { mine[p[3]] = 1 }
        END { for (k in mine) if (k in id) print id[k] }' "$TMP/lines" > "$TMP/found"
      while IFS= read -r id; do remove "$endpoint" "$id"; done < "$TMP/found"
    fi
  done < "$TMP/left"
  rm -rf "$TMP"
  exit $CODE
}`;

const compare = String.raw`# The answers so far in the words of the run: its ids, its mark, times by their order, versions by their first appearance.
# Prints the answers from number $1 on, sorted; of lists in $OURS only what this script made.
told() {
  { echo 'names'; cat "$TMP/names"; k=1; while [ $k -le $N ]; do echo "answer $k"; cat "$TMP/answer.$k"; k=$((k + 1)); done; } |
    awk -F '\t' -v from="$1" -v ours=" $OURS " -v base="$BASE" -v run="$RUN" -v timed="$TIMED" -v versioned="$VERSIONED" -v worded="$WORDED" -v spelled="$SPELLED" '
    function swap(s, from, to,   at, out) {
      if (from == "") return s
      out = ""
      while ((at = index(s, from)) > 0) { out = out substr(s, 1, at - 1) to; s = substr(s, at + length(from)) }
      return out s
    }
    function version(p, s,   k, o) {
      if (p != "etag" && p !~ /\/version$/) return s
      if (s !~ /^"/ && s !~ /^W\//) return s
      gsub(/\\/, "", s); o = s; sub(/^"?W\//, "", o); gsub(/"/, "", o)
      if (o == "") return s
      if (!(o in seen)) seen[o] = ++versions
      return swap(s, o, "{version" (versioned ? " " seen[o] : "") "}")
    }
    function placed(p, s) {
      if (p ~ /\/(nextCursor|previousCursor)$/ && s ~ /^"/) return spelled && s !~ /^"[A-Za-z0-9_.~-]*"$/ ? "\"{cursor with other characters}\"" : "\"{cursor}\""
      if (!worded && p ~ /\/detail$/ && length(s) > 2 && s ~ /^"/) return "\"{words}\""
      if (p ~ /\/meta\/(created|lastModified)$/ && s ~ /^[0-9]+$/ && length(s) >= 9) return "{time number}"
      return s
    }
    function entry(p) { return match(p, /^(\/Resources)?\/[0-9]+/) ? substr(p, 1, RLENGTH) : "" }
    function times(s,   out, x) {
      out = ""
      while (match(s, stamp)) {
        x = substr(s, RSTART, RLENGTH)
        out = out substr(s, 1, RSTART - 1) (x in sent ? x : "{time" (timed ? " " rank[x] : "") (x ~ /\./ ? ".d" : "") "}")
        s = substr(s, RSTART + RLENGTH)
      }
      return out s
    }
    BEGIN { stamp = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]([.][0-9]+)?"
      h = "[0-9a-fA-F]"; h4 = h h h h; uuid = h4 h4 "-" h4 "-" h4 "-" h4 "-" h4 h4 h4 }
    $0 == "names" { part = 0; next }
    /^answer [0-9]+$/ { part = substr($0, 8) + 0; next }
    part == 0 && $1 == "sent" { sent[$2] = 1; next }
    part == 0 && $1 == "veiled" { veiled[$2] = 1; next }
    part == 0 { if ($2 != "") { label[++labels] = $1; id[labels] = $2 } ; next }
    {
      at = index($0, "\t"); path[++kept] = substr($0, 1, at - 1); text[kept] = substr($0, at + 1); of[kept] = part
      if ((part " " path[kept]) in veiled && text[kept] != "") text[kept] = "{veiled}"
    }
    END {
      for (j = 1; j <= labels; j++) mine["\"" id[j] "\""] = 1
      for (k = 1; k <= kept; k++) if (path[k] == entry(path[k]) "/id" && text[k] in mine) own[of[k] " " entry(path[k])] = 1
      for (k = 1; k <= kept; k++) {
        e = entry(path[k]); list = e; sub(/\/[0-9]+$/, "", list)
        if (index(ours, " " of[k] "- ") && e != "") {
          if ((of[k] " " list) in told) { of[k] = 0; continue }
          told[of[k] " " list] = 1; path[k] = list; text[k] = "[...]"
        } else if (index(ours, " " of[k] " ") && e != "") {
          if (!((of[k] " " e) in own)) { of[k] = 0; continue }
          path[k] = list "/" substr(path[k], length(e) + 1)
        } else if (ours ~ (" " of[k] "-? ") && path[k] ~ /^\/(totalResults|itemsPerPage|startIndex)$/ && text[k] ~ /^("[0-9]+"|[0-9]+)$/) sub(/[0-9]+/, "#", text[k])
        rest = text[k]
        while (match(rest, stamp)) { x = substr(rest, RSTART, RLENGTH); if (!(x in known)) { known[x] = 1; all[++count] = x } ; rest = substr(rest, RSTART + RLENGTH) }
      }
      for (k = 2; k <= count; k++) { x = all[k]; for (j = k - 1; j > 0 && all[j] > x; j--) all[j + 1] = all[j]; all[j + 1] = x }
      for (k = 1; k <= count; k++) rank[all[k]] = k
      for (k = 1; k <= kept; k++) {
        if (of[k] == 0) continue
        s = placed(path[k], version(path[k], text[k]))
        if (of[k] < from) continue
        s = times(swap(s, base, "{base}"))
        for (j = 1; j <= labels; j++) s = length(id[j]) < 6 ? (s == "\"" id[j] "\"" ? "\"{" label[j] "}\"" : s) : swap(s, id[j], "{" label[j] "}")
        gsub(uuid, "{uuid}", s)
        print of[k] " " path[k] "\t" swap(swap(s, "Made-up-" run, "[redacted]"), run, "{run}")
      }
    }' | sort
}
ends() {
  case $1 in
    1) echo 'The fault shows: this is what was judged.' ;;
    0) echo 'The fault does not show.' ;;
    *) echo "Not judged: $2" ;;
  esac
  exit "$1"
}`;

/** Everything that is the same in each script. */
export const prelude: string = [json, tools, compare].join('\n');

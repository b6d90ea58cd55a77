#!/usr/bin/env bash
# Damage in the middle of the database, which start-up does not read: the server starts, and answers
# what it can; `everseal check` says in one sentence that the file is damaged and ends with 1.
. "$(dirname "$0")/lib.sh"

"$everseal" init --data data >/dev/null
start data
make_root_ca
leaf_csr device
order_of device >issue.json
"$repository/build/release/bench/load" --endpoint "$endpoint" --service acm-pca \
  --target ACMPrivateCA.IssueCertificate --body-file issue.json --connections 8 --seconds 1 --record answers >load.log 2>&1
stop
"$everseal" check --data data | grep -q "^The database is whole" || fail "what is whole is not said to be"

# pages TABLE: the numbers of its pages, in the order of the tree.
pages() {
  python3 - "$1" <<'PYTHON'
import sqlite3, struct, sys
database = sqlite3.connect("data/everseal.db")
size = database.execute("PRAGMA page_size").fetchone()[0]
root = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", sys.argv[1:]).fetchone()[0]
content = open("data/everseal.db", "rb").read()
def walk(number):
    print(number)
    page = content[(number - 1) * size:number * size]
    if page[0] not in (2, 5): return
    for at in range(struct.unpack(">H", page[3:5])[0]):
        cell = struct.unpack(">H", page[12 + 2 * at:14 + 2 * at])[0]
        walk(struct.unpack(">I", page[cell:cell + 4])[0])
    walk(struct.unpack(">I", page[8:12])[0])
walk(root)
PYTHON
}
# damaged PAGE...: a copy of the data whose pages hold noise.
damaged() {
  rm -rf damaged
  cp -r data damaged
  for page in "$@"; do
    head -c 4096 /dev/urandom | dd of=damaged/everseal.db bs=4096 seek=$((page - 1)) count=1 conv=notrunc 2>/dev/null
  done
}

for table in acmpca_certificate issuance_log_leaf; do
  pages "$table" >all
  [ "$(wc -l <all)" -gt 20 ] || fail "$table is too small to be damaged in the middle"
  middle=$(sed -n "$(($(wc -l <all) / 2))p" all)
  damaged "$middle"
  before=$(state damaged)
  refused "the database file is damaged: .*(Page|page|row|image)" "$everseal" check --data damaged
  refused "damaged" "$everseal" log verify --data damaged
  [ "$(state damaged)" = "$before" ] || fail "the check changed the database"
done

# A whole file whose rows do not fit one another.
rm -rf damaged
cp -r data damaged
python3 -c 'import sqlite3, sys
with sqlite3.connect("damaged/everseal.db") as database:
    assert database.execute("DELETE FROM acmpca_certificate_authority WHERE arn = ?", sys.argv[1:]).rowcount == 1' "$ca"
refused "a row of acmpca_[a-z_]+ speaks of a row of acmpca_certificate_authority that is not there" \
  "$everseal" check --data damaged

# The server tells as well, when somebody comes to what is damaged, and goes on with the rest.
pages acmpca_certificate >all
damaged $(sed -n 2,20p all)  # all but the root of the tree, where the first certificates are
start damaged
aws acm-pca describe-certificate-authority --certificate-authority-arn "$ca" >/dev/null || fail "nothing works"
lost=0
while read -r arn; do
  if ! aws acm-pca get-certificate --certificate-authority-arn "$ca" --certificate-arn "$arn" >out 2>err; then
    grep -qE "InternalFailure|InternalError|InternalServer" err || { cat err; fail "another error than an internal one"; }
    lost=$((lost + 1))
    break
  fi
done < <(jq -Rr 'fromjson? | .CertificateArn' answers | head -n 20)
[ "$lost" -eq 1 ] || fail "none of the first certificates was on the damaged page"
grep '"level":"error"' server.log | grep -q "the database file is damaged" || fail "the log does not say that the file is damaged"
stop
echo "damage in the middle is found and told"

#!/usr/bin/env bash
# Many objects and a large one: 10,000 are listed by page in every way there is, each once and in
# order; 2 GB go up in parts and down again while the server's memory stays where it was.
. "$(dirname "$0")/../fault/lib.sh"
count=${OBJECTS:-10000}
megabytes=${MEGABYTES:-2048}

"$everseal" init --data data >/dev/null
start data
node "$repository/tests/conformance/put_many.mjs" "$endpoint" "$AWS_DEFAULT_REGION" many "$count"

# same WHAT FILE: the keys in the file are all there are, in order.
seq -f 'year/%05g' "$count" >expected
same() { cmp -s expected "$2" || { diff expected "$2" | head; fail "$1 does not list all objects in order"; }; echo "ok: $1"; }
keys() { jq -r '.Contents[]?.Key' ; }

# v2 pages by itself; V1 is paged by hand, as its marker is the last key.
aws s3api list-objects-v2 --bucket many | keys >v2
same "ListObjectsV2 in pages of 1000" v2
aws s3api list-objects-v2 --bucket many --page-size 333 | keys >v2
same "ListObjectsV2 in pages of 333" v2
aws s3api list-objects --bucket many | keys >v1
same "ListObjects" v1
aws s3 ls --recursive s3://many | awk '{print $4}' >ls
same "aws s3 ls --recursive" ls
first=$(aws s3api list-objects-v2 --bucket many --no-paginate --max-keys 7)
[ "$(jq '.KeyCount, .IsTruncated' <<<"$first" | xargs)" = "7 true" ] || fail "a page of 7: $first"
folders=$(aws s3api list-objects-v2 --bucket many --delimiter / | jq -c '[.CommonPrefixes[].Prefix, (.Contents | length)]')
[ "$folders" = '["year/",0]' ] || fail "with a delimiter: $folders"
tens=$(aws s3api list-objects-v2 --bucket many --prefix year/ --delimiter 9 | jq '[.Contents, .CommonPrefixes | length] | add')
folded=$(sed -E 's|(year/[^9]*9).*|\1|' expected | sort -u | wc -l)
[ "$tens" -eq "$folded" ] || fail "folded by 9 there are $tens entries, not $folded"
[ "$(aws s3 ls s3://many/year/ | wc -l)" -eq "$count" ] || fail "aws s3 ls of the folder is not complete"
echo "ok: with delimiters, and by folder"

# resident: the most memory that the server had since it was last asked, in MB.
resident() {
  awk '/^VmHWM/ {print int($2 / 1024)}' "/proc/$server/status"
  echo 5 >"/proc/$server/clear_refs" 2>/dev/null || true
}
resident >/dev/null
quiet=$(resident)
aws s3 mb s3://large >/dev/null
large() { head -c "${megabytes}M" /dev/zero | openssl enc -aes-128-ctr -K 00 -iv 00 2>/dev/null; }
sum=$(large | sha256sum | cut -d' ' -f1)
started=$SECONDS
large | aws s3 cp - s3://large/object --expected-size $((megabytes << 20)) >/dev/null
after_upload=$(resident)
size=$(aws s3api head-object --bucket large --key object --query ContentLength --output text)
[ "$size" -eq $((megabytes << 20)) ] || fail "$size octets were stored"
got=$(aws s3 cp s3://large/object - | sha256sum | cut -d' ' -f1)
[ "$got" = "$sum" ] || fail "what came back is not what was stored"
after_download=$(resident)
echo "ok: $megabytes MB up and down in $((SECONDS - started)) s; the server had $quiet MB before, $after_upload MB at most while they came, $after_download MB while they went"
for most in "$after_upload" "$after_download"; do
  [ "$most" -le $((quiet + 64)) ] || fail "memory grew from $quiet MB to $most MB"
done
aws s3 rm s3://large/object >/dev/null
[ "$(du -sm data | cut -f1)" -lt 300 ] || fail "the octets of a deleted object stay on the disk"
stop

#include "services/s3/bucket_access.h"

#include <algorithm>
#include <array>
#include <utility>

#include "services/s3/values/errors.h"
#include "sql/without_count.h"

namespace everseal::s3 {
namespace {

constexpr std::array<std::pair<Ownership, std::string_view>, 3> ownerships{
    {{Ownership::BucketOwnerEnforced, "BucketOwnerEnforced"},
     {Ownership::BucketOwnerPreferred, "BucketOwnerPreferred"},
     {Ownership::ObjectWriter, "ObjectWriter"}}};

constexpr std::array<std::pair<Acl, std::string_view>, 3> acls{
    {{Acl::Private, "private"},
     {Acl::BucketOwnerFullControl, "bucket-owner-full-control"},
     {Acl::PublicRead, "public-read"}}};

constexpr std::array<std::pair<bool PublicAccessBlock::*, std::string_view>, 4> blocks{
    {{&PublicAccessBlock::block_public_acls, "BlockPublicAcls"},
     {&PublicAccessBlock::ignore_public_acls, "IgnorePublicAcls"},
     {&PublicAccessBlock::block_public_policy, "BlockPublicPolicy"},
     {&PublicAccessBlock::restrict_public_buckets, "RestrictPublicBuckets"}}};

// Words, no one of which is part of another.
PublicAccessBlock block_in(std::string_view words) {
  PublicAccessBlock block;
  for (const auto& [member, word] : blocks) block.*member = words.find(word) != words.npos;
  return block;
}

std::string words_of(const PublicAccessBlock& block) {
  std::string words;
  for (const auto& [member, word] : blocks) {
    if (block.*member) words += (words.empty() ? "" : " ") + std::string(word);
  }
  return words;
}

}  // namespace

std::string_view text_of(Ownership ownership) {
  return std::ranges::find(ownerships, ownership, &std::pair<Ownership, std::string_view>::first)
      ->second;
}

std::optional<Ownership> ownership_in(std::string_view text) {
  for (const auto& [ownership, name] : ownerships) {
    if (name == text) return ownership;
  }
  return std::nullopt;
}

std::string_view text_of(Acl acl) {
  return std::ranges::find(acls, acl, &std::pair<Acl, std::string_view>::first)->second;
}

Acl acl_in(std::string_view text) {
  const auto* found = std::ranges::find(acls, text, &std::pair<Acl, std::string_view>::second);
  return found == acls.end() ? Acl::Private : found->first;
}

Result<std::optional<BucketAccess>> find_access(sql::Snapshot& view, std::string_view bucket) {
  const auto row = view.one(
      "SELECT account, ownership, public_access_block, policy, acl FROM s3_bucket WHERE name = $1",
      bucket);
  if (!row) return row.error();
  if (!*row) return std::optional<BucketAccess>();
  const auto block = (*row)->maybe_text(2);
  return std::optional(
      BucketAccess{.account = (*row)->text(0),
                   .ownership = ownership_in((*row)->text(1)).value_or(Ownership()),
                   .block = block ? block_in(*block) : PublicAccessBlock(),
                   .has_block = block.has_value(),
                   .policy = (*row)->maybe_text(3),
                   .acl = acl_in((*row)->text(4))});
}

Result<BucketAccess, ApiError> require_own_access(sql::Snapshot& view, std::string_view bucket,
                                                  const aws::Call& call) {
  auto found = find_access(view, bucket);
  if (!found) return found.error();
  if (!*found) return no_such_bucket(bucket);
  if ((*found)->account != call.caller.account) return method_not_allowed("", "BUCKET");
  return **std::move(found);
}

bool is_root(const aws::Call& call) { return call.caller.kind == aws::Caller::Kind::Root; }

Outcome set_ownership(sql::Transaction& tx, std::string_view bucket, Ownership ownership) {
  return sql::without_count(
      tx.run("UPDATE s3_bucket SET ownership = $2 WHERE name = $1", bucket, text_of(ownership)));
}

Outcome set_bucket_acl(sql::Transaction& tx, std::string_view bucket, Acl acl) {
  return sql::without_count(
      tx.run("UPDATE s3_bucket SET acl = $2 WHERE name = $1", bucket, text_of(acl)));
}

Outcome set_public_access_block(sql::Transaction& tx, std::string_view bucket,
                                const std::optional<PublicAccessBlock>& block) {
  std::optional<std::string> words;
  if (block) words = words_of(*block);
  return sql::without_count(
      tx.run("UPDATE s3_bucket SET public_access_block = $2 WHERE name = $1", bucket, words));
}

Outcome set_policy(sql::Transaction& tx, std::string_view bucket,
                   const std::optional<std::string>& policy) {
  return sql::without_count(
      tx.run("UPDATE s3_bucket SET policy = $2 WHERE name = $1", bucket, policy));
}

}  // namespace everseal::s3

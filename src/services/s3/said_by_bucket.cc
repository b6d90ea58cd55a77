#include "services/s3/said_by_bucket.h"

#include <algorithm>
#include <utility>

#include "services/s3/acl.h"
#include "services/s3/bucket_access.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/object_store.h"

namespace everseal::s3 {
namespace {

constexpr std::string_view arn_prefix = "arn:aws:s3:::";

using Said = Result<std::optional<SaidByBucket>>;

// What everybody may do by the ACL of the bucket, or of the object if there is a key.
Result<std::vector<std::string>> open_actions(sql::Snapshot& view, std::string_view bucket,
                                              std::string_view key, const BucketAccess& rules) {
  std::vector<std::string> none;
  if (!opens_to_everybody(Acl::PublicRead, rules)) return none;
  if (key.empty()) {
    if (!opens_to_everybody(rules.acl, rules)) return none;
    return std::vector<std::string>{"s3:ListBucket", "s3:ListBucketVersions",
                                    "s3:ListBucketMultipartUploads"};
  }
  const auto object = find_object(view, bucket, key);
  if (!object) return object.error();
  if (!*object || !opens_to_everybody((*object)->acl, rules)) return none;
  return std::vector<std::string>{"s3:GetObject"};
}

Said say(sql::Snapshot& view, std::string_view bucket, std::string_view key) {
  const auto rules = find_access(view, bucket);
  if (!rules) return rules.error();
  if (!*rules) return std::optional<SaidByBucket>();
  SaidByBucket said{.account = (*rules)->account};
  auto open = open_actions(view, bucket, key, **rules);
  if (!open) return open.error();
  said.open_actions = *std::move(open);
  if (!(*rules)->policy) return std::optional(std::move(said));
  const auto policy = read_policy(*(*rules)->policy, bucket);
  if (!policy) return Fault::broken("the policy of a bucket: " + policy.error().message);
  said.policy = policy->rules;
  said.only_for_own_account = policy->is_public && (*rules)->block.restrict_public_buckets;
  return std::optional(std::move(said));
}

}  // namespace

Said said_by_bucket(sql::Database& database, std::string_view resource) {
  if (!resource.starts_with(arn_prefix)) return std::optional<SaidByBucket>();
  resource.remove_prefix(arn_prefix.size());
  const auto slash = std::min(resource.find('/'), resource.size());
  const auto bucket = resource.substr(0, slash);
  const auto key = resource.substr(std::min(slash + 1, resource.size()));
  return database.read([&](sql::Snapshot& view) { return say(view, bucket, key); });
}

}  // namespace everseal::s3

#include "services/elbv2/operations/add_tags.h"

#include "aws/tag_keys.h"
#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/limits.h"
#include "services/elbv2/tag_store.h"
#include "services/elbv2/tagging.h"

namespace everseal::elbv2 {
namespace {

// Those that were there before among them.
Result<void, ApiError> check_set(const aws::Tags& tags) {
  aws::TagKeys keys;
  for (const auto& tag : tags) {
    if (!keys.add(tag.first)) return duplicate_tags();
  }
  if (tags.size() > limits::tags) return too_many_tags();
  return {};
}

Result<void, ApiError> add_to(sql::Transaction& tx, const TrustStores& trust_stores,
                              const std::string& arn, const aws::Tags& tags) {
  if (is_trust_store(arn)) {
    if (const auto put = trust_stores.put_tags(tx, arn, tags); !put) return put;
  } else if (const auto put = put_tags(tx, arn, tags); !put) {
    return put.error();
  }
  const auto all = tags_anywhere(tx, trust_stores, arn);
  if (!all) return all.error();
  return check_set(*all);
}

}  // namespace

aws::Access AddTags::access(const Request& request, const aws::Call&) const {
  return with_named_rights(
      with_tags(access_to_all(database, trust_stores, request.resource_arns), request.tags), name);
}

Result<shapes::Nothing, ApiError> AddTags::operator()(const Request& request,
                                                      const aws::Call& call) const {
  if (auto fine = check_count(request.resource_arns); !fine) return fine.error();
  if (auto fine = check_tags(request.tags); !fine) return fine.error();
  const aws::Tags tags = shapes::pairs(request.tags);
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    for (const std::string& arn : request.resource_arns) {
      if (auto found = find_tagged(tx, call, trust_stores, arn); !found) return found.error();
      if (auto added = add_to(tx, trust_stores, arn, tags); !added) return added.error();
    }
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2

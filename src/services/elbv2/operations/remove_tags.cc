#include "services/elbv2/operations/remove_tags.h"

#include "services/elbv2/access.h"
#include "services/elbv2/tag_store.h"
#include "services/elbv2/tagging.h"

namespace everseal::elbv2 {
namespace {

Result<void, ApiError> remove_from(sql::Transaction& tx, const TrustStores& trust_stores,
                                   const std::string& arn, const std::vector<std::string>& keys) {
  if (is_trust_store(arn)) return trust_stores.remove_tags(tx, arn, keys);
  for (const std::string& key : keys) {
    if (auto removed = remove_tag(tx, arn, key); !removed) return removed.error();
  }
  return {};
}

}  // namespace

aws::Access RemoveTags::access(const Request& request, const aws::Call&) const {
  return with_named_rights(
      with_tag_keys(access_to_all(database, trust_stores, request.resource_arns), request.tag_keys),
      name);
}

Result<shapes::Nothing, ApiError> RemoveTags::operator()(const Request& request,
                                                         const aws::Call& call) const {
  if (auto fine = check_count(request.resource_arns); !fine) return fine.error();
  return database.write([&](sql::Transaction& tx) -> Result<shapes::Nothing, ApiError> {
    for (const std::string& arn : request.resource_arns) {
      if (auto found = find_tagged(tx, call, trust_stores, arn); !found) return found.error();
      const auto removed = remove_from(tx, trust_stores, arn, request.tag_keys);
      if (!removed) return removed.error();
    }
    return shapes::Nothing{};
  });
}

}  // namespace everseal::elbv2

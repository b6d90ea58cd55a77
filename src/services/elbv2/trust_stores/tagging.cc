#include "services/elbv2/trust_stores/tagging.h"

#include <algorithm>

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/private_cas.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

Result<TrustStore, ApiError> found(sql::Snapshot& view, std::string_view arn) {
  auto store = find_trust_store(view, arn);
  if (!store) return store.error();
  if (!*store) return no_such_trust_store(arn);
  return **std::move(store);
}

}  // namespace

Result<void, ApiError> change_tags(sql::Transaction& tx, std::string_view trust_store_arn,
                                   const aws::Tags& tags) {
  const auto store = found(tx, trust_store_arn);
  if (!store) return store.error();
  for (const auto& [key, value] : tags) {
    if (key == ca_tag && store->ca_arn != value) return follows_what_it_was_made_to();
  }
  if (const auto put = put_tags(tx, store->number, tags); !put) return put.error();
  return {};
}

Result<void, ApiError> remove_tags(sql::Transaction& tx, std::string_view trust_store_arn,
                                   const std::vector<std::string>& keys) {
  const auto store = found(tx, trust_store_arn);
  if (!store) return store.error();
  if (store->ca_arn && std::ranges::find(keys, ca_tag) != keys.end())
    return follows_what_it_was_made_to();
  for (const auto& key : keys) {
    if (const auto removed = remove_tag(tx, store->number, key); !removed) return removed.error();
  }
  return {};
}

}  // namespace everseal::elbv2::trust_stores

#include "services/elbv2/trust_stores/operations/describe_trust_stores.h"

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

using Stores = Result<std::vector<TrustStore>, ApiError>;

Stores by_arn(sql::Snapshot& view, const aws::Call& call, const std::vector<std::string>& arns) {
  std::vector<TrustStore> stores;
  for (const auto& arn : arns) {
    auto store = own_trust_store(view, call, arn);
    if (!store) return store.error();
    stores.push_back(*std::move(store));
  }
  return stores;
}

Stores by_name(sql::Snapshot& view, const aws::Call& call, const std::vector<std::string>& names) {
  std::vector<TrustStore> stores;
  for (const auto& wanted : names) {
    auto store = find_named(view, call.caller.account, call.region, wanted);
    if (!store) return store.error();
    if (!*store) return no_such_trust_store(wanted);
    stores.push_back(**std::move(store));
  }
  return stores;
}

Stores on_page(sql::Snapshot& view, const aws::Call& call, const aws::Page& page) {
  auto stores =
      list_trust_stores(view, call.caller.account, call.region, page.after(), page.limit());
  if (!stores) return stores.error();
  return *std::move(stores);
}

}  // namespace

aws::Access DescribeTrustStores::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<shapes::TrustStores, ApiError> DescribeTrustStores::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto& [arns, names, marker, page_size] = request;
  if (!arns.empty() && !names.empty()) return arns_or_names();
  const auto page = page_of(name, call, "", marker, page_size);
  if (!page) return page.error();
  return database.read([&](sql::Snapshot& view) -> Result<shapes::TrustStores, ApiError> {
    auto stores = !request.trust_store_arns.empty() ? by_arn(view, call, request.trust_store_arns)
                  : !request.names.empty()          ? by_name(view, call, request.names)
                                                    : on_page(view, call, *page);
    if (!stores) return stores.error();
    shapes::TrustStores answer;
    if (request.trust_store_arns.empty() && request.names.empty()) {
      answer.next_marker = page->cut(*stores, [](const TrustStore& store) { return store.name; });
    }
    for (const auto& store : *stores) {
      const auto counted = followed.counted(view, store);
      if (!counted) return counted.error();
      answer.trust_stores.push_back(shapes::shown(*counted));
    }
    return answer;
  });
}

}  // namespace everseal::elbv2::trust_stores

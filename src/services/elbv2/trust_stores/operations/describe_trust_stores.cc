#include "services/elbv2/trust_stores/operations/describe_trust_stores.h"

#include "services/elbv2/trust_stores/errors.h"
#include "services/elbv2/trust_stores/own.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

using Stores = Result<shapes::TrustStores, ApiError>;

Stores by_arn(sql::Snapshot& view, const aws::Call& call, const std::vector<std::string>& arns) {
  shapes::TrustStores answer;
  for (const auto& arn : arns) {
    const auto store = own_trust_store(view, call, arn);
    if (!store) return store.error();
    answer.trust_stores.push_back(shapes::shown(*store));
  }
  return answer;
}

Stores by_name(sql::Snapshot& view, const aws::Call& call, const std::vector<std::string>& names) {
  shapes::TrustStores answer;
  for (const auto& wanted : names) {
    const auto store = find_named(view, call.caller.account, call.region, wanted);
    if (!store) return store.error();
    if (!*store) return no_such_trust_store(wanted);
    answer.trust_stores.push_back(shapes::shown(**store));
  }
  return answer;
}

}  // namespace

aws::Access DescribeTrustStores::access(const Request&, const aws::Call&) const {
  return aws::on_anything();
}

Result<shapes::TrustStores, ApiError> DescribeTrustStores::operator()(const Request& request,
                                                                      const aws::Call& call) const {
  const auto& [arns, names, marker, page_size] = request;
  if (!arns.empty() && !names.empty()) return arns_or_names();
  if (!arns.empty()) {
    return database.read(
        [&](sql::Snapshot& view) { return by_arn(view, call, request.trust_store_arns); });
  }
  if (!names.empty()) {
    return database.read([&](sql::Snapshot& view) { return by_name(view, call, request.names); });
  }
  const auto page = page_of(name, call, "", marker, page_size);
  if (!page) return page.error();
  auto stores = database.read([&](sql::Snapshot& view) {
    return list_trust_stores(view, call.caller.account, call.region, page->after(), page->limit());
  });
  if (!stores) return stores.error();
  shapes::TrustStores answer;
  answer.next_marker = page->cut(*stores, [](const TrustStore& store) { return store.name; });
  for (const auto& store : *stores) answer.trust_stores.push_back(shapes::shown(store));
  return answer;
}

}  // namespace everseal::elbv2::trust_stores

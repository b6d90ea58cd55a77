#include "services/elbv2/trust_stores/operations/describe_trust_store_associations.h"

#include <utility>

#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {

aws::Access DescribeTrustStoreAssociations::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<DescribeTrustStoreAssociations::Response, ApiError>
DescribeTrustStoreAssociations::operator()(const Request& request, const aws::Call& call) const {
  const auto page = page_of(name, call, request.trust_store_arn, request.marker, request.page_size);
  if (!page) return page.error();
  using Arns = std::vector<std::string>;
  auto users = database.read([&](sql::Snapshot& view) -> Result<Arns, ApiError> {
    const auto store = own_trust_store(view, call, request.trust_store_arn);
    if (!store) return store.error();
    if (associations == nullptr) return Arns();
    auto found = associations->list(view, store->arn, page->after(), page->limit());
    if (!found) return found.error();
    return *std::move(found);
  });
  if (!users) return users.error();
  Response response;
  response.next_marker = page->cut(*users, [](const std::string& arn) { return arn; });
  for (auto& arn : *users) response.associations.push_back({std::move(arn)});
  return response;
}

}  // namespace everseal::elbv2::trust_stores

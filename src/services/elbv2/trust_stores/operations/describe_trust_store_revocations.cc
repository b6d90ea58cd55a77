#include "services/elbv2/trust_stores/operations/describe_trust_store_revocations.h"

#include <charconv>
#include <utility>

#include "services/elbv2/trust_stores/own.h"

namespace everseal::elbv2::trust_stores {
namespace {

using Revocations = Result<std::vector<Revocation>, ApiError>;

Revocations by_id(sql::Snapshot& view, const TrustStore& store,
                  const std::vector<std::int64_t>& ids) {
  std::vector<Revocation> all;
  for (const auto id : ids) {
    auto revocation = own_revocation(view, store, id);
    if (!revocation) return revocation.error();
    all.push_back(*std::move(revocation));
  }
  return all;
}

// The key of the page is the ID before it.
Revocations on_page(sql::Snapshot& view, const TrustStore& store, const aws::Page& page) {
  std::int64_t after = 0;
  const auto& key = page.after();
  std::from_chars(key.data(), key.data() + key.size(), after);
  auto found = list_revocations(view, store.number, after, page.limit());
  if (!found) return found.error();
  return *std::move(found);
}

}  // namespace

aws::Access DescribeTrustStoreRevocations::access(const Request& request, const aws::Call&) const {
  return access_to(database, request.trust_store_arn);
}

Result<shapes::TrustStoreRevocations, ApiError> DescribeTrustStoreRevocations::operator()(
    const Request& request, const aws::Call& call) const {
  const auto page = page_of(name, call, request.trust_store_arn, request.marker, request.page_size);
  if (!page) return page.error();
  auto found = database.read([&](sql::Snapshot& view) -> Revocations {
    const auto store = own_trust_store(view, call, request.trust_store_arn);
    if (!store) return store.error();
    if (!request.revocation_ids.empty()) return by_id(view, *store, request.revocation_ids);
    return on_page(view, *store, *page);
  });
  if (!found) return found.error();
  shapes::TrustStoreRevocations answer;
  if (request.revocation_ids.empty()) {
    answer.next_marker =
        page->cut(*found, [](const Revocation& one) { return std::to_string(one.id); });
  }
  for (const auto& revocation : *found) {
    answer.trust_store_revocations.push_back({.trust_store_arn = request.trust_store_arn,
                                              .revocation_id = revocation.id,
                                              .number_of_revoked_entries = revocation.entries});
  }
  return answer;
}

}  // namespace everseal::elbv2::trust_stores

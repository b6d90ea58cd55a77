#include "services/elbv2/trust_stores/own.h"

#include <utility>

#include "services/elbv2/trust_stores/errors.h"

namespace everseal::elbv2::trust_stores {

Result<TrustStore, ApiError> own_trust_store(sql::Snapshot& view, const aws::Call& call,
                                             std::string_view arn) {
  if (!is_trust_store_arn(arn)) return not_a_trust_store_arn(arn);
  auto store = find_trust_store(view, arn);
  if (!store) return store.error();
  const bool is_own =
      *store && (*store)->account == call.caller.account && (*store)->region == call.region;
  if (!is_own) return no_such_trust_store(arn);
  return **std::move(store);
}

Result<Revocation, ApiError> own_revocation(sql::Snapshot& view, const TrustStore& store,
                                            std::int64_t id) {
  auto found = find_revocation(view, store.number, id);
  if (!found) return found.error();
  if (!*found) return no_such_revocation(id);
  return **std::move(found);
}

aws::Access access_to(sql::Database& database, const std::string& arn) {
  auto access = aws::on(arn);
  access.resource_tags = [&database, arn]() -> Result<aws::Tags> {
    return database.read([&](sql::Snapshot& view) -> Result<aws::Tags> {
      const auto store = find_trust_store(view, arn);
      if (!store) return store.error();
      if (!*store) return aws::Tags();
      return tags_of(view, (*store)->number);
    });
  };
  return access;
}

Result<aws::Page, ApiError> page_of(std::string_view operation, const aws::Call& call,
                                    std::string selection, const std::optional<std::string>& marker,
                                    std::optional<std::int64_t> page_size) {
  constexpr std::int64_t usual_size = 400;
  auto page = aws::Page::at({.operation = "elbv2:" + std::string(operation),
                             .account = call.caller.account,
                             .region = call.region,
                             .selection = std::move(selection)},
                            marker, page_size.value_or(usual_size));
  if (!page) return bad_marker();
  return *std::move(page);
}

}  // namespace everseal::elbv2::trust_stores

#include "services/elbv2/tagging.h"

#include "services/elbv2/access.h"
#include "services/elbv2/errors.h"
#include "services/elbv2/identifiers.h"
#include "services/elbv2/tag_store.h"

namespace everseal::elbv2 {
namespace {

constexpr std::size_t most_resources = 20;

aws::Access access_to_tagged(sql::Database& database, const TrustStores& trust_stores,
                             const std::string& arn) {
  if (!is_trust_store(arn)) return access_to(database, arn);
  aws::Access access = aws::on(arn);
  access.resource_tags = [&database, &trust_stores, arn] {
    return database.read([&](sql::Snapshot& view) -> Result<aws::Tags> {
      const auto status = trust_stores.status(view, arn);
      if (!status) return status.error();
      if (*status == TrustStores::Status::Absent) return aws::Tags();
      return trust_stores.tags(view, arn);
    });
  };
  return access;
}

}  // namespace

Result<void, ApiError> check_count(const std::vector<std::string>& arns) {
  if (arns.empty()) return invalid("At least one resource ARN must be specified");
  if (arns.size() > most_resources) return invalid("At most 20 resource ARNs can be specified");
  return {};
}

bool is_trust_store(std::string_view arn) { return kind_of(arn) == Kind::TrustStore; }

Result<aws::Tags> tags_anywhere(sql::Snapshot& view, const TrustStores& trust_stores,
                                const std::string& arn) {
  return is_trust_store(arn) ? trust_stores.tags(view, arn) : tags_of(view, arn);
}

aws::Access access_to_all(sql::Database& database, const TrustStores& trust_stores,
                          const std::vector<std::string>& arns) {
  if (arns.empty()) return aws::on_anything();
  aws::Access access = access_to_tagged(database, trust_stores, arns.front());
  for (std::size_t next = 1; next < arns.size(); ++next) {
    access.also.push_back(access_to_tagged(database, trust_stores, arns[next]));
  }
  return access;
}

aws::Access with_named_rights(aws::Access access, std::string_view operation) {
  for (aws::Access& other : access.also) {
    other.action = "elasticloadbalancing:" + std::string(operation);
    other.context = access.context;
  }
  return access;
}

}  // namespace everseal::elbv2

#include "services/acm/own_certificate.h"

#include <utility>

#include "services/acm/errors.h"
#include "services/acm/tags.h"

namespace everseal::acm {

Result<Certificate, ApiError> find_own(sql::Snapshot& view, const aws::Call& call,
                                       std::string_view certificate_arn) {
  const auto arn = parse_certificate_arn(certificate_arn);
  if (!arn) return arn.error();
  auto found = find_certificate(view, *arn);
  if (!found) return found.error();
  const bool own =
      *found && (*found)->account == call.caller.account && (*found)->region == call.region;
  if (!own) return certificate_not_found(*arn, call.caller.account);
  return *std::move(*found);
}

aws::Access access_to(sql::Database& database, const std::string& certificate_arn) {
  auto access = aws::on(certificate_arn);
  access.resource_tags = [&database, certificate_arn] {
    return database.read([&](sql::Snapshot& view) { return tags_of(view, certificate_arn); });
  };
  return access;
}

std::string any_certificate(const aws::Call& call) {
  return certificate_arn(call.region, call.caller.account, "*").text();
}

}  // namespace everseal::acm

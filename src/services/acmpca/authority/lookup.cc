#include "services/acmpca/authority/lookup.h"

#include "services/acmpca/authority/authority_store.h"
#include "services/acmpca/authority/tag_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {

Result<Authority, ApiError> require_authority(sql::Snapshot& view, const aws::Call& call,
                                              const AuthorityArn& arn, TimePoint now) {
  if (arn.region() != call.region) return not_a_valid_arn();
  if (arn.account() != call.caller.account) return no_such_authority(arn.text());
  auto found = find_authority(view, arn.text(), now);
  if (!found) return found.error();
  if (!*found) return no_such_authority(arn.text());
  return **std::move(found);
}

Result<Authority, ApiError> require_authority(sql::Database& database, const aws::Call& call,
                                              const AuthorityArn& arn, TimePoint now) {
  return database.read(
      [&](sql::Snapshot& view) { return require_authority(view, call, arn, now); });
}

Result<Authority, ApiError> require_undeleted_authority(sql::Snapshot& view, const aws::Call& call,
                                                        const AuthorityArn& arn, TimePoint now) {
  auto authority = require_authority(view, call, arn, now);
  if (authority && authority->stored_status == CaStatus::Deleted) return is_deleted(arn.text());
  return authority;
}

aws::Access on_authority(sql::Database& database, const AuthorityArn& arn) {
  auto access = aws::on(arn.text());
  access.resource_tags = [&database, text = arn.text()] {
    return database.read([&](sql::Snapshot& view) { return tags_of(view, text); });
  };
  return access;
}

}  // namespace everseal::acmpca

#include "services/acmpca/operations/list_permissions.h"

#include "aws/pagination.h"
#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/permission_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

constexpr std::int32_t usual_page = 100;

aws::Listing listing_of(const aws::Call& call, const AuthorityArn& arn) {
  return {.operation = "acm-pca:ListPermissions",
          .account = call.caller.account,
          .region = call.region,
          .selection = arn.text()};
}

// A blank stands in no principal and no account.
std::string key_of(const Permission& permission) {
  return permission.principal + ' ' + permission.source_account;
}

Result<PermissionKey, ApiError> start_of(const ListPermissions::Request& request,
                                         const aws::Call& call) {
  if (!request.next_token) return PermissionKey{};
  const auto listing = listing_of(call, request.certificate_authority_arn);
  const auto key = aws::page_key(listing, *request.next_token);
  if (!key || key->find(' ') == std::string::npos) return invalid_next_token();
  return PermissionKey{key->substr(0, key->find(' ')), key->substr(key->find(' ') + 1)};
}

ListPermissions::Grant grant_of(const AuthorityArn& arn, const Permission& permission) {
  return {.certificate_authority_arn = arn.text(),
          .created_at = permission.created_at,
          .principal = permission.principal,
          .source_account = permission.source_account,
          .actions = permission.actions};
}

}  // namespace

aws::Access ListPermissions::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<ListPermissions::Response, ApiError> ListPermissions::operator()(
    const Request& request, const aws::Call& call) const {
  const auto start = start_of(request, call);
  if (!start) return start.error();
  const auto now = clock.now();
  const auto& arn = request.certificate_authority_arn;
  const auto size = static_cast<std::size_t>(request.max_results.value_or(usual_page));
  using Found = Result<std::vector<Permission>, ApiError>;
  const auto found = database.read([&](sql::Snapshot& view) -> Found {
    const auto authority = require_undeleted_authority(view, call, arn, now);
    if (!authority) return authority.error();
    auto permissions = list_permissions(view, authority->id, *start, size + 1);
    if (!permissions) return permissions.error();
    return *std::move(permissions);
  });
  if (!found) return found.error();
  Response response;
  for (const auto& permission : *found) {
    if (response.permissions.size() == size) {
      response.next_token = aws::page_token(listing_of(call, arn), key_of((*found)[size - 1]));
      break;
    }
    response.permissions.push_back(grant_of(arn, permission));
  }
  return response;
}

}  // namespace everseal::acmpca

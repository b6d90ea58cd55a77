#include "services/acmpca/operations/create_permission.h"

#include <set>

#include "services/acmpca/authority/lookup.h"
#include "services/acmpca/authority/permission_store.h"
#include "services/acmpca/model/errors.h"

namespace everseal::acmpca {
namespace {

constexpr std::string_view only_principal = "acm.amazonaws.com";

Result<void, ApiError> check(const CreatePermission::Request& request) {
  if (request.principal != only_principal)
    return validation_failed("The principal must be acm.amazonaws.com.");
  const std::set<PermittedAction> distinct(request.actions.begin(), request.actions.end());
  if (distinct.size() != request.actions.size())
    return validation_failed("An action may be given only once.");
  return {};
}

}  // namespace

aws::Access CreatePermission::access(const Request& request, const aws::Call&) const {
  return on_authority(database, request.certificate_authority_arn);
}

Result<aws::Empty, ApiError> CreatePermission::operator()(const Request& request,
                                                          const aws::Call& call) const {
  if (auto refused = check(request); !refused) return refused.error();
  const auto now = clock.now();
  const Permission permission{
      .principal = request.principal,
      .source_account = request.source_account.value_or(call.caller.account),
      .actions = request.actions,
      .created_at = now};
  return database.write([&](sql::Transaction& tx) -> Result<aws::Empty, ApiError> {
    const auto authority = require_authority(tx, call, request.certificate_authority_arn, now);
    if (!authority) return authority.error();
    if (!may_grant(authority->status(now))) return cannot_grant_now(authority->arn.text());
    const auto added = add_permission(tx, authority->id, permission);
    if (!added) return added.error();
    if (!*added) return permission_already_exists(request.principal);
    return aws::Empty{};
  });
}

}  // namespace everseal::acmpca

#include "services/iam/operations/create_access_key.h"

#include <cstdint>

#include "secret/secret.h"
#include "services/iam/access_key_store.h"
#include "services/iam/errors.h"
#include "services/iam/identifiers.h"
#include "services/iam/subjects.h"

namespace everseal::iam {
namespace {

constexpr std::int64_t most_keys = 2;

Result<void, ApiError> check_quota(sql::Snapshot& view, const std::string& user_id) {
  const auto keys = list_access_keys(view, user_id, /*after=*/"", most_keys);
  if (!keys) return keys.error();
  if (std::ssize(*keys) >= most_keys) return over_quota("AccessKeysPerUser", most_keys);
  return {};
}

}  // namespace

aws::Access CreateAccessKey::access(const Request& request, const aws::Call& call) const {
  return on_user_or_caller(database, call, request.user_name);
}

Result<CreateAccessKey::Response, ApiError> CreateAccessKey::operator()(
    const Request& request, const aws::Call& call) const {
  const std::string id = new_access_key_id(random);
  const SecretBytes secret = new_secret(random);
  const auto sealed = seal_secret(vault, id, secret);
  if (!sealed) return sealed.error();
  const TimePoint now = clock.now();
  return database.write([&](sql::Transaction& tx) -> Result<Response, ApiError> {
    const auto holder = key_holder(tx, call, request.user_name);
    if (!holder) return holder.error();
    const auto within_quota = check_quota(tx, holder->id);
    if (!within_quota) return within_quota.error();
    const AccessKey key{id, call.caller.account, holder->id, /*active=*/true, now};
    const auto added = add_access_key(tx, key, *sealed);
    if (!added) return added.error();
    return Response{
        {holder->user_name, id, shapes::KeyStatus::Active, std::string(secret.reveal_text()), now}};
  });
}

}  // namespace everseal::iam

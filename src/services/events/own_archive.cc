#include "services/events/own_archive.h"

#include <string>
#include <utility>

#include "services/events/errors.h"

namespace everseal::events {

archives::OwnName own_name(const aws::Call& call, std::string_view name) {
  return {call.caller.account, call.region, std::string(name)};
}

Result<archives::Archive, ApiError> own_archive(sql::Snapshot& view, const aws::Call& call,
                                                std::string_view name) {
  auto found = archives::find_archive(view, own_name(call, name));
  if (!found) return found.error();
  if (!*found) return no_such_archive(name);
  return **std::move(found);
}

Result<archives::Replay, ApiError> own_replay(sql::Snapshot& view, const aws::Call& call,
                                              std::string_view name) {
  auto found = archives::find_replay(view, own_name(call, name));
  if (!found) return found.error();
  if (!*found) return no_such_replay(name);
  return **std::move(found);
}

}  // namespace everseal::events

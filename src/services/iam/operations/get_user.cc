#include "services/iam/operations/get_user.h"

#include <utility>

#include "services/iam/boundaries.h"
#include "services/iam/errors.h"
#include "services/iam/subjects.h"
#include "services/iam/tag_store.h"

namespace everseal::iam {
namespace {

using Answer = Result<GetUser::Response, ApiError>;

Answer get_root(sql::Snapshot& view, const aws::Caller& root) {
  const auto row = view.one("SELECT created_at FROM iam_account WHERE account = $1", root.account);
  if (!row) return row.error();
  if (!*row) return no_such_user("root");
  return GetUser::Response{{.path = std::nullopt,
                            .user_name = std::nullopt,
                            .user_id = root.user_id,
                            .arn = root.arn,
                            .create_date = (*row)->time(0),
                            .tags = {}}};
}

Answer get_named(sql::Snapshot& view, const aws::Call& call, std::string_view user_name) {
  const auto user = user_named(view, call, user_name);
  if (!user) return user.error();
  const auto tags = tags_of(view, user->id);
  if (!tags) return tags.error();
  auto boundary = shown_boundary(view, user->id);
  if (!boundary) return boundary.error();
  GetUser::Response response{shapes::shown(*user, *tags)};
  response.user.permissions_boundary = *std::move(boundary);
  return response;
}

}  // namespace

aws::Access GetUser::access(const Request& request, const aws::Call& call) const {
  return on_user_or_caller(database, call, request.user_name);
}

Answer GetUser::operator()(const Request& request, const aws::Call& call) const {
  return database.read([&](sql::Snapshot& view) -> Answer {
    if (request.user_name) return get_named(view, call, *request.user_name);
    if (call.caller.kind == aws::Caller::Kind::Root) return get_root(view, call.caller);
    if (call.caller.kind != aws::Caller::Kind::User) return user_name_needed();
    return get_named(view, call, call.caller.user_name);
  });
}

}  // namespace everseal::iam

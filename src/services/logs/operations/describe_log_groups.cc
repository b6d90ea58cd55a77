#include "services/logs/operations/describe_log_groups.h"

#include <set>
#include <utility>

#include "aws/pagination.h"
#include "services/logs/errors.h"
#include "services/logs/group_store.h"
#include "services/logs/names.h"

namespace everseal::logs {
namespace {

using Request = DescribeLogGroups::Request;

constexpr int looked_at = 5000;  // for one page

DescribeLogGroups::LogGroup shown(const Group& group) {
  const auto arn = arn_of(group.name);
  return {.log_group_name = group.name.name,
          .creation_time = to_millis(group.created_at),
          .retention_in_days = group.retention_days,
          .metric_filter_count = 0,
          .arn = arn + ":*",
          .stored_bytes = group.stored_octets,
          .log_group_class = group.log_class,
          .log_group_arn = arn};
}

Result<std::set<std::string>, ApiError> names_in(const Request& request, const aws::Call& call) {
  std::set<std::string> names;
  for (const auto& identifier : request.log_group_identifiers) {
    auto name = name_in(identifier, call);
    if (!name) return name.error();
    names.insert(*std::move(name));
  }
  return names;
}

bool passes(const Group& group, const Request& request, const std::set<std::string>& names) {
  const auto& name = group.name.name;
  const auto& pattern = request.log_group_name_pattern;
  if (!names.empty() && !names.contains(name)) return false;
  if (pattern && name.find(*pattern) == name.npos) return false;
  const auto& wanted = request.log_group_class;
  return !wanted || group.log_class == aws::name_of(*wanted);
}

}  // namespace

aws::Access DescribeLogGroups::access(const Request&, const aws::Call& call) const {
  return access_to_group(call, "");
}

Result<DescribeLogGroups::Response, ApiError> DescribeLogGroups::operator()(
    const Request& request, const aws::Call& call) const {
  if (request.log_group_name_prefix && request.log_group_name_pattern) {
    return invalid(
        "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  const auto names = names_in(request, call);
  if (!names) return names.error();
  const auto prefix = request.log_group_name_prefix.value_or("");
  const aws::Listing listing{"logs:DescribeLogGroups", call.caller.account, call.region, prefix};
  auto after = own_group(call, "");
  if (request.next_token) {
    const auto key = aws::page_key(listing, *request.next_token);
    if (!key) return not_a_token();
    after.name = *key;
  }
  const auto page = static_cast<std::size_t>(request.limit.value_or(largest_page));
  Response response;
  int count = 0;
  const auto use = [&](const Group& group) {
    const auto& found = group.name.name;
    if (found < prefix) return true;
    if (!found.starts_with(prefix)) return false;
    if (response.log_groups.size() == page || count++ == looked_at) {
      response.next_token = aws::page_token(listing, after.name);
      return false;
    }
    after.name = found;
    if (passes(group, request, *names)) response.log_groups.push_back(shown(group));
    return true;
  };
  const auto start = after.name.empty() && !prefix.empty() ? just_before(prefix) : after.name;
  const auto done = database.read(
      [&](sql::Snapshot& view) { return each_group(view, own_group(call, start), use); });
  if (!done) return done.error();
  return response;
}

}  // namespace everseal::logs

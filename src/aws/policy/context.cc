#include "aws/policy/context.h"

#include <chrono>
#include <string>
#include <utility>

#include "clock/time_text.h"
#include "encoding/ascii.h"

namespace everseal::aws::policy {
namespace {

using Values = Context::Values;

std::string type_of(Caller::Kind kind) {
  switch (kind) {
    case Caller::Kind::Root:
      return "Account";
    case Caller::Kind::User:
      return "User";
    case Caller::Kind::RoleSession:
      return "AssumedRole";
    case Caller::Kind::Service:
      return "AWSService";
    case Caller::Kind::Anonymous:
      return "Anonymous";
  }
  return {};
}

std::string truth(bool value) { return value ? "true" : "false"; }

std::optional<Values> unless_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Values{text};
}

// The keys of tags match in any case, their values do not.
std::optional<Values> tag_value(const Tags& tags, std::string_view key) {
  for (const auto& [name, value] : tags) {
    if (encoding::equal_ignoring_case(name, key)) return Values{value};
  }
  return std::nullopt;
}

// Keys that only requests with temporary credentials have.
std::optional<Values> about_session(std::string_view key, const Session& session) {
  if (key == "tokenissuetime") return Values{to_iso8601(session.issued_at)};
  if (key == "sourceidentity") return unless_empty(session.source_identity);
  if (key == "multifactorauthpresent") return Values{"false"};
  return std::nullopt;
}

std::string epoch_seconds(TimePoint time) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

}  // namespace

std::optional<Values> Context::find(std::string_view key) const {
  for (const auto& [name, values] : access_.context) {
    if (encoding::equal_ignoring_case(name, key)) return values;
  }
  constexpr std::string_view resource_tag = ":resourcetag/";
  const auto at = key.find(resource_tag);
  if (at != std::string_view::npos) return about_resource(key.substr(at + resource_tag.size()));
  if (!key.starts_with("aws:")) return std::nullopt;
  key.remove_prefix(4);
  if (auto values = about_caller(key)) return values;
  return about_request(key);
}

std::optional<Values> Context::about_caller(std::string_view key) const {
  constexpr std::string_view tag = "principaltag/";
  const Caller& caller = call_.caller;
  if (key.starts_with(tag)) return tag_value(caller.tags, key.substr(tag.size()));
  if (key == "principalarn") return unless_empty(caller.principal_arn);
  if (key == "principalaccount") return unless_empty(caller.account);
  if (key == "principaltype") return Values{type_of(caller.kind)};
  if (key == "principalisawsservice") return Values{truth(caller.kind == Caller::Kind::Service)};
  if (key == "userid") return unless_empty(caller.user_id);
  if (key == "username") return unless_empty(caller.user_name);
  return caller.session ? about_session(key, *caller.session) : std::nullopt;
}

std::optional<Values> Context::about_request(std::string_view key) const {
  if (key == "currenttime") return Values{to_iso8601(call_.received_at)};
  if (key == "epochtime") return Values{epoch_seconds(call_.received_at)};
  if (key == "requestedregion") return unless_empty(call_.region);
  if (key == "sourceip") return unless_empty(call_.source_ip);
  if (key == "useragent") return unless_empty(call_.user_agent);
  if (key == "securetransport") return Values{truth(call_.secure_transport)};
  if (key == "viaawsservice") return Values{truth(call_.caller.kind == Caller::Kind::Service)};
  return std::nullopt;
}

std::optional<Values> Context::about_resource(std::string_view tag) const {
  if (!access_.resource_tags || fault_) return std::nullopt;
  if (!resource_tags_) {
    auto asked = access_.resource_tags();
    if (!asked) {
      fault_ = asked.error();
      return std::nullopt;
    }
    resource_tags_ = *std::move(asked);
  }
  return tag_value(*resource_tags_, tag);
}

}  // namespace everseal::aws::policy

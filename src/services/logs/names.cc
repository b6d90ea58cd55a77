#include "services/logs/names.h"

#include "services/logs/errors.h"

namespace everseal::logs {
namespace {

constexpr std::string_view group_prefix = "log-group:";
constexpr std::string_view any_stream = ":*";
constexpr std::string_view last_character = "\xf4\x8f\xbf\xbf";  // U+10FFFF

}  // namespace

GroupName own_group(const aws::Call& call, std::string_view name) {
  return {call.caller.account, call.region, std::string(name)};
}

std::string arn_of(const GroupName& group) {
  return aws::Arn("logs", group.region, group.account, std::string(group_prefix) + group.name)
      .text();
}

std::string arn_of(const StreamName& stream) {
  return arn_of(stream.group) + ":log-stream:" + stream.name;
}

Result<std::string, ApiError> name_in(std::string_view identifier, const aws::Call& call) {
  if (!identifier.starts_with("arn:")) return std::string(identifier);
  const auto arn = aws::Arn::parse(identifier);
  const bool is_own = arn && arn->service() == "logs" && arn->region() == call.region &&
                      arn->account() == call.caller.account &&
                      arn->resource().starts_with(group_prefix);
  if (!is_own) return not_a_group(identifier);
  auto name = arn->resource().substr(group_prefix.size());
  if (name.ends_with(any_stream)) name.remove_suffix(any_stream.size());
  if (name.empty() || name.find(':') != name.npos) return not_a_group(identifier);
  return std::string(name);
}

std::string just_before(std::string_view prefix) {
  const auto is_ascii = [](char octet) { return static_cast<unsigned char>(octet) < 0x80; };
  std::string text(prefix);
  while (!text.empty() && !is_ascii(text.back())) text.pop_back();
  if (text.size() < prefix.size() || text.empty()) return text;
  if (text.back() <= ' ') return text.substr(0, text.size() - 1);
  --text.back();
  return text + std::string(last_character);
}

aws::Access access_to_group(const aws::Call& call, std::string_view name) {
  return access_to_stream(call, name, "");
}

aws::Access access_to_stream(const aws::Call& call, std::string_view group,
                             std::string_view stream) {
  return aws::on(arn_of(StreamName{own_group(call, group), std::string(stream)}));
}

aws::Access access_to_tags(const aws::Call& call, std::string_view group) {
  return aws::on(arn_of(own_group(call, group)));
}

}  // namespace everseal::logs

#include "services/lambda/code_links.h"

#include <charconv>
#include <cstdint>
#include <utility>

#include "encoding/hex.h"
#include "secret/secret.h"
#include "services/lambda/executor.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {
namespace {

constexpr std::string_view context = "lambda.code_link";

// What an address leads to, in lines: none of them can hold a line break.
struct Goal {
  std::int64_t ends_at = 0;  // milliseconds
  std::string function_arn;
  std::string version;
  std::string sha256;
};

std::string text_of(const Goal& goal) {
  return std::to_string(goal.ends_at) + "\n" + goal.function_arn + "\n" + goal.version + "\n" +
         goal.sha256;
}

std::string take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string line(text.substr(0, end));
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

Goal goal_in(std::string_view text) {
  Goal goal;
  const auto ends_at = take_line(text);
  std::from_chars(ends_at.data(), ends_at.data() + ends_at.size(), goal.ends_at);
  goal.function_arn = take_line(text);
  goal.version = take_line(text);
  goal.sha256 = take_line(text);
  return goal;
}

}  // namespace

Result<std::string> CodeLinks::link_to(const Function& function) const {
  const Goal goal{.ends_at = to_millis(clock_.now() + lasts),
                  .function_arn = function.arn,
                  .version = function.version,
                  .sha256 = function.code_sha256};
  const auto sealed = vault_.seal(SecretBytes::copy_of(text_of(goal)), context);
  if (!sealed) return sealed.error();
  return base_url_() + std::string(path) + encoding::to_hex(*sealed);
}

Result<std::optional<Bytes>> CodeLinks::follow(std::string_view path_of_request) const {
  const std::optional<Bytes> nothing;
  if (!path_of_request.starts_with(path)) return nothing;
  const auto sealed = encoding::from_hex(path_of_request.substr(path.size()));
  if (!sealed) return nothing;
  const auto text = vault_.open(*sealed, context);
  if (!text) return nothing;
  const auto goal = goal_in(text->reveal_text());
  if (to_millis(clock_.now()) >= goal.ends_at) return nothing;
  auto zip = database_.read([&](sql::Snapshot& view) {
    return goal.version == latest_version ? code_of(view, goal.function_arn)
                                          : code_of_version(view, goal.function_arn, goal.sha256);
  });
  if (!zip) return zip.error();
  if (!*zip || digest_of(**zip) != goal.sha256) return nothing;
  return zip;
}

}  // namespace everseal::lambda

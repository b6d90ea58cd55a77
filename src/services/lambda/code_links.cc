#include "services/lambda/code_links.h"

#include <utility>

#include "services/lambda/executor.h"
#include "services/lambda/function_store.h"
#include "services/lambda/names.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {
namespace {

// What a link leads to, in lines: none of them can hold a line break.
struct Goal {
  std::string function_arn;
  std::string version;
  std::string sha256;
};

std::string text_of(const Goal& goal) {
  return goal.function_arn + "\n" + goal.version + "\n" + goal.sha256;
}

std::string take_line(std::string_view& text) {
  const auto end = text.find('\n');
  std::string line(text.substr(0, end));
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return line;
}

Goal goal_in(std::string_view text) {
  Goal goal;
  goal.function_arn = take_line(text);
  goal.version = take_line(text);
  goal.sha256 = take_line(text);
  return goal;
}

}  // namespace

CodeLinks::CodeLinks(sql::Database& database, const keys::Vault& vault, const Clock& clock,
                     std::function<std::string()> url)
    : database_(database),
      links_(vault, clock, std::move(url), {.context = "lambda.code_link", .path = path}) {}

Result<std::string> CodeLinks::link_to(const Function& function) const {
  return links_.to(text_of(
      {.function_arn = function.arn, .version = function.version, .sha256 = function.code_sha256}));
}

Result<std::optional<Bytes>> CodeLinks::follow(std::string_view path_of_request) const {
  const std::optional<Bytes> nothing;
  const auto opened = links_.open(path_of_request);
  if (!opened || opened->is_over) return nothing;
  const auto goal = goal_in(opened->goal);
  auto zip = database_.read([&](sql::Snapshot& view) {
    return goal.version == latest_version ? code_of(view, goal.function_arn)
                                          : code_of_version(view, goal.function_arn, goal.sha256);
  });
  if (!zip) return zip.error();
  if (!*zip || digest_of(**zip) != goal.sha256) return nothing;
  return zip;
}

}  // namespace everseal::lambda
